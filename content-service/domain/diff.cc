#include "content-service/domain/diff.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/pathway/answers.h"
#include "content-service/domain/diff_elements.h"
#include "content-service/gate/effect.h"
#include "content-service/gate/same_decisions.h"

namespace plumbline::content {
namespace {

using gate::Direction;
using gate::Effect;
using gate::EffectExample;
using pathway::CompiledPathway;
using v1::DispositionEffect;

pathway::v1::Disposition ToMessage(pathway::Disposition disposition) {
  return static_cast<pathway::v1::Disposition>(disposition);
}

DispositionEffect::Verdict VerdictOf(const Effect& effect) {
  if (!effect.examples.empty()) return DispositionEffect::VERDICT_SOME;
  return effect.undecided.empty() ? DispositionEffect::VERDICT_NONE
                                  : DispositionEffect::VERDICT_TIMED_OUT;
}

pathway::v1::Case ToCase(const CompiledPathway& of,
                         const pathway::Intake& intake,
                         pathway::Disposition disposition,
                         const std::string& id) {
  pathway::v1::Case message;
  message.set_case_id(id);
  message.set_narrative("Decided otherwise before and after a change.");
  message.set_source("comparison");
  *message.mutable_answers() = pathway::ToMessages(of, intake);
  message.set_expected_disposition(ToMessage(disposition));
  return message;
}

DispositionEffect ToMessage(const CompiledPathway& base,
                            const CompiledPathway& target,
                            const Effect& effect) {
  const bool less = effect.direction == Direction::kLessUrgent;
  DispositionEffect message;
  message.set_direction(less ? DispositionEffect::DIRECTION_LESS_URGENT
                             : DispositionEffect::DIRECTION_MORE_URGENT);
  message.set_intakes(effect.complete ? DispositionEffect::INTAKES_COMPLETE
                                      : DispositionEffect::INTAKES_INCOMPLETE);
  message.set_verdict(VerdictOf(effect));
  message.set_reason(effect.undecided);
  for (const EffectExample& example : effect.examples) {
    const std::string id = absl::StrCat(less ? "less" : "more",
                                        effect.complete ? "" : "-incomplete",
                                        "-", message.examples_size() + 1);
    v1::EffectExample& of = *message.add_examples();
    *of.mutable_intake() =
        ToCase(target, example.target, example.target_disposition, id);
    *of.mutable_base_intake() =
        ToCase(base, example.base, example.base_disposition, id);
    for (const std::string& link_id : example.link_ids) {
      of.add_link_ids(link_id);
    }
    of.set_base_disposition(ToMessage(example.base_disposition));
    of.set_target_disposition(ToMessage(example.target_disposition));
  }
  return message;
}

}  // namespace

absl::StatusOr<v1::ReleaseDiff> Diff(const CompiledPathway& base,
                                     const CompiledPathway& target,
                                     const DiffOptions& options) {
  v1::ReleaseDiff diff;
  for (v1::ElementChange& change : DiffElements(*base.source, *target.source)) {
    *diff.add_changes() = std::move(change);
  }
  const auto effects = gate::FindEffects(
      base, target,
      {.bounds = {},
       .surroundings = {.clock = options.clock, .cancelled = options.cancelled},
       .examples_max = options.examples_max,
       .on_effect = options.on_effect});
  if (!effects.ok()) return effects.status();
  for (const Effect& effect : *effects) {
    *diff.add_effects() = ToMessage(base, target, effect);
  }
  diff.set_decisions_are_same(gate::AreDecisionsTheSame(
      base, target, {},
      {.clock = options.clock, .cancelled = options.cancelled}));
  return diff;
}

}  // namespace plumbline::content
