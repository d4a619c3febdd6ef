// The example pathway, spoilt: what each mistake is told as.

#ifndef PLUMBLINE_TESTS_COMMON_PATHWAY_FAULTY_PATHWAY_H_
#define PLUMBLINE_TESTS_COMMON_PATHWAY_FAULTY_PATHWAY_H_

#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "common/pathway/compile.h"
#include "tests/common/pathway/example_pathway.h"

namespace plumbline::pathway {

struct FaultCase {
  std::string name;
  std::function<void(v1::Pathway&)> spoil;
  std::string fault;  // The only one, as people read it.
};

// googletest prints a failing row by its name.
inline void PrintTo(const FaultCase& row, std::ostream* out) {
  *out << row.name;
}

inline std::string FaultsOf(const std::function<void(v1::Pathway&)>& spoil) {
  v1::Pathway message = ExampleMessage();
  spoil(message);
  const CompileResult result = CompilePathway(message, "");
  EXPECT_EQ(result.pathway == nullptr, !result.faults.empty());
  return ToString(result.faults);
}

// TEST_P of a suite whose rows are FaultCases.
class FaultTest : public testing::TestWithParam<FaultCase> {
 protected:
  void ExpectExplained() {
    EXPECT_EQ(FaultsOf(GetParam().spoil), GetParam().fault + "\n");
  }
};

inline std::string NameOfRow(const testing::TestParamInfo<FaultCase>& row) {
  return row.param.name;
}

// Items of the example by number.
enum ExampleItem {
  kBone,
  kCold,
  kAge,
  kPregnant,
  kTaken,
  kPainNow,
  kDays,
  kInterest,
  kLow,
  kHarm,
};

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_TESTS_COMMON_PATHWAY_FAULTY_PATHWAY_H_
