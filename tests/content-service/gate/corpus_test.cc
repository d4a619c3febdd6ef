// Mutations of the shipped pathway: each that breaks it is refused for its own
// reason, by the property and with the element that an author would look at,
// and every intake that is shown is one that shows it when the engine runs it;
// those that break nothing are not refused.
//
// Proofs stand on their own: they are run without the expectations of the
// cases. PLUMBLINE_CORPUS=all runs all properties and the cases on each
// mutation; else each is put to what is to refuse it, and to nothing else.
// PLUMBLINE_TABLE=1 prints what refuses each, and what it names.

#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "common/pathway/compile.h"
#include "common/pathway/read_folder.h"
#include "common/pathway/run_cases.h"
#include "content-service/gate/properties/floors.h"
#include "content-service/gate/properties/guidance.h"
#include "content-service/gate/properties/influence.h"
#include "content-service/gate/properties/invariants.h"
#include "content-service/gate/properties/monotone.h"
#include "content-service/gate/properties/no_error.h"
#include "content-service/gate/properties/texts.h"
#include "content-service/gate/properties/unknown_is_safe.h"
#include "content-service/gate/verify.h"
#include "tests/content-service/gate/broken_pathways.h"
#include "tests/content-service/gate/shown_by_engine.h"

namespace plumbline::gate {
namespace {

using pathway::CompiledPathway;
using pathway::ReadResult;

constexpr char kDay[] = "2026-11-27";

bool IsAsked(const char* variable, const std::string& value) {
  const char* const asked = std::getenv(variable);
  return asked != nullptr && value == asked;
}

bool RunsAll() { return IsAsked("PLUMBLINE_CORPUS", "all"); }

// What refused a pathway, and what it named first.
struct Refusal {
  std::string by;
  std::string element;
};

void PrintRow(const std::string& name, const Refusal& refusal) {
  if (!IsAsked("PLUMBLINE_TABLE", "1")) return;
  std::cout << absl::StrFormat("%-36s | %-16s | %s\n", name, refusal.by,
                               refusal.element);
}

// The pathway with no more of its cases than their answers, which save the
// property influence most of its work.
std::shared_ptr<const CompiledPathway> WithAnswersOfCases(
    const ReadResult& read) {
  static const auto& shipped =
      *new ReadResult(pathway::ReadPathway(ShippedSources().files()));
  pathway::v1::Pathway message = read.message;
  for (const pathway::v1::Case& one : shipped.message.cases()) {
    pathway::v1::Case& answers = *message.add_cases();
    answers.set_case_id(one.case_id());
    answers.set_narrative(one.narrative());
    answers.set_source(one.source());
    *answers.mutable_answers() = one.answers();
    answers.set_expected_disposition(one.expected_disposition());
  }
  return pathway::CompilePathway(message, "").pathway;
}

Findings CheckProperty(const std::string& property, Proof& proof) {
  if (property == "no-error") return CheckNoError(proof);
  if (property == "influence") return CheckInfluence(proof);
  if (property == "monotone") return CheckMonotone(proof);
  if (property == "floors") return CheckFloors(proof);
  if (property == "unknown-is-safe") return CheckUnknownIsSafe(proof);
  if (property == "invariants") return CheckInvariants(proof);
  if (property == "guidance") return CheckGuidance(proof);
  if (property == "texts") return CheckTexts(proof.message(), kDay);
  ADD_FAILURE() << "no property " << property;
  return {};
}

bool IsProperty(const std::string& name) {
  return name != "compile" && name != "cases" && name != "reach";
}

// The first failure, if there is one; every intake shown is checked.
std::vector<Refusal> RefusalOf(const CompiledPathway& pathway,
                               const std::string& property,
                               const Findings& findings) {
  std::vector<Refusal> refusals;
  for (const Finding& finding : findings) {
    EXPECT_EQ(WhyNotShown(pathway, property, finding), "")
        << property << ": " << absl::StrJoin(finding.elements, ", ") << " "
        << finding.message;
    if (!finding.failure || !refusals.empty()) continue;
    refusals.push_back(
        {property, finding.elements.empty() ? "" : finding.elements.front()});
  }
  return refusals;
}

void Append(std::vector<Refusal> some, std::vector<Refusal>& all) {
  all.insert(all.end(), some.begin(), some.end());
}

// What the named property says.
std::vector<Refusal> ByProperty(const ShippedSources& sources,
                                const std::string& property) {
  const ReadResult read = pathway::ReadPathway(sources.WithoutCases().files());
  EXPECT_TRUE(read.faults.empty()) << ToString(read.faults);
  if (read.pathway == nullptr) return {};
  // Cases also cite evidence.
  const bool reads_cases = property == "influence" || property == "texts";
  const auto pathway = reads_cases ? WithAnswersOfCases(read) : read.pathway;
  Proof proof(*pathway, {}, {.clock = absl::Now});
  return RefusalOf(*pathway, property, CheckProperty(property, proof));
}

std::vector<Refusal> ByEveryProperty(const ShippedSources& sources) {
  const ReadResult read = pathway::ReadPathway(sources.WithoutCases().files());
  if (read.pathway == nullptr) return {};
  const auto pathway = WithAnswersOfCases(read);
  const auto results =
      Verify(*pathway, {.bounds = {},
                        .as_of_date = kDay,
                        .surroundings = {.clock = absl::Now},
                        .on_property = [](const std::string&, int, int) {}});
  std::vector<Refusal> refusals;
  for (const PropertyResult& result : results.value()) {
    EXPECT_NE(result.verdict, Verdict::kTimedOut) << result.property;
    Append(RefusalOf(*pathway, result.property, result.findings), refusals);
  }
  return refusals;
}

// What the compiler and the cases say, as the gate of content-service runs
// them.
std::vector<Refusal> ByCompilerAndCases(const ShippedSources& sources) {
  ReadResult read = pathway::ReadPathway(sources.WithoutCases().files());
  if (!read.faults.empty()) return {{"compile", read.faults.front().path}};
  // Cases may ask for what the pathway does not have.
  read = pathway::ReadPathway(sources.files());
  if (!read.faults.empty()) return {{"cases", read.faults.front().path}};
  const pathway::CasesReport report =
      RunCases(*read.pathway, read.message.cases());
  std::vector<Refusal> refusals;
  for (const pathway::CaseResult& result : report.results) {
    if (result.failures.empty()) continue;
    refusals.push_back({"cases", result.case_id});
    break;
  }
  const pathway::Unreached& unreached = report.unreached;
  for (const auto* ids :
       {&unreached.rules, &unreached.item_policies, &unreached.rule_policies,
        &unreached.gates, &unreached.guidance}) {
    if (!ids->empty()) refusals.push_back({"reach", ids->front()});
  }
  return refusals;
}

std::string ToText(const std::vector<Refusal>& refusals) {
  return absl::StrJoin(refusals, "; ",
                       [](std::string* out, const Refusal& refusal) {
                         absl::StrAppend(out, refusal.by, " ", refusal.element);
                       });
}

class CorpusTest : public testing::TestWithParam<Mutation> {};

TEST_P(CorpusTest, IsRefused) {
  const Mutation& mutation = GetParam();
  ShippedSources sources;
  mutation.edit(sources);
  std::vector<Refusal> refusals;
  if (RunsAll()) {
    refusals = ByEveryProperty(sources);
    Append(ByCompilerAndCases(sources), refusals);
  } else {
    refusals = IsProperty(mutation.refused_by)
                   ? ByProperty(sources, mutation.refused_by)
                   : ByCompilerAndCases(sources);
  }
  bool refused = false;
  for (const Refusal& refusal : refusals) {
    PrintRow(refused ? "" : mutation.name, refusal);
    refused = true;
  }
  if (refusals.empty()) PrintRow(mutation.name, {"NOT REFUSED", ""});
  for (const Refusal& refusal : refusals) {
    if (refusal.by != mutation.refused_by) continue;
    EXPECT_EQ(refusal.element, mutation.element) << ToText(refusals);
    return;
  }
  ADD_FAILURE() << mutation.refused_by << " does not refuse it; "
                << ToText(refusals);
}

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define PLUMBLINE_IS_SLOW 1
#endif
#endif

// Under a sanitizer some stand for all: it looks for mistakes in the code, and
// not in the pathways.
std::vector<Mutation> MutationsToTry() {
  std::vector<Mutation> mutations = BrokenPathways();
#ifdef PLUMBLINE_IS_SLOW
  std::vector<Mutation> some;
  for (std::size_t i = 0; i < mutations.size(); i += 8) {
    some.push_back(std::move(mutations[i]));
  }
  return some;
#else
  return mutations;
#endif
}

INSTANTIATE_TEST_SUITE_P(Broken, CorpusTest,
                         testing::ValuesIn(MutationsToTry()),
                         [](const auto& row) { return row.param.name; });

// Each by the compiler and the cases; all of them together, or each where
// everything is run, by every property.
TEST(HarmlessTest, IsNotRefused) {
  ShippedSources all;
  for (const Mutation& mutation : Harmless()) {
    SCOPED_TRACE(mutation.name);
    ShippedSources sources;
    mutation.edit(sources);
    mutation.edit(all);
    EXPECT_NE(sources.files(), ShippedSources().files()) << "nothing changed";
    std::vector<Refusal> refusals = ByCompilerAndCases(sources);
    if (RunsAll()) Append(ByEveryProperty(sources), refusals);
    EXPECT_EQ(ToText(refusals), "");
    PrintRow(mutation.name,
             {refusals.empty() ? "passes" : "REFUSED", ToText(refusals)});
  }
  EXPECT_EQ(ToText(ByCompilerAndCases(all)), "");
  EXPECT_EQ(ToText(ByEveryProperty(all)), "");
}

}  // namespace
}  // namespace plumbline::gate
