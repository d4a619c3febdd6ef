#include "common/pathway/compile.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/pathway/compile_guidance.h"
#include "common/pathway/compile_instruments.h"
#include "common/pathway/compile_questionnaire.h"
#include "common/pathway/compile_rules.h"
#include "common/pathway/compile_scores.h"
#include "common/pathway/compile_texts.h"
#include "common/pathway/compiler.h"
#include "common/pathway/evaluation_order.h"

namespace plumbline::pathway {
namespace {

// Whether the lists are short enough to be looked at.
bool CheckCounts(Compiler& compiler) {
  const v1::Pathway& message = compiler.message;
  const struct {
    absl::string_view list;
    int count;
    int most;
  } lists[] = {
      {"locales", message.locales_size(), kLocalesMax},
      {"dispositions", message.dispositions_size(), kResultTextsMax},
      {"emergency_signs", message.emergency_signs_size(), kResultTextsMax},
      {"items", message.items_size(), kItemsMax},
      {"groups", message.groups_size(), kItemsMax},
      {"definitions", message.definitions_size(), kDefinitionsMax},
      {"scores", message.scores_size(), kScoresMax},
      {"instruments", message.instruments_size(), kInstrumentsMax},
      {"rules", message.rules_size(), kRulesMax},
      {"invariants", message.invariants_size(), kInvariantsMax},
      {"gates", message.gates_size(), kGatesMax},
      {"guidance", message.guidance_size(), kGuidanceMax},
      {"sources", message.sources_size(), kSourcesMax},
      {"evidence", message.evidence_size(), kSourcesMax},
      {"translations", message.translations_size(), kLocalesMax},
      {"cases", message.cases_size(), kCasesMax},
  };
  bool ok = true;
  for (const auto& [list, count, most] : lists) {
    ok = compiler.CheckCount(ElementPath().Field(list), count, most) && ok;
  }
  return ok;
}

std::string NameOf(const CompiledPathway& pathway, EvaluationStep step) {
  switch (step.kind) {
    case EvaluationStep::Kind::kItem:
      return pathway.items[step.index].link_id;
    case EvaluationStep::Kind::kDefinition:
      return pathway.definitions[step.index].name;
    case EvaluationStep::Kind::kScore:
      break;
  }
  return absl::StrCat("score.", pathway.scores[step.index].name);
}

void CompileOrder(Compiler& compiler) {
  CompiledPathway& pathway = compiler.pathway;
  EvaluationOrder order = OrderEvaluation(pathway);
  for (const std::vector<EvaluationStep>& cycle : order.cycles) {
    std::string way;
    for (const EvaluationStep& step : cycle) {
      absl::StrAppend(&way, way.empty() ? "" : " -> ", NameOf(pathway, step));
    }
    const int first = cycle.front().index;
    compiler.AddFault(
        ElementPath()
            .Element("items", first, pathway.items[first].link_id)
            .Field("enable_when"),
        absl::StrCat("whether the item is asked depends on itself: ", way));
  }
  pathway.evaluation_order = std::move(order.steps);
}

void CompileAll(Compiler& compiler) {
  CheckHeader(compiler);
  if (!CheckCounts(compiler)) return;
  for (const auto step :
       {CheckLocales, CheckAllSources, CheckResultTexts, CompileItems,
        CompileInstruments, CompileScores, CompileDefinitions, CompileEnabling,
        CompileOrder, CompileGuidance, CompileGates, CompileRules,
        CompileItemPolicies, CompileInvariants, CheckTranslations,
        CheckCases}) {
    if (compiler.IsFull()) return;
    step(compiler);
  }
}

}  // namespace

CompileResult CompilePathway(const v1::Pathway& message, std::string digest,
                             const Locate& locate) {
  auto pathway = std::make_shared<CompiledPathway>();
  auto source = std::make_shared<const v1::Pathway>(message);
  pathway->digest = std::move(digest);
  pathway->source = source;
  Compiler compiler(*source, *pathway, locate);
  CompileAll(compiler);
  Faults faults = compiler.TakeFaults();
  if (!faults.empty()) return {nullptr, std::move(faults)};
  return {std::move(pathway), {}};
}

}  // namespace plumbline::pathway
