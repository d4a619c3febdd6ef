#include "common/pathway/compile_scores.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/common/pathway/faulty_pathway.h"

namespace plumbline::pathway {
namespace {

using ::testing::ElementsAre;

TEST(CompileScoresTest, ScoresReferToItems) {
  const Score score = ExamplePathway()->scores[0];
  EXPECT_EQ(score.name, "mood");
  EXPECT_EQ(score.method, Score::Method::kTotal);
  EXPECT_THAT(score.items, ElementsAre(kInterest, kLow));
  EXPECT_EQ(score.bands[1].code, "high");
  EXPECT_EQ(score.bands[1].minimum, 3);
}

class CompileScoresFaultTest : public FaultTest {};

TEST_P(CompileScoresFaultTest, IsExplained) { ExpectExplained(); }

void AddDefinition(v1::Pathway& message, const std::string& name,
                   const std::string& expression) {
  v1::Definition& definition = *message.add_definitions();
  definition.set_name(name);
  definition.set_expression(expression);
  definition.set_rationale("A test.");
}

INSTANTIATE_TEST_SUITE_P(
    Scores, CompileScoresFaultTest,
    testing::ValuesIn<FaultCase>({
        {"Doubled", [](v1::Pathway& m) { *m.add_scores() = m.scores(0); },
         "scores[1].name: 'mood' is there already; each is unique"},
        {"NoMethod",
         [](v1::Pathway& m) { m.mutable_scores(0)->clear_method(); },
         "scores[mood].method: required: SCORE_METHOD_TOTAL or "
         "SCORE_METHOD_MEAN"},
        {"NoItems",
         [](v1::Pathway& m) { m.mutable_scores(0)->clear_link_ids(); },
         "scores[mood].link_ids: required: at least one item"},
        {"UnknownItem",
         [](v1::Pathway& m) {
           m.mutable_scores(0)->set_link_ids(1, "mood.lo");
         },
         "scores[mood].link_ids[1]: no item 'mood.lo'; did you mean "
         "'mood.low'?"},
        {"DoubledItem",
         [](v1::Pathway& m) {
           m.mutable_scores(0)->set_link_ids(1, "mood.interest");
         },
         "scores[mood].link_ids[1]: 'mood.interest' is there already"},
        {"NotAnInteger",
         [](v1::Pathway& m) {
           m.mutable_scores(0)->set_link_ids(1, "pain.days");
           m.mutable_items(kInterest)->clear_enable_when();
         },
         "scores[mood].link_ids[1]: 'pain.days' is not an integer item"},
        {"OtherEnabling",
         [](v1::Pathway& m) {
           m.mutable_items(kLow)->set_enable_when("pt.age >= 13");
         },
         "scores[mood].link_ids[1]: 'mood.low' and 'mood.interest' have "
         "different 'enable_when'; the items of a score share one, written "
         "alike"},
        {"NoCitation",
         [](v1::Pathway& m) { m.mutable_scores(0)->clear_citation(); },
         "scores[mood].citation: required"},
        {"NoLicence",
         [](v1::Pathway& m) { m.mutable_scores(0)->clear_licence_note(); },
         "scores[mood].licence_note: required"},
    }),
    NameOfRow);

INSTANTIATE_TEST_SUITE_P(
    Definitions, CompileScoresFaultTest,
    testing::ValuesIn<FaultCase>({
        {"Doubled", [](v1::Pathway& m) { AddDefinition(m, "lasting", "true"); },
         "definitions[1].name: 'lasting' is there already; each is unique"},
        {"Malformed", [](v1::Pathway& m) { AddDefinition(m, "Fever", "true"); },
         "definitions[1].name: malformed; write lower-case letters, digits and "
         "'_', a letter first, at most 63 characters"},
        {"Keyword", [](v1::Pathway& m) { AddDefinition(m, "in", "true"); },
         "definitions[in].name: 'in' is a word of CEL; use another"},
        {"Reserved", [](v1::Pathway& m) { AddDefinition(m, "flags", "true"); },
         "definitions[flags].name: 'flags' means something else in "
         "expressions; "
         "use another name"},
        {"BeginningOfItem",
         [](v1::Pathway& m) { AddDefinition(m, "em", "true"); },
         "definitions[em].name: 'em.bone' begins with 'em'; use another name"},
        {"NoExpression", [](v1::Pathway& m) { AddDefinition(m, "empty", ""); },
         "definitions[empty].expression: required: an expression"},
        {"NoRationale",
         [](v1::Pathway& m) { m.mutable_definitions(0)->clear_rationale(); },
         "definitions[lasting].rationale: required"},
        {"ReadsItself",
         [](v1::Pathway& m) { AddDefinition(m, "again", "again"); },
         "definitions[again].expression: definition 'again' cannot read "
         "itself; write out what it is"},
        {"ReadsALaterOne",
         [](v1::Pathway& m) {
           AddDefinition(m, "first", "second");
           AddDefinition(m, "second", "true");
         },
         "definitions[first].expression: definition 'second' stands later; "
         "move "
         "it up, above what reads it"},
        {"FaultyIsToldOnce",
         [](v1::Pathway& m) {
           AddDefinition(m, "first", "pt.aeg > 3");
           AddDefinition(m, "second", "first && true");
         },
         "definitions[first].expression: no item 'pt.aeg'; did you mean "
         "'pt.age'?"},
        {"NotTotal",
         [](v1::Pathway& m) {
           AddDefinition(m, "partial", "pt.pregnant == 'yes'");
         },
         "definitions[partial].expression: 'pt.pregnant' has no value where it "
         "is not asked; guard it: has(pt.pregnant) && ..."},
    }),
    NameOfRow);

}  // namespace
}  // namespace plumbline::pathway
