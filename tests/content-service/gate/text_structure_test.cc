#include "content-service/gate/text_structure.h"

#include <gtest/gtest.h>

namespace plumbline::gate {
namespace {

TEST(StructureDifferenceTest, IsNoneWhateverTheWords) {
  EXPECT_EQ(StructureDifference("", ""), "");
  EXPECT_EQ(StructureDifference("- Rest 2 to 3 days.\n- Walk 0.5 mile.",
                                "- Camine 0,5 millas.\n- De 2 a 3 días."),
            "");
}

TEST(StructureDifferenceTest, NamesOtherNumbers) {
  EXPECT_EQ(StructureDifference("for 15 minutes", "durante 50 minutos"),
            "has the numbers 50, and the original the numbers 15");
  EXPECT_EQ(StructureDifference("4,000 mg in 24 hours", "4,000 mg"),
            "has the numbers 4,000, and the original the numbers 24 and 4,000");
  EXPECT_EQ(StructureDifference("Rest.", "Por 2 días."),
            "has the numbers 2, and the original no numbers");
}

TEST(StructureDifferenceTest, EndsANumberAtTheEndOfASentence) {
  EXPECT_EQ(StructureDifference("At 7. Then 8", "A 8, 7."), "");
}

TEST(StructureDifferenceTest, CountsListItems) {
  EXPECT_EQ(StructureDifference("- Do.\n- Do not.", "- Haga."),
            "has 1 list items, and the original 2");
}

}  // namespace
}  // namespace plumbline::gate
