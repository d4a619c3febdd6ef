#include "content-service/gate/property.h"

#include <gtest/gtest.h>

#include "tests/common/pathway/example_pathway.h"
#include "tests/common/pathway/faulty_pathway.h"

namespace plumbline::gate {
namespace {

using pathway::Disposition;
using pathway::ExamplePathway;

TEST(PropertyTest, NamesElementsByTheirIds) {
  const auto pathway = ExamplePathway();
  EXPECT_EQ(ItemName(*pathway, pathway::kBone), "items/em.bone");
  EXPECT_EQ(RuleName(*pathway, 1), "rules/R-E02");
  EXPECT_EQ(GuidanceName(*pathway, 0), "guidance/go-now");
}

TEST(ValueTextTest, SaysValuesOfEveryType) {
  const auto pathway = ExamplePathway();
  const auto text = [&](int item, std::int64_t value) {
    return ValueText(pathway->items[item], value);
  };
  EXPECT_EQ(text(pathway::kBone, 1), "'yes'");
  EXPECT_EQ(text(pathway::kCold, 0), "false");
  EXPECT_EQ(text(pathway::kCold, 1), "true");
  EXPECT_EQ(text(pathway::kAge, 120), "120");
  EXPECT_EQ(text(pathway::kDays, 3), "1.5");
  EXPECT_EQ(text(pathway::kTaken, 0b001), "'none'");
  EXPECT_EQ(text(pathway::kTaken, 0b110), "'nsaid' and 'opioid'");
}

Disposition DispositionOver(const std::string& answers) {
  const auto pathway = ExamplePathway();
  return DispositionOf(*pathway, CheckText(*pathway, answers).intake);
}

TEST(DispositionOfTest, IsThatOfTheEngine) {
  EXPECT_EQ(DispositionOver(pathway::kNothingApplies), Disposition::kSelfCare);
  EXPECT_EQ(DispositionOver(""), Disposition::kSameDay);
  EXPECT_EQ(DispositionOver("answers { link_id: 'em.bone' code: 'yes' }"),
            Disposition::kEmergencyNow);
}

TEST(IsLessUrgentTest, ComparesEveryPair) {
  z3::context z3;
  const auto at = [&z3](int disposition) {
    SymbolicDisposition least;
    for (int d = 0; d <= 5; ++d) least.push_back(z3.bool_val(d <= disposition));
    return least;
  };
  for (int less = 1; less <= 5; ++less) {
    for (int more = 1; more <= 5; ++more) {
      const z3::expr is_less = IsLessUrgent(z3, at(less), at(more));
      EXPECT_EQ(is_less.simplify().is_true(), less < more);
      EXPECT_EQ(is_less.simplify().is_false(), less >= more);
    }
  }
}

}  // namespace
}  // namespace plumbline::gate
