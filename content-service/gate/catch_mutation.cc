#include "content-service/gate/catch_mutation.h"

#include "absl/strings/str_cat.h"
#include "common/pathway/compile.h"
#include "common/pathway/fault.h"
#include "common/pathway/run_cases.h"
#include "content-service/gate/same_decisions.h"
#include "content-service/gate/verify.h"

namespace plumbline::gate {
namespace {

// What the cases say against it; empty: nothing.
std::string Objection(const pathway::CompiledPathway& pathway) {
  const pathway::CasesReport report =
      RunCases(pathway, pathway.source->cases());
  for (const pathway::CaseResult& result : report.results) {
    if (result.failures.empty()) continue;
    return absl::StrCat(result.case_id, ": ", result.failures.front());
  }
  const pathway::Unreached& unreached = report.unreached;
  for (const auto* const ids :
       {&unreached.rules, &unreached.item_policies, &unreached.rule_policies,
        &unreached.gates, &unreached.guidance}) {
    if (!ids->empty()) return absl::StrCat("no case reaches ", ids->front());
  }
  return "";
}

}  // namespace

Catch CatchMutation(const pathway::v1::Pathway& pathway,
                    const Mutation& mutation, const std::string& as_of_date,
                    const Surroundings& surroundings) {
  pathway::v1::Pathway mutated = pathway;
  mutation.apply(mutated);
  const pathway::CompileResult compiled = pathway::CompilePathway(mutated, "");
  if (compiled.pathway == nullptr) {
    return {CaughtBy::kReading, ToString(compiled.faults.front())};
  }
  const std::string objection = Objection(*compiled.pathway);
  if (!objection.empty()) return {CaughtBy::kCases, objection};
  const auto results = Verify(
      *compiled.pathway, {.bounds = {},
                          .as_of_date = as_of_date,
                          .surroundings = surroundings,
                          .on_property = [](const std::string& /*property*/,
                                            int /*done*/, int /*total*/) {}});
  if (!results.ok()) return {};
  for (const PropertyResult& result : *results) {
    if (result.verdict == Verdict::kProved) continue;
    return {
        CaughtBy::kProof,
        absl::StrCat(
            result.property, ": ",
            result.findings.empty() ? "" : result.findings.front().message)};
  }
  const pathway::CompileResult before = pathway::CompilePathway(pathway, "");
  const bool is_same =
      before.pathway != nullptr &&
      AreDecisionsTheSame(*before.pathway, *compiled.pathway, {}, surroundings);
  return {.by = is_same ? CaughtBy::kNoEffect : CaughtBy::kNothing, .why = ""};
}

}  // namespace plumbline::gate
