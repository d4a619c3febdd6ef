// Findings as one text, and what a property finds of the example pathway when
// it is spoilt.

#ifndef PLUMBLINE_TESTS_CONTENT_SERVICE_GATE_FINDINGS_TEXT_H_
#define PLUMBLINE_TESTS_CONTENT_SERVICE_GATE_FINDINGS_TEXT_H_

#include <gtest/gtest.h>

#include <functional>
#include <ostream>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/string_view.h"
#include "absl/time/clock.h"
#include "content-service/gate/case_form.h"
#include "content-service/gate/property.h"
#include "tests/common/pathway/example_pathway.h"

namespace plumbline::gate {

// The answers alone, as case files write them, without quotes: {em.bone:yes}
inline std::string AnswersText(const pathway::CompiledPathway& pathway,
                               const pathway::Intake& intake) {
  constexpr absl::string_view kBefore = R"({"id":"","answers":)";
  const std::string line = CaseForm(pathway, intake, "");
  return absl::StrReplaceAll(
      line.substr(kBefore.size(), line.size() - kBefore.size() - 1),
      {{"\"", ""}});
}

// One finding: what, what to look at, and the intake, a line each.
inline std::string ToText(const pathway::CompiledPathway& pathway,
                          const Finding& finding) {
  return absl::StrCat(
      finding.failure ? "" : "(listed) ", absl::StrJoin(finding.elements, ", "),
      ": ", finding.message, "\n  ", finding.advice, "\n",
      finding.counterexample.has_value()
          ? absl::StrCat("  ", AnswersText(pathway, *finding.counterexample),
                         "\n")
          : "");
}

inline std::string ToText(const pathway::CompiledPathway& pathway,
                          const Findings& findings) {
  std::string text;
  for (const Finding& finding : findings) {
    absl::StrAppend(&text, ToText(pathway, finding));
  }
  return text;
}

inline Surroundings WallClock() { return {.clock = absl::Now}; }

struct PropertyCase {
  std::string name;
  std::function<void(pathway::v1::Pathway&)> spoil;
  std::string findings;  // All of them; empty: the property holds.
};

// googletest prints a failing row by its name.
inline void PrintTo(const PropertyCase& row, std::ostream* out) {
  *out << row.name;
}

inline std::string NameOfRow(const testing::TestParamInfo<PropertyCase>& row) {
  return row.param.name;
}

// TEST_P of a suite whose rows are PropertyCases.
class PropertyTest : public testing::TestWithParam<PropertyCase> {
 protected:
  void ExpectFindings(Findings (*check)(Proof&)) {
    pathway::v1::Pathway message = pathway::ExampleMessage();
    GetParam().spoil(message);
    const auto pathway = pathway::CompileOrDie(message);
    ASSERT_NE(pathway, nullptr);
    Proof proof(*pathway, {}, WallClock());
    EXPECT_EQ(ToText(*pathway, check(proof)), GetParam().findings);
  }
};

// Elements of the example by id.
inline pathway::v1::Item& ItemOf(pathway::v1::Pathway& message,
                                 const std::string& link_id) {
  for (auto& item : *message.mutable_items()) {
    if (item.link_id() == link_id) return item;
  }
  ADD_FAILURE() << "no item " << link_id;
  return *message.mutable_items(0);
}

inline pathway::v1::Rule& RuleOf(pathway::v1::Pathway& message,
                                 const std::string& rule_id) {
  for (auto& rule : *message.mutable_rules()) {
    if (rule.rule_id() == rule_id) return rule;
  }
  ADD_FAILURE() << "no rule " << rule_id;
  return *message.mutable_rules(0);
}

inline pathway::v1::GuidanceRecord& RecordOf(pathway::v1::Pathway& message,
                                             const std::string& guidance_id) {
  for (auto& record : *message.mutable_guidance()) {
    if (record.guidance_id() == guidance_id) return record;
  }
  ADD_FAILURE() << "no record " << guidance_id;
  return *message.mutable_guidance(0);
}

// A rule of the example that is like `like`.
inline pathway::v1::Rule& AddRule(pathway::v1::Pathway& message,
                                  const std::string& like,
                                  const std::string& rule_id,
                                  const std::string& when) {
  const pathway::v1::Rule copy = RuleOf(message, like);
  pathway::v1::Rule& rule = *message.add_rules();
  rule = copy;
  rule.set_rule_id(rule_id);
  rule.set_when(when);
  return rule;
}

}  // namespace plumbline::gate

#endif  // PLUMBLINE_TESTS_CONTENT_SERVICE_GATE_FINDINGS_TEXT_H_
