#include "content-service/gate/reading_grade.h"

#include <gtest/gtest.h>

namespace plumbline::gate {
namespace {

TEST(CountSyllablesTest, CountsGroupsOfVowels) {
  EXPECT_EQ(CountSyllables("pain"), 1);
  EXPECT_EQ(CountSyllables("doctor"), 2);
  EXPECT_EQ(CountSyllables("Emergency"), 4);
  EXPECT_EQ(CountSyllables("day's"), 1);
  EXPECT_EQ(CountSyllables("15"), 1);
  EXPECT_EQ(CountSyllables("shh"), 1);
}

TEST(CountSyllablesTest, LeavesOutSilentEnds) {
  EXPECT_EQ(CountSyllables("spine"), 1);
  EXPECT_EQ(CountSyllables("the"), 1);
  EXPECT_EQ(CountSyllables("muscle"), 2);
  EXPECT_EQ(CountSyllables("while"), 1);
  EXPECT_EQ(CountSyllables("walked"), 1);
  EXPECT_EQ(CountSyllables("started"), 2);
  EXPECT_EQ(CountSyllables("needed"), 2);
  EXPECT_EQ(CountSyllables("bed"), 1);
}

double GradeOf(const char* text) {
  ReadingGrade grade;
  grade.Add(text);
  return grade.Grade();
}

TEST(ReadingGradeTest, IsFleschAndKincaids) {
  // 6 words, 1 sentence, 6 syllables.
  EXPECT_NEAR(GradeOf("The cat sat on the mat."), 0.39 * 6 + 11.8 * 1 - 15.59,
              1e-9);
  // 4 words, 2 sentences, 9 syllables.
  EXPECT_NEAR(GradeOf("Emergency doctor. Walk slowly!"),
              0.39 * 2 + 11.8 * 9 / 4 - 15.59, 1e-9);
  EXPECT_EQ(GradeOf(""), 0);
  EXPECT_EQ(GradeOf(" \n - \n"), 0);
}

TEST(ReadingGradeTest, ParagraphsAndListItemsEndSentences) {
  const double apart = GradeOf("Rest your back. Walk a bit. Sit less");
  EXPECT_DOUBLE_EQ(GradeOf("Rest your back\n\n- Walk a bit\n- **Sit** less\n"),
                   apart);
  EXPECT_GT(GradeOf("Rest your back\nwalk a bit\nsit less"), apart);
}

TEST(ReadingGradeTest, PointsInsideNumbersEndNothing) {
  EXPECT_DOUBLE_EQ(GradeOf("Take 0.5 of it."), GradeOf("Take 05 of it."));
}

TEST(ReadingGradeTest, CountsTextsTogether) {
  ReadingGrade grade;
  grade.Add("The cat sat");
  grade.Add("on the mat");
  EXPECT_DOUBLE_EQ(grade.Grade(), GradeOf("The cat sat. On the mat."));
}

}  // namespace
}  // namespace plumbline::gate
