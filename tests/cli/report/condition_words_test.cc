#include "cli/report/condition_words.h"

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <string>

namespace plumbline::cli {
namespace {

constexpr char kPathway[] = R"pb(
  items {
    link_id: "sx.fever"
    prompt: "Fever?"
    options { code: "no" text: "None" }
    options { code: "high" text: "High" }
  }
  items { link_id: "sx.rash" prompt: "A rash?" }
  items {
    link_id: "pt.age"
    prompt: "Age?"
    integer_range { unit: "a" }
  }
  items {
    link_id: "sx.temp"
    prompt: "How warm?"
    decimal_range { unit: "[degF]" }
  }
  items {
    link_id: "hx.all"
    prompt: "Which?"
    options { code: "steroids" text: "Steroids & co" }
  }
  definitions { name: "ill" rationale: "Any sign of illness." }
  scores { name: "mood" title: "Mood" }
)pb";

// Of links only where they lead, in brackets behind their text.
std::string Words(const std::string& expression) {
  pathway::v1::Pathway pathway;
  EXPECT_TRUE(
      google::protobuf::TextFormat::ParseFromString(kPathway, &pathway));
  Html html;
  WriteCondition(pathway, expression, html);
  return html.page();
}

TEST(ConditionWordsTest, AreQuestionAndAnswer) {
  EXPECT_EQ(Words("sx.fever == 'high'"),
            "<a href=\"#items/sx.fever\">Fever?</a> <q>High</q>");
  EXPECT_EQ(Words("sx.fever != 'high'"),
            "<a href=\"#items/sx.fever\">Fever?</a> not <q>High</q>");
  EXPECT_EQ(Words("sx.rash"),
            "<a href=\"#items/sx.rash\">A rash?</a> "
            "<q>yes</q>");
  EXPECT_EQ(Words("!sx.rash"),
            "<a href=\"#items/sx.rash\">A rash?</a> "
            "<q>no</q>");
}

TEST(ConditionWordsTest, TellListsAndSets) {
  EXPECT_EQ(Words("sx.fever in ['no', 'high']"),
            "<a href=\"#items/sx.fever\">Fever?</a> any of <q>None</q>, "
            "<q>High</q>");
  EXPECT_EQ(Words("sx.fever in ['high']"),
            "<a href=\"#items/sx.fever\">Fever?</a> <q>High</q>");
  EXPECT_EQ(Words("'steroids' in hx.all"),
            "<a href=\"#items/hx.all\">Which?</a> <q>Steroids &amp; co</q>");
  EXPECT_EQ(Words("size(hx.all) > 1"),
            "the number of answers to <a href=\"#items/hx.all\">Which?</a> "
            "more than <i>1</i>");
}

TEST(ConditionWordsTest, TellNumbersWithTheirUnits) {
  EXPECT_EQ(Words("pt.age >= 50"),
            "<a href=\"#items/pt.age\">Age?</a> <i>50 years</i> or more");
  EXPECT_EQ(Words("pt.age <= 5"),
            "<a href=\"#items/pt.age\">Age?</a> <i>5 years</i> or less");
  EXPECT_EQ(Words("pt.age < 5"),
            "<a href=\"#items/pt.age\">Age?</a> less than <i>5 years</i>");
  EXPECT_EQ(Words("sx.temp > 100.4"),
            "<a href=\"#items/sx.temp\">How warm?</a> more than "
            "<i>100.4 °F</i>");
  EXPECT_EQ(Words("score.mood >= 3"),
            "<a href=\"#scores/mood\">Mood</a> <i>3</i> or more");
}

TEST(ConditionWordsTest, TellWhatIsAnswered) {
  EXPECT_EQ(Words("has(pt.age)"),
            "<a href=\"#items/pt.age\">Age?</a> is answered");
  EXPECT_EQ(Words("!has(score.mood)"),
            "<a href=\"#scores/mood\">Mood</a> is not answered");
}

TEST(ConditionWordsTest, KeepWhatBelongsTogether) {
  const std::string ill =
      "<a href=\"#definitions/ill\">Any sign of illness"
      "</a>";
  const std::string rash = "<a href=\"#items/sx.rash\">A rash?</a> ";
  EXPECT_EQ(Words("ill && (sx.rash || !ill)"),
            ill + " <b>and</b> (" + rash + "<q>yes</q> <b>or</b> <b>not</b> " +
                ill + ")");
  EXPECT_EQ(Words("!(ill || sx.rash)"),
            "<b>not</b> (" + ill + " <b>or</b> " + rash + "<q>yes</q>)");
}

TEST(ConditionWordsTest, TellResults) {
  EXPECT_EQ(Words("disposition == 'EMERGENCY_NOW'"),
            "the result is <span class=\"disposition d5\">Emergency now"
            "</span>");
  EXPECT_EQ(Words("disposition != 'SELF_CARE'"),
            "the result is not <span class=\"disposition d1\">Self care"
            "</span>");
}

TEST(ConditionWordsTest, TellHowUrgentResultsAre) {
  const std::string days = "<span class=\"disposition d3\">Within days</span>";
  EXPECT_EQ(Words("disposition_rank >= 3"),
            "the result is " + days + " or more urgent");
  EXPECT_EQ(Words("disposition_rank > 3"),
            "the result is more urgent than " + days);
  EXPECT_EQ(Words("disposition_rank <= 3"),
            "the result is " + days + " or less urgent");
  EXPECT_EQ(Words("disposition_rank < 3"),
            "the result is less urgent than " + days);
  EXPECT_EQ(Words("disposition_rank != 3"), "the result is not " + days);
  EXPECT_EQ(Words("disposition in ['WITHIN_DAYS', 'ROUTINE']"),
            "the result is " + days +
                " or <span class=\"disposition d2\">Routine</span>");
  EXPECT_EQ(Words("disposition_rank >= 6"),
            "<code>disposition_rank &gt;= 6</code>");
}

TEST(ConditionWordsTest, TellFlags) {
  EXPECT_EQ(Words("'A' in flags"), "the flag <code>A</code> is raised");
}

TEST(ConditionWordsTest, TellWhatFollowsFromAnswers) {
  const std::string rash = "<a href=\"#items/sx.rash\">A rash?</a> <q>yes</q>";
  EXPECT_EQ(
      Words("!sx.rash || 'A' in flags"),
      "<b>If</b> " + rash + ", <b>then</b> the flag <code>A</code> is raised");
  EXPECT_EQ(Words("!(sx.rash || ill) || 'A' in flags"),
            "<b>If</b> (" + rash +
                " <b>or</b> <a href=\"#definitions/ill\">Any sign of "
                "illness</a>), <b>then</b> the flag <code>A</code> is raised");
  EXPECT_EQ(Words("!sx.rash || ill"),
            "<a href=\"#items/sx.rash\">A rash?</a> <q>no</q> <b>or</b> <a "
            "href=\"#definitions/ill\">Any sign of illness</a>");
}

TEST(ConditionWordsTest, TellSeveralPremisesAndResults) {
  EXPECT_EQ(Words("!sx.rash || pt.age != 5 || 'A' in flags || 'B' in flags"),
            "<b>If</b> <a href=\"#items/sx.rash\">A rash?</a> <q>yes</q> "
            "<b>and</b> <a href=\"#items/pt.age\">Age?</a> <i>5 years</i>, "
            "<b>then</b> the flag <code>A</code> is raised <b>or</b> the flag "
            "<code>B</code> is raised");
}

TEST(ConditionWordsTest, KeepAlternativesTogether) {
  EXPECT_EQ(Words("ill && sx.fever in ['no', 'high']"),
            "<a href=\"#definitions/ill\">Any sign of illness</a> <b>and</b> "
            "(<a href=\"#items/sx.fever\">Fever?</a> any of <q>None</q>, "
            "<q>High</q>)");
  EXPECT_EQ(Words("!(sx.fever in ['no', 'high'])"),
            "<b>not</b> (<a href=\"#items/sx.fever\">Fever?</a> any of "
            "<q>None</q>, <q>High</q>)");
  EXPECT_EQ(Words("!(disposition in ['SELF_CARE', 'ROUTINE'])"),
            "<b>not</b> (the result is <span class=\"disposition d1\">Self "
            "care</span> or <span class=\"disposition d2\">Routine</span>)");
}

TEST(ConditionWordsTest, NameASetOnce) {
  EXPECT_EQ(Words("'steroids' in hx.all || 'other' in hx.all || sx.rash"),
            "<a href=\"#items/hx.all\">Which?</a> any of <q>Steroids &amp; co"
            "</q>, <q>other</q> <b>or</b> <a href=\"#items/sx.rash\">A "
            "rash?</a> <q>yes</q>");
}

// What compares an answer says that there is one; a part of it may not.
TEST(ConditionWordsTest, LeaveOutThatItIsAnsweredWhereTheAnswerIsTold) {
  EXPECT_EQ(Words("has(pt.age) && pt.age < 5"),
            "<a href=\"#items/pt.age\">Age?</a> less than <i>5 years</i>");
  EXPECT_EQ(Words("has(sx.fever) && sx.fever in ['no', 'high']"),
            "<a href=\"#items/sx.fever\">Fever?</a> any of <q>None</q>, "
            "<q>High</q>");
  EXPECT_EQ(Words("has(pt.age) && (pt.age < 5 || sx.rash)"),
            "<a href=\"#items/pt.age\">Age?</a> is answered <b>and</b> (<a "
            "href=\"#items/pt.age\">Age?</a> less than <i>5 years</i> "
            "<b>or</b> <a href=\"#items/sx.rash\">A rash?</a> <q>yes</q>)");
}

TEST(ConditionWordsTest, LeaveWhatHasNoWords) {
  EXPECT_EQ(Words("pt.age * 2 > 7"), "<code>pt.age * 2 &gt; 7</code>");
}

}  // namespace
}  // namespace plumbline::cli
