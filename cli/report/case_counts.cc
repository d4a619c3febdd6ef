#include "cli/report/case_counts.h"

#include <set>

#include "common/pathway/answers.h"
#include "common/pathway/decide.h"
#include "plumbline/pathway/v1/pathway.pb.h"

namespace plumbline::cli {
namespace {

using pathway::CompiledPathway;
using pathway::Decision;

void CountAnswers(const CompiledPathway& pathway, const pathway::v1::Case& one,
                  CaseCounts& counts) {
  for (const pathway::v1::Answer& answer : one.answers()) {
    const auto found = pathway.item_by_link_id.find(answer.link_id());
    if (found == pathway.item_by_link_id.end()) continue;
    ++counts.items[found->second];
    auto& options = counts.options[found->second];
    if (answer.has_code()) ++options[answer.code()];
    for (const std::string& code : answer.codes().codes()) ++options[code];
  }
}

}  // namespace

CaseCounts CountCases(const CompiledPathway& pathway) {
  CaseCounts counts;
  counts.rules.resize(pathway.rules.size());
  counts.guidance.resize(pathway.guidance.size());
  counts.gates.resize(pathway.gates.size());
  counts.items.resize(pathway.items.size());
  counts.options.resize(pathway.items.size());
  for (int i = 0; i < pathway.source->cases_size(); ++i) {
    const pathway::v1::Case& one = pathway.source->cases(i);
    const auto checked = pathway::CheckAnswers(pathway, one.answers());
    if (!checked.violations.empty()) continue;  // Such a case fails.
    const Decision decision =
        pathway::Decide(pathway, checked.intake, checked.evaluation);
    CountAnswers(pathway, one, counts);
    ++counts.dispositions[decision.disposition];
    for (const int rule : decision.fired_rules) counts.rules[rule].push_back(i);
    for (const int record : decision.shown) ++counts.guidance[record];
    std::set<int> gates;
    for (const auto& withheld : decision.withheld) {
      gates.insert(withheld.gates.begin(), withheld.gates.end());
    }
    for (const int gate : gates) counts.gates[gate].push_back(i);
  }
  return counts;
}

}  // namespace plumbline::cli
