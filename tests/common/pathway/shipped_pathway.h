// The pathway that ships, and others, compiled from their files.

#ifndef PLUMBLINE_TESTS_COMMON_PATHWAY_SHIPPED_PATHWAY_H_
#define PLUMBLINE_TESTS_COMMON_PATHWAY_SHIPPED_PATHWAY_H_

#include <gtest/gtest.h>

#include <cstddef>
#include <memory>
#include <string>

#include "common/pathway/content.h"
#include "common/pathway/read_folder.h"
#include "common/pathway/source_files.h"

namespace plumbline::pathway {

// Null, and a failure of the test, where the files are not there or faulty.
inline std::shared_ptr<const CompiledPathway> PathwayIn(
    const std::string& folder) {
  const auto files = LoadSourceFiles(folder, kContentBytesMax);
  EXPECT_TRUE(files.ok()) << files.status();
  if (!files.ok()) return nullptr;
  const ReadResult result = ReadPathway(*files);
  EXPECT_TRUE(result.faults.empty()) << ToString(result.faults);
  return result.pathway;
}

inline std::shared_ptr<const CompiledPathway> ShippedPathway() {
  return PathwayIn("content-service/pathways/back-pain");
}

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_TESTS_COMMON_PATHWAY_SHIPPED_PATHWAY_H_
