#include "content-service/gate/encode.h"

#include <cstdint>
#include <memory>
#include <numeric>

#include "absl/strings/str_cat.h"
#include "common/pathway/decide.h"
#include "common/pathway/item_values.h"
#include "common/pathway/names.h"
#include "content-service/gate/encode_expression.h"

namespace plumbline::gate {
namespace {

using pathway::Band;
using pathway::CompiledPathway;
using pathway::Disposition;
using pathway::EvaluationStep;
using pathway::Expression;
using pathway::Guidance;
using pathway::Item;
using pathway::ItemPolicy;
using pathway::ItemType;
using pathway::Points;
using pathway::Rule;
using pathway::RulePolicy;
using pathway::Score;

constexpr int kLeastUrgent = static_cast<int>(Disposition::kSelfCare);
constexpr int kMostUrgent = static_cast<int>(Disposition::kEmergencyNow);

template <typename T>
int Count(const std::vector<T>& list) {
  return static_cast<int>(list.size());
}

std::int64_t FirstValue(const Item& item) {
  return item.type == ItemType::kInteger || item.type == ItemType::kDecimal
             ? item.minimum
             : 0;
}

std::int64_t LastValue(const Item& item) {
  switch (item.type) {
    case ItemType::kChoice:
      return static_cast<std::int64_t>(item.options.size()) - 1;
    case ItemType::kBoolean:
      return 1;
    case ItemType::kInteger:
    case ItemType::kDecimal:
      return item.maximum;
    case ItemType::kMultiChoice:
      break;
  }
  return 0;
}

// An option that means unknown is no answer.
void AddLegalChoice(const Item& item, const SymbolicAnswer& answer,
                    z3::expr_vector& legal) {
  for (std::size_t i = 0; i < item.options.size(); ++i) {
    if (!item.options[i].means_unknown) continue;
    legal.push_back(!(answer.answered &&
                      IsPlace(*answer.value, static_cast<std::int64_t>(i))));
  }
}

// At least one option, and an exclusive one alone.
void AddLegalSet(const Item& item, const SymbolicAnswer& answer,
                 z3::expr_vector& legal) {
  z3::context& z3 = answer.answered.ctx();
  legal.push_back(z3::implies(answer.answered, AnyOf(z3, answer.chosen)));
  for (std::size_t i = 0; i < item.options.size(); ++i) {
    if (!item.options[i].exclusive) continue;
    std::vector<z3::expr> others = answer.chosen;
    others.erase(others.begin() + static_cast<std::ptrdiff_t>(i));
    legal.push_back(
        z3::implies(answer.answered && answer.chosen[i], !AnyOf(z3, others)));
  }
}

// What an answer counts.
SymbolicNumber Counted(const Points& points, const SymbolicAnswer& answer) {
  z3::context& z3 = answer.answered.ctx();
  if (points.ticks != 0) {
    std::vector<z3::expr> ticked;
    for (std::size_t i = 0; i < answer.chosen.size(); ++i) {
      if ((points.ticks >> i & 1) != 0) ticked.push_back(answer.chosen[i]);
    }
    return CountTrue(z3, ticked);
  }
  const SymbolicNumber& value = *answer.value;
  if (points.by_answer.empty()) return value;
  std::vector<std::int64_t> counted;
  for (std::int64_t place = value.minimum; place <= value.maximum; ++place) {
    counted.push_back(PointsOf(points, place));
  }
  return LookUp(value, counted);
}

// The sum of what the items count that `entries` of the score name.
SymbolicInterval SumOf(z3::context& z3, const Score& score,
                       const std::vector<int>& entries,
                       const std::vector<SymbolicAnswer>& answers) {
  std::vector<SymbolicNumber> first;
  std::vector<SymbolicNumber> last;
  for (const int entry : entries) {
    const Points& points = score.points[entry];
    const SymbolicAnswer& answer = answers[score.items[entry]];
    const SymbolicNumber counted = Counted(points, answer);
    first.push_back(
        Either(answer.answered, counted, ConstantNumber(z3, points.minimum)));
    last.push_back(
        Either(answer.answered, counted, ConstantNumber(z3, points.maximum)));
  }
  return {Sum(z3, first), Sum(z3, last)};
}

std::vector<int> EntriesOf(const Score& score) {
  std::vector<int> entries(score.items.size());
  std::iota(entries.begin(), entries.end(), 0);
  return entries;
}

// Makes a SymbolicEvaluation, one step after the other.
class Evaluation {
 public:
  Evaluation(z3::context& z3, const CompiledPathway& pathway,
             const std::vector<std::shared_ptr<const Scale>>& item_scales,
             const std::vector<std::shared_ptr<const Scale>>& score_scales,
             const std::function<void()>& checkpoint)
      : z3_(z3),
        pathway_(pathway),
        legal_(z3),
        result_{.answers = {},
                .enabled = {},
                .definitions = {},
                .scores = {},
                .rules = {},
                .gates = {},
                .show_when = {},
                .legal = z3.bool_val(true)},
        reading_{z3, pathway, result_, item_scales, score_scales, checkpoint} {
    const z3::expr no = z3.bool_val(false);
    result_.answers.assign(pathway.items.size(), {no, no, std::nullopt, {}});
    result_.enabled.assign(pathway.items.size(), {no, no});
    result_.rules.assign(pathway.rules.size(), {no, no});
    result_.gates.assign(pathway.gates.size(), {no, no});
    result_.show_when.assign(pathway.guidance.size(), {no, no});
    result_.definitions.assign(
        pathway.definitions.size(),
        {.unknown = no, .truth = {}, .number = {}, .texts = {}});
    const SymbolicNumber zero = ConstantNumber(z3, 0);
    result_.scores.assign(pathway.scores.size(),
                          {{no, no}, {zero, zero}, {zero, zero}});
  }

  // What stands in `before`, until it is evaluated again.
  Evaluation(z3::context& z3, const CompiledPathway& pathway,
             const std::vector<std::shared_ptr<const Scale>>& item_scales,
             const std::vector<std::shared_ptr<const Scale>>& score_scales,
             const std::function<void()>& checkpoint,
             const SymbolicEvaluation& before)
      : z3_(z3),
        pathway_(pathway),
        legal_(z3),
        result_(before),
        reading_{z3, pathway, result_, item_scales, score_scales, checkpoint} {}

  SymbolicEvaluation Run(const AnswerSource& source) {
    for (const EvaluationStep& step : pathway_.evaluation_order) {
      Take(step, source);
    }
    for (int i = 0; i < Count(pathway_.rules); ++i) TakeRule(i);
    for (int i = 0; i < Count(pathway_.gates); ++i) TakeGate(i);
    for (int i = 0; i < Count(pathway_.guidance); ++i) TakeShowWhen(i);
    result_.legal = z3::mk_and(legal_);
    return result_;
  }

  SymbolicEvaluation RunAgain(int item, const pathway::Dependents& dependents,
                              const AnswerSource& source) {
    TakeAnswer(item, source);
    for (const EvaluationStep& step : dependents.steps) Take(step, source);
    for (const int rule : dependents.rules) TakeRule(rule);
    for (const int gate : dependents.gates) TakeGate(gate);
    for (const int record : dependents.guidance) TakeShowWhen(record);
    result_.legal = z3::mk_and(legal_);
    return result_;
  }

 private:
  SymbolicTruth Constant(bool truth) const {
    return {z3_.bool_val(truth), z3_.bool_val(!truth)};
  }

  SymbolicTruth TruthOf(const Expression& expression) const {
    const SymbolicTruth truth =
        ToTruth(reading_, EncodeExpression(expression, reading_));
    return {truth.is_true.simplify(), truth.is_false.simplify()};
  }

  void Take(const EvaluationStep& step, const AnswerSource& source) {
    switch (step.kind) {
      case EvaluationStep::Kind::kItem:
        return TakeItem(step.index, source);
      case EvaluationStep::Kind::kDefinition:
        result_.definitions[step.index] = EncodeExpression(
            pathway_.definitions[step.index].expression, reading_);
        return;
      case EvaluationStep::Kind::kScore:
        return TakeScore(step.index);
    }
  }

  void TakeRule(int index) {
    result_.rules[index] = TruthOf(pathway_.rules[index].when);
  }

  void TakeGate(int index) {
    result_.gates[index] = TruthOf(pathway_.gates[index].withhold_when);
  }

  void TakeShowWhen(int index) {
    const auto& condition = pathway_.guidance[index].show_when;
    result_.show_when[index] =
        condition.has_value() ? TruthOf(*condition) : Constant(false);
  }

  void TakeItem(int index, const AnswerSource& source) {
    const std::optional<Expression>& enabling =
        pathway_.items[index].enable_when;
    result_.enabled[index] =
        enabling.has_value() ? TruthOf(*enabling) : Constant(true);
    TakeAnswer(index, source);
  }

  void TakeAnswer(int index, const AnswerSource& source) {
    const SymbolicTruth enabled = result_.enabled[index];
    result_.answers[index] = source(index, enabled, legal_);
    const SymbolicAnswer& answer = result_.answers[index];
    legal_.push_back(!(answer.answered && enabled.is_false));
    legal_.push_back(!(answer.answered && answer.closed));
  }

  // The items share one enabling expression.
  void TakeScore(int index) {
    const Score& score = pathway_.scores[index];
    const SymbolicTruth& enabled = result_.enabled[score.items.front()];
    std::vector<z3::expr> answered;
    for (const int item : score.items) {
      answered.push_back(result_.answers[item].answered);
    }
    result_.scores[index] = {
        {enabled.is_true || (!enabled.is_false && AnyOf(z3_, answered)),
         enabled.is_false},
        SumOf(z3_, score, EntriesOf(score), result_.answers),
        SumOf(z3_, score, score.subscale, result_.answers)};
  }

  z3::context& z3_;
  const CompiledPathway& pathway_;
  z3::expr_vector legal_;
  SymbolicEvaluation result_;
  const SymbolicReading reading_;
};

// Makes a SymbolicDecision.
class Decision {
 public:
  Decision(z3::context& z3, const CompiledPathway& pathway,
           const SymbolicEvaluation& evaluation, const std::set<int>& left_out)
      : z3_(z3),
        pathway_(pathway),
        evaluation_(evaluation),
        left_out_(left_out),
        raised_(kMostUrgent + 1),
        flagged_(pathway.flags.size()),
        named_(pathway.guidance.size()) {}

  // Disposition and flags; the guidance is missing.
  SymbolicDecision Decide() {
    ApplyRules();
    result_.floor = AtLeast();
    no_emergency_ = !result_.floor[kMostUrgent];
    ApplyItemPolicies();
    ApplyRulePolicies();
    result_.disposition = AtLeast();
    for (const Ways& ways : flagged_) {
      result_.flags.push_back(AnyOf(z3_, ways));
    }
    return result_;
  }

  SymbolicDecision DecideWithGuidance() {
    Decide();
    DecideCertainty();
    ChooseGuidance();
    return result_;
  }

 private:
  // What makes something so: any of these. Chains of two would be as deep as
  // the pathway is long, and Z3 frees deep formulas in the square of the time.
  using Ways = std::vector<z3::expr>;

  z3::expr No() const { return z3_.bool_val(false); }

  // Of what has raised it until now: at least SELF_CARE.
  SymbolicDisposition AtLeast() const {
    SymbolicDisposition disposition(kMostUrgent + 1, z3_.bool_val(true));
    z3::expr more = No();
    for (int d = kMostUrgent; d > kLeastUrgent; --d) {
      Ways ways = raised_[d];
      ways.push_back(more);
      disposition[d] = more = AnyOf(z3_, ways);
    }
    return disposition;
  }

  void Raise(const z3::expr& condition, Disposition at_least) {
    raised_[static_cast<std::size_t>(at_least)].push_back(condition);
  }

  void Flag(const z3::expr& condition, int flag) {
    flagged_[flag].push_back(condition);
  }

  bool IsLeftOut(int rule) const { return left_out_.count(rule) > 0; }

  void ApplyRules() {
    for (int i = 0; i < Count(pathway_.rules); ++i) {
      if (IsLeftOut(i)) continue;
      const Rule& rule = pathway_.rules[i];
      const z3::expr& fires = evaluation_.rules[i].is_true;
      Raise(fires, rule.disposition);
      Flag(fires, rule.flag);
    }
  }

  void ApplyItemPolicies() {
    for (int i = 0; i < Count(pathway_.items); ++i) {
      const std::optional<ItemPolicy>& policy = pathway_.items[i].if_unknown;
      if (!policy.has_value()) continue;
      const z3::expr applies = PolicyApplies(i);
      Raise(applies, policy->at_least);
      Flag(applies, policy->flag);
    }
  }

  z3::expr PolicyApplies(int item) const {
    return no_emergency_ && evaluation_.enabled[item].is_true &&
           evaluation_.IsUnknown(item);
  }

  void ApplyRulePolicies() {
    for (int i = 0; i < Count(pathway_.rules); ++i) {
      const RulePolicy& policy = pathway_.rules[i].on_unknown;
      if (IsLeftOut(i) || policy.kind != RulePolicy::Kind::kEscalate) continue;
      const z3::expr applies =
          no_emergency_ && evaluation_.rules[i].IsUnknown();
      Raise(applies, policy.at_least);
      Flag(applies, policy.flag);
    }
  }

  // What further answers could give, or their refusal. Final is what nothing
  // undecided could raise, and no policy raised.
  void DecideCertainty() {
    for (int i = 0; i < Count(pathway_.rules); ++i) {
      if (IsLeftOut(i)) continue;
      Raise(!evaluation_.rules[i].is_false, pathway_.rules[i].disposition);
    }
    for (int i = 0; i < Count(pathway_.items); ++i) {
      const std::optional<ItemPolicy>& policy = pathway_.items[i].if_unknown;
      if (!policy.has_value()) continue;
      Raise(evaluation_.enabled[i].IsUnknown() && evaluation_.IsUnknown(i),
            policy->at_least);
    }
    result_.most_urgent_possible = AtLeast();
    std::vector<z3::expr> same;
    for (int d = kLeastUrgent + 1; d <= kMostUrgent; ++d) {
      same.push_back(result_.floor[d] == result_.disposition[d]);
      same.push_back(result_.disposition[d] == result_.most_urgent_possible[d]);
    }
    result_.is_final = AllOf(z3_, same);
  }

  // See GuidanceChoice in common/pathway/decide.cc.
  void ChooseGuidance() {
    NameGuidance();
    emergencies_known_ = AreEmergenciesKnown();
    std::vector<z3::expr> wanted;
    for (int i = 0; i < Count(pathway_.guidance); ++i) {
      Name(evaluation_.show_when[i].is_true, {i});
      wanted.push_back(AnyOf(z3_, named_[i]));
    }
    AddSubstitutes(wanted);
    for (int i = 0; i < Count(pathway_.guidance); ++i) {
      result_.shown.push_back(wanted[i] && MayBeShown(i) && !IsHeld(i));
    }
  }

  void NameGuidance() {
    for (int i = 0; i < Count(pathway_.rules); ++i) {
      if (IsLeftOut(i)) continue;
      Name(evaluation_.rules[i].is_true, pathway_.rules[i].guidance);
    }
    for (int i = 0; i < Count(pathway_.items); ++i) {
      const std::optional<ItemPolicy>& policy = pathway_.items[i].if_unknown;
      if (!policy.has_value()) continue;
      Name(PolicyApplies(i), policy->guidance);
      // Who was asked and did not answer, where nobody knows whether it was
      // due.
      const z3::expr possible =
          no_emergency_ && evaluation_.enabled[i].IsUnknown() &&
          evaluation_.IsUnknown(i) && evaluation_.answers[i].closed;
      Name(possible, policy->guidance);
    }
  }

  void Name(const z3::expr& condition, const std::vector<int>& records) {
    for (const int record : records) {
      named_[record].push_back(condition);
    }
  }

  void AddSubstitutes(std::vector<z3::expr>& wanted) const {
    const std::vector<z3::expr> before = wanted;
    for (int i = 0; i < Count(pathway_.guidance); ++i) {
      for (const int gate : pathway_.guidance[i].gates) {
        const int substitute = pathway_.gates[gate].substitute;
        if (substitute < 0) continue;
        wanted[substitute] =
            wanted[substitute] || (before[i] && MayBeShown(i) && Holds(gate));
      }
    }
  }

  z3::expr Holds(int gate) const { return !evaluation_.gates[gate].is_false; }

  z3::expr IsHeld(int record) const {
    std::vector<z3::expr> holding;
    for (const int gate : pathway_.guidance[record].gates) {
      holding.push_back(Holds(gate));
    }
    return AnyOf(z3_, holding);
  }

  // As far as disposition and unanswered emergency items go.
  z3::expr MayBeShown(int record) const {
    const Guidance& guidance = pathway_.guidance[record];
    std::vector<z3::expr> fits;
    for (const Disposition disposition : pathway::kDispositions) {
      if (!FitsDisposition(guidance, disposition)) continue;
      fits.push_back(IsExactly(result_.disposition, disposition));
    }
    const z3::expr may = AnyOf(z3_, fits);
    return IsAlwaysAllowed(guidance.kind) ? may : may && emergencies_known_;
  }

  // Whether every emergency item is answered, or not asked.
  z3::expr AreEmergenciesKnown() const {
    std::vector<z3::expr> known;
    for (int i = 0; i < Count(pathway_.items); ++i) {
      if (!pathway_.items[i].emergency) continue;
      known.push_back(!evaluation_.IsUnknown(i));
    }
    return AllOf(z3_, known);
  }

  z3::context& z3_;
  const CompiledPathway& pathway_;
  const SymbolicEvaluation& evaluation_;
  const std::set<int>& left_out_;
  std::vector<Ways> raised_;  // By disposition, to no more than that.
  std::vector<Ways> flagged_;
  std::vector<Ways> named_;  // By record.
  SymbolicDecision result_;
  z3::expr no_emergency_ = No();
  z3::expr emergencies_known_ = No();
};

}  // namespace

z3::expr IsExactly(const SymbolicDisposition& given, Disposition disposition) {
  const auto d = static_cast<std::size_t>(disposition);
  return d + 1 < given.size() ? given[d] && !given[d + 1] : given[d];
}

// Z3 takes variables of one name as one variable: neither link ids nor codes
// have a question mark or an equals sign.
SymbolicAnswer FreeAnswer(z3::context& z3, const Item& item,
                          const std::string& prefix, z3::expr_vector& legal) {
  const std::string name = absl::StrCat(prefix, item.link_id);
  SymbolicAnswer answer =
      FreeAnswerIf(z3.bool_const(absl::StrCat(name, "?answered").c_str()), item,
                   prefix, legal);
  answer.closed = z3.bool_const(absl::StrCat(name, "?closed").c_str());
  return answer;
}

SymbolicAnswer FreeAnswerIf(const z3::expr& answered, const Item& item,
                            const std::string& prefix, z3::expr_vector& legal) {
  z3::context& z3 = answered.ctx();
  const std::string name = absl::StrCat(prefix, item.link_id);
  SymbolicAnswer answer{.answered = answered,
                        .closed = z3.bool_val(false),
                        .value = std::nullopt,
                        .chosen = {}};
  if (item.type == ItemType::kMultiChoice) {
    for (const pathway::Option& option : item.options) {
      answer.chosen.push_back(
          z3.bool_const(absl::StrCat(name, "=", option.code).c_str()));
    }
    AddLegalSet(item, answer, legal);
    return answer;
  }
  answer.value = FreeNumber(z3, name, FirstValue(item), LastValue(item), legal);
  if (item.type == ItemType::kChoice) AddLegalChoice(item, answer, legal);
  return answer;
}

SymbolicAnswer ConstantAnswer(z3::context& z3, const Item& item,
                              std::int64_t slot_value) {
  SymbolicAnswer answer{.answered = z3.bool_val(true),
                        .closed = z3.bool_val(false),
                        .value = std::nullopt,
                        .chosen = {}};
  if (item.type != ItemType::kMultiChoice) {
    answer.value = ConstantNumber(z3, slot_value);
    return answer;
  }
  for (std::size_t i = 0; i < item.options.size(); ++i) {
    const auto set = static_cast<std::uint64_t>(slot_value);
    answer.chosen.push_back(z3.bool_val((set >> i & 1) != 0));
  }
  return answer;
}

SymbolicAnswer NoAnswer(z3::context& z3, const Item& item) {
  SymbolicAnswer answer = ConstantAnswer(z3, item, FirstValue(item));
  answer.answered = z3.bool_val(false);
  return answer;
}

z3::expr IsSameValue(const SymbolicAnswer& a, const SymbolicAnswer& b) {
  if (a.value.has_value()) return IsEqual(*a.value, *b.value);
  std::vector<z3::expr> same;
  for (std::size_t i = 0; i < a.chosen.size(); ++i) {
    same.push_back(a.chosen[i] == b.chosen[i]);
  }
  return AllOf(a.answered.ctx(), same);
}

Encoder::Encoder(z3::context& z3, const CompiledPathway& pathway,
                 std::function<void()> checkpoint)
    : z3_(z3), pathway_(pathway), checkpoint_(std::move(checkpoint)) {
  for (const Item& item : pathway.items) {
    item_scales_.push_back(
        item.type == ItemType::kDecimal
            ? std::make_shared<const Scale>([&item](std::int64_t place) {
                return pathway::DecimalValue(item, place);
              })
            : nullptr);
  }
  for (const Score& score : pathway.scores) {
    score_scales_.push_back(
        IsWhole(score.method)
            ? nullptr
            : std::make_shared<const Scale>([&score](std::int64_t place) {
                return pathway::ScoreOf(place, score);
              }));
  }
}

SymbolicEvaluation Encoder::Evaluate(const AnswerSource& answers) const {
  return Evaluation(z3_, pathway_, item_scales_, score_scales_, checkpoint_)
      .Run(answers);
}

SymbolicEvaluation Encoder::EvaluateAgain(const SymbolicEvaluation& before,
                                          int item,
                                          const pathway::Dependents& dependents,
                                          const AnswerSource& answers) const {
  return Evaluation(z3_, pathway_, item_scales_, score_scales_, checkpoint_,
                    before)
      .RunAgain(item, dependents, answers);
}

SymbolicEvaluation Encoder::EvaluateAny(const std::string& prefix) const {
  return Evaluate([this, &prefix](int item, const SymbolicTruth& /*enabled*/,
                                  z3::expr_vector& legal) {
    return FreeAnswer(z3_, pathway_.items[item], prefix, legal);
  });
}

SymbolicDecision Encoder::Decide(const SymbolicEvaluation& evaluation,
                                 const std::set<int>& left_out) const {
  return Decision(z3_, pathway_, evaluation, left_out).DecideWithGuidance();
}

SymbolicDisposition Encoder::DispositionOf(
    const SymbolicEvaluation& evaluation, const std::set<int>& left_out) const {
  return Decision(z3_, pathway_, evaluation, left_out).Decide().disposition;
}

z3::expr Encoder::IsComplete(const SymbolicEvaluation& evaluation) const {
  std::vector<z3::expr> answered;
  for (std::size_t i = 0; i < evaluation.answers.size(); ++i) {
    answered.push_back(evaluation.answers[i].answered ==
                       evaluation.enabled[i].is_true);
  }
  return AllOf(z3_, answered);
}

// Bands cover their range in order, those of one range together, so the last
// that begins at or below a value holds it.
z3::expr Encoder::HasBand(const SymbolicEvaluation& evaluation, int score,
                          int band) const {
  const Score& of = pathway_.scores[score];
  const SymbolicScore& value = evaluation.scores[score];
  const Band& sought = of.bands[band];
  SymbolicInterval total = value.total;
  total.first.scale = total.last.scale = score_scales_[score];
  z3::expr has = !value.present.is_false &&
                 !IsLess(total.first, ConstantDouble(z3_, sought.minimum));
  for (const Band& other : of.bands) {
    if (other.minimum <= sought.minimum) continue;
    has = has && IsLess(total.last, ConstantDouble(z3_, other.minimum));
  }
  if (sought.subscale_minimum < 0) return has;
  return has &&
         !IsLess(value.subscale.first,
                 ConstantNumber(z3_, sought.subscale_minimum)) &&
         !IsLess(ConstantNumber(z3_, sought.subscale_maximum),
                 value.subscale.last);
}

SymbolicTruth Encoder::EvaluateInvariant(
    const SymbolicEvaluation& evaluation, const SymbolicDecision& decision,
    const pathway::Invariant& invariant) const {
  const SymbolicReading reading{z3_,          pathway_,      evaluation,
                                item_scales_, score_scales_, checkpoint_,
                                &decision};
  return ToTruth(reading, EncodeExpression(invariant.expression, reading));
}

}  // namespace plumbline::gate
