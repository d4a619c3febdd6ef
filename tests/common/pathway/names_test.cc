#include "common/pathway/names.h"

#include <gtest/gtest.h>

#include <string>

namespace plumbline::pathway {
namespace {

TEST(NamesTest, ResourceIdBeginsWithALetterAndDoesNotEndInAHyphen) {
  for (const char* id : {"a", "ab", "back-pain", "a1", "a-1"}) {
    EXPECT_TRUE(IsResourceId(id)) << id;
  }
  for (const char* id : {"", "-", "1", "1a", "-a", "a-", "A", "a_b", "a.b"}) {
    EXPECT_FALSE(IsResourceId(id)) << id;
  }
  EXPECT_TRUE(IsResourceId(std::string(63, 'a')));
  EXPECT_FALSE(IsResourceId(std::string(64, 'a')));
}

TEST(NamesTest, AHandleMayBeTheNameOfAHost) {
  for (const char* name : {"triage-0", "3f2a9c", "-"}) {
    EXPECT_TRUE(IsHandle(name)) << name;
  }
  for (const char* name : {"", "Triage", "a.b", "a_b"}) {
    EXPECT_FALSE(IsHandle(name)) << name;
  }
  EXPECT_TRUE(IsHandle(std::string(63, 'a')));
  EXPECT_FALSE(IsHandle(std::string(64, 'a')));
}

TEST(NamesTest, WordsAreLowerCaseAndBeginWithALetter) {
  EXPECT_TRUE(IsWord("bladder"));
  EXPECT_TRUE(IsWord("under_20w"));
  EXPECT_TRUE(IsWord(std::string(63, 'a')));
  for (const char* text : {"", "20w", "_a", "Bladder", "a-b", "a.b", "é"}) {
    EXPECT_FALSE(IsWord(text)) << text;
  }
  EXPECT_FALSE(IsWord(std::string(64, 'a')));
}

TEST(NamesTest, SlugsHaveHyphensAndTagsHaveBoth) {
  EXPECT_TRUE(IsSlug("back-pain"));
  EXPECT_FALSE(IsSlug("back_pain"));
  EXPECT_FALSE(IsSlug("-back"));
  EXPECT_TRUE(IsTag("add-on_top"));
  EXPECT_FALSE(IsTag("Heat"));
}

TEST(NamesTest, TheLastDigitOfALoincCodeProvesTheOthers) {
  for (const char* code : {"44261-6", "72514-3", "8480-6", "1-8"}) {
    EXPECT_TRUE(IsLoincCode(code)) << code;
  }
  for (const char* code : {"", "44261", "44261-", "-6", "44261-7", "44216-6",
                           "44261-66", "4426l-6", "44261-x", "12345678-2"}) {
    EXPECT_FALSE(IsLoincCode(code)) << code;
  }
}

TEST(NamesTest, FlagsAreUpperCase) {
  EXPECT_TRUE(IsFlag("CES_BLADDER"));
  EXPECT_FALSE(IsFlag("Ces"));
  EXPECT_FALSE(IsFlag("7D"));
  EXPECT_FALSE(IsFlag(""));
}

TEST(NamesTest, LabelsHaveLettersDigitsAndHyphens) {
  EXPECT_TRUE(IsLabel("R-E08b"));
  EXPECT_FALSE(IsLabel("R E"));
  EXPECT_FALSE(IsLabel(""));
}

TEST(NamesTest, LinkIdsHaveTwoWordsOrMore) {
  EXPECT_TRUE(IsLinkId("em.bladder"));
  EXPECT_TRUE(IsLinkId("a.b.c"));
  for (const char* text : {"", "age", "em.", ".em", "em..x", "em.Bladder"}) {
    EXPECT_FALSE(IsLinkId(text)) << text;
  }
  const std::string word(63, 'a');
  EXPECT_TRUE(IsLinkId(word + "." + word));
  EXPECT_FALSE(IsLinkId(word + "." + word + ".a"));
}

TEST(NamesTest, LocalesAreALanguageAndPerhapsARegion) {
  for (const char* text : {"en", "fil", "es-MX", "es-419"}) {
    EXPECT_TRUE(IsLocale(text)) << text;
  }
  for (const char* text : {"", "e", "EN", "es-mx", "es-", "es-MX-x", "es_MX"}) {
    EXPECT_FALSE(IsLocale(text)) << text;
  }
}

TEST(NamesTest, DatesAreDaysOfTheCalendar) {
  for (const char* text : {"2027-05-31", "2028-02-29", "2000-02-29"}) {
    EXPECT_TRUE(IsDate(text)) << text;
  }
  for (const char* text :
       {"", "2027-5-31", "2027-02-29", "1900-02-29", "2027-13-01", "2027-00-01",
        "2027-04-31", "2027-01-00", "2027/01/01", "+027-01-01"}) {
    EXPECT_FALSE(IsDate(text)) << text;
  }
}

TEST(NamesTest, KnowsTheWordsOfCel) {
  EXPECT_TRUE(IsKeyword("in"));
  EXPECT_TRUE(IsKeyword("void"));
  EXPECT_FALSE(IsKeyword("inside"));
  EXPECT_TRUE(IsReservedName("int"));
  EXPECT_TRUE(IsReservedName("disposition_rank"));
  EXPECT_FALSE(IsReservedName("integer"));
}

TEST(NamesTest, NamesDispositions) {
  EXPECT_EQ(ToString(Disposition::kSelfCare), "SELF_CARE");
  EXPECT_EQ(ToString(Disposition::kEmergencyNow), "EMERGENCY_NOW");
}

TEST(NamesTest, NumbersReadBackAsTheyWere) {
  EXPECT_EQ(FormatNumber(100.4), "100.4");
  EXPECT_EQ(FormatNumber(3), "3");
  EXPECT_EQ(FormatNumber(100000), "100000");
  EXPECT_EQ(FormatNumber(-1e9), "-1000000000");
  EXPECT_EQ(FormatNumber(9007199254740991), "9007199254740991");
  EXPECT_EQ(FormatNumber(1e300), "1e+300");
  EXPECT_EQ(FormatNumber(-0.0), "0");
  EXPECT_EQ(FormatNumber(0.1 + 0.2), "0.30000000000000004");
  EXPECT_EQ(FormatNumber(-1.5e-7), "-1.5e-07");
}

}  // namespace
}  // namespace plumbline::pathway
