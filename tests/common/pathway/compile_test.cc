#include "common/pathway/compile.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "tests/common/pathway/faulty_pathway.h"

namespace plumbline::pathway {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

TEST(CompileTest, KeepsDigestAndSource) {
  const auto pathway = ExamplePathway();
  EXPECT_EQ(pathway->digest, std::string(64, 'a'));
  EXPECT_EQ(pathway->source->title(), "Ankle");
  EXPECT_THAT(pathway->evaluation_order, SizeIs(12));
}

TEST(CompileTest, ReportsAllFaultsInOneRunAlwaysAlike) {
  const auto spoil = [](v1::Pathway& m) {
    m.clear_title();
    m.mutable_items(kAge)->clear_prompt();
    m.mutable_rules(0)->set_when("em.bone == 'yess' || em.colt");
    m.mutable_gates(0)->add_sources("bok");
    m.mutable_cases(0)->clear_source();
  };
  const std::string faults = FaultsOf(spoil);
  EXPECT_EQ(faults,
            "title: required\n"
            "items[pt.age].prompt: required\n"
            "gates[pregnant].sources[1]: no source or evidence 'bok'; did you "
            "mean 'book'?\n"
            "rules[R-E01].when: 'em.bone' has no option 'yess'; did you mean "
            "'yes'?\n"
            "rules[R-E01].when: no item 'em.colt'; did you mean 'em.cold'?\n"
            "cases[ANK-1].source: required\n");
  EXPECT_EQ(FaultsOf(spoil), faults);
}

TEST(CompileTest, AsksForThePlaceOfEachFault) {
  v1::Pathway message = ExampleMessage();
  message.mutable_rules(1)->set_when("em.cold && pain.nov >= 5");
  std::vector<std::string> asked;
  const CompileResult result = CompilePathway(
      message, "", [&asked](const std::string& path, int offset) {
        asked.push_back(absl::StrCat(path, "@", offset));
        return Place{"rules.txtpb", 12, 3};
      });
  EXPECT_THAT(asked, ElementsAre("rules[1].when@11"));
  EXPECT_EQ(ToString(result.faults),
            "rules.txtpb:12:3: rules[R-E02].when: no item 'pain.nov'; did you "
            "mean 'pain.now'?\n");
}

TEST(CompileTest, NamesTheWayOfACycle) {
  EXPECT_EQ(FaultsOf([](v1::Pathway& m) {
              m.mutable_items(kPainNow)->set_enable_when("lasting");
              m.mutable_items(kDays)->set_enable_when(
                  "has(pain.now) && pain.now > 1");
              m.mutable_definitions(0)->set_expression(
                  "has(pain.days) && pain.days > 2.0");
              m.mutable_rules(1)->set_when("em.cold");
              m.mutable_rules(3)->set_when("lasting");
              m.mutable_guidance(3)->clear_show_when();
              m.mutable_guidance(4)->clear_show_when();
            }),
            "items[pain.now].enable_when: whether the item is asked depends on "
            "itself: pain.now -> lasting -> pain.days -> pain.now\n");
}

TEST(CompileTest, NamesAnItemThatAsksForItselfOnce) {
  EXPECT_EQ(FaultsOf([](v1::Pathway& m) {
              m.mutable_items(kPainNow)->set_enable_when(
                  "has(pain.now) && pain.now > 3 && pain.now < 9");
              m.mutable_rules(3)->set_when("em.cold");
              m.mutable_guidance(4)->clear_show_when();
            }),
            "items[pain.now].enable_when: whether the item is asked depends on "
            "itself: pain.now -> pain.now\n");
}

TEST(CompileTest, NamesACycleThroughAScore) {
  EXPECT_EQ(FaultsOf([](v1::Pathway& m) {
              m.mutable_items(kInterest)->set_enable_when("has(score.mood)");
              m.mutable_items(kLow)->set_enable_when("has(score.mood)");
            }),
            "items[mood.interest].enable_when: whether the item is asked "
            "depends on itself: mood.interest -> score.mood -> mood.interest\n"
            "items[mood.low].enable_when: whether the item is asked depends on "
            "itself: mood.low -> score.mood -> mood.low\n");
}

TEST(CompileTest, RefusesListsThatAreTooLong) {
  EXPECT_EQ(FaultsOf([](v1::Pathway& m) {
              for (int i = 0; i < 1000; ++i) m.add_items();
            }),
            "items: there are 1010; at most 1000 are allowed\n");
}

// Lists that grow to a limit and beyond.
struct LimitCase {
  std::string name;
  std::function<void(v1::Pathway&)> add;  // One element.
  std::function<int(const v1::Pathway&)> count;
  int most;
  std::string list;
};

void PrintTo(const LimitCase& row, std::ostream* out) { *out << row.name; }

class CompileLimitTest : public testing::TestWithParam<LimitCase> {
 protected:
  static std::string FaultsAt(int count) {
    return FaultsOf([count](v1::Pathway& message) {
      while (GetParam().count(message) < count) GetParam().add(message);
    });
  }
};

TEST_P(CompileLimitTest, IsTold) {
  EXPECT_THAT(FaultsAt(GetParam().most), Not(HasSubstr("are allowed")));
  EXPECT_EQ(FaultsAt(GetParam().most + 1),
            absl::StrCat(GetParam().list, ": there are ", GetParam().most + 1,
                         "; at most ", GetParam().most, " are allowed\n"));
}

v1::OptionOrder& BoneOrder(v1::Pathway& message) {
  return *message.mutable_items(kBone)->mutable_worse()->mutable_options();
}

INSTANTIATE_TEST_SUITE_P(
    Lists, CompileLimitTest,
    testing::ValuesIn<LimitCase>({
        {"Locales", [](auto& m) { m.add_locales("en"); },
         [](const auto& m) { return m.locales_size(); }, 100, "locales"},
        {"Dispositions", [](auto& m) { m.add_dispositions(); },
         [](const auto& m) { return m.dispositions_size(); }, 100,
         "dispositions"},
        {"EmergencySigns", [](auto& m) { m.add_emergency_signs(); },
         [](const auto& m) { return m.emergency_signs_size(); }, 100,
         "emergency_signs"},
        {"Translations", [](auto& m) { m.add_translations(); },
         [](const auto& m) { return m.translations_size(); }, 100,
         "translations"},
        {"Sources", [](auto& m) { m.mutable_rules(0)->add_sources("book"); },
         [](const auto& m) { return m.rules(0).sources_size(); }, 1000,
         "rules[R-E01].sources"},
        {"References",
         [](auto& m) { m.mutable_rules(0)->add_guidance_ids("go-now"); },
         [](const auto& m) { return m.rules(0).guidance_ids_size(); }, 1000,
         "rules[R-E01].guidance_ids"},
        {"Chains", [](auto& m) { BoneOrder(m).add_chains(); },
         [](const auto& m) {
           return m.items(kBone).worse().options().chains_size();
         },
         64, "items[em.bone].worse.options.chains"},
        {"Levels",
         [](auto& m) { BoneOrder(m).mutable_chains(0)->add_levels(); },
         [](const auto& m) {
           return m.items(kBone).worse().options().chains(0).levels_size();
         },
         64, "items[em.bone].worse.options.chains[0].levels"},
        {"Codes",
         [](auto& m) {
           BoneOrder(m).mutable_chains(0)->mutable_levels(0)->add_codes("no");
         },
         [](const auto& m) {
           return m.items(kBone)
               .worse()
               .options()
               .chains(0)
               .levels(0)
               .codes_size();
         },
         64, "items[em.bone].worse.options.chains[0].levels[0].codes"},
        {"Exceptions",
         [](auto& m) {
           m.mutable_items(kBone)->mutable_worse()->add_exceptions();
         },
         [](const auto& m) { return m.items(kBone).worse().exceptions_size(); },
         100, "items[em.bone].worse.exceptions"},
        {"Regions", [](auto& m) { m.mutable_guidance(0)->add_regions("low"); },
         [](const auto& m) { return m.guidance(0).regions_size(); }, 100,
         "guidance[go-now].regions"},
        {"TagsOfARecord",
         [](auto& m) { m.mutable_guidance(0)->add_tags("heat"); },
         [](const auto& m) { return m.guidance(0).tags_size(); }, 100,
         "guidance[go-now].tags"},
        {"TagsOfAGate", [](auto& m) { m.mutable_gates(1)->add_tags("nsaid"); },
         [](const auto& m) { return m.gates(1).tags_size(); }, 100,
         "gates[one_nsaid].tags"},
        {"Parameters", [](auto& m) { m.mutable_guidance(0)->add_parameters(); },
         [](const auto& m) { return m.guidance(0).parameters_size(); }, 100,
         "guidance[go-now].parameters"},
        {"Texts", [](auto& m) { m.mutable_guidance(0)->add_texts(); },
         [](const auto& m) { return m.guidance(0).texts_size(); }, 100,
         "guidance[go-now].texts"},
        {"Bands", [](auto& m) { m.mutable_scores(0)->add_bands(); },
         [](const auto& m) { return m.scores(0).bands_size(); }, 100,
         "scores[mood].bands"},
        {"Answers", [](auto& m) { m.mutable_cases(0)->add_answers(); },
         [](const auto& m) { return m.cases(0).answers_size(); }, 1000,
         "cases[ANK-1].answers"},
    }),
    [](const auto& row) { return row.param.name; });

// Each name that is wrong was compared with each that there is: hours.
TEST(CompileTest, RefusesManyWrongNamesQuickly) {
  const auto id = [](char first, int number) {
    return absl::StrCat(std::string(1, first), std::string(8, 'x'), number);
  };
  const std::string faults = FaultsOf([&id](v1::Pathway& m) {
    for (int i = 0; i < 4000; ++i) m.add_sources()->set_source_id(id('a', i));
    v1::Rule rule = m.rules(0);
    for (int i = 0; i < 900; ++i) rule.add_sources(id('b', i));
    for (int i = 0; i < 100; ++i) {
      rule.set_rule_id(absl::StrCat("R-", i));
      *m.add_rules() = rule;
    }
    for (int i = 2; i < 4002; ++i) {
      m.mutable_sources(i)->set_citation("Invented.");
      m.mutable_sources(i)->set_kind(v1::SOURCE_KIND_STUDY);
    }
  });
  EXPECT_EQ(faults.substr(faults.size() - 35),
            "\nmore than 1000 faults; mend these\n");
}

TEST(CompileTest, FindsAThousandFaultsAndStops) {
  const std::string faults = FaultsOf([](v1::Pathway& m) {
    for (int i = 0; i < 3000; ++i) m.add_rules();
  });
  EXPECT_EQ(faults.substr(faults.size() - 35),
            "\nmore than 1000 faults; mend these\n");
}

}  // namespace
}  // namespace plumbline::pathway
