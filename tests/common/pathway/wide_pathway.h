// A pathway that has one of everything an expression can read: the example of
// golden/example.txtpb with more_items.txtpb. Without googletest, for programs.

#ifndef PLUMBLINE_TESTS_COMMON_PATHWAY_WIDE_PATHWAY_H_
#define PLUMBLINE_TESTS_COMMON_PATHWAY_WIDE_PATHWAY_H_

#include <google/protobuf/text_format.h>

#include <fstream>
#include <sstream>
#include <string>

#include "common/pathway/compile.h"
#include "plumbline/pathway/v1/pathway.pb.h"

namespace plumbline::pathway {

// Run at the root of the checkout.
inline CompileResult WidePathway() {
  v1::Pathway message;
  for (const char* path : {"tests/common/pathway/golden/example.txtpb",
                           "tests/common/pathway/more_items.txtpb"}) {
    const std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    const bool parsed =
        google::protobuf::TextFormat::MergeFromString(text.str(), &message);
    if (!file.good() || !parsed) return {nullptr, {{path, "cannot be read"}}};
  }
  return CompilePathway(message, "");
}

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_TESTS_COMMON_PATHWAY_WIDE_PATHWAY_H_
