#include "common/pathway/evaluate.h"

#include <cmath>
#include <set>
#include <utility>

#include "common/pathway/item_values.h"

namespace plumbline::pathway {
namespace {

bool IsAnswered(const SlotAnswer& answer) {
  return answer.state == SlotAnswer::State::kAnswered;
}

// The sums of what some items of a score count, and how many are unanswered.
struct Sums {
  IntInterval all = {0, 0};
  std::int64_t answered = 0;
  int unanswered = 0;

  void Add(const Points& points, const SlotAnswer& answer) {
    if (IsAnswered(answer)) {
      const std::int64_t counted = PointsOf(points, answer.value);
      answered += counted;
      all = {all.minimum + counted, all.maximum + counted};
    } else {
      ++unanswered;
      all = {all.minimum + points.minimum, all.maximum + points.maximum};
    }
  }
};

bool HoldsSubscale(const Band& band, IntInterval subscale) {
  return band.subscale_minimum < 0 ||
         (band.subscale_minimum <= subscale.minimum &&
          subscale.maximum <= band.subscale_maximum);
}

// The band that holds every value from `minimum` to `maximum` with every value
// of the subscale; -1: none. Bands cover their range in order, those of one
// range together, so the last that begins at or below a value holds it.
int BandOf(const Score& score, double minimum, double maximum,
           IntInterval subscale) {
  int last = static_cast<int>(score.bands.size()) - 1;
  while (last >= 0 && score.bands[last].minimum > maximum) --last;
  if (last < 0 || score.bands[last].minimum > minimum) return -1;
  const double begin = score.bands[last].minimum;
  for (int i = last; i >= 0 && score.bands[i].minimum == begin; --i) {
    if (HoldsSubscale(score.bands[i], subscale)) return i;
  }
  return -1;
}

Truth IsPresent(const Score& score, const Intake& intake,
                const Evaluation& evaluation) {
  // The items share one enabling expression.
  const Truth enabled = evaluation.enabled[score.items.front()];
  if (enabled != Truth::kUnknown) return enabled;
  for (const int item : score.items) {
    if (IsAnswered(intake[item])) return Truth::kTrue;
  }
  return Truth::kUnknown;
}

Sums SumsOf(const Score& score, const Intake& intake) {
  Sums sums;
  for (std::size_t i = 0; i < score.items.size(); ++i) {
    sums.Add(score.points[i], intake[score.items[i]]);
  }
  return sums;
}

Sums SubscaleOf(const Score& score, const Intake& intake) {
  Sums sums;
  for (const int entry : score.subscale) {
    sums.Add(score.points[entry], intake[score.items[entry]]);
  }
  return sums;
}

// The mean of the answers stands for those that are missing, where there are as
// few as the instrument allows. No rule of rounding was found: an estimate
// between the last whole number of a band and the first of the next has none.
std::optional<ScoreEstimate> EstimateOf(const Score& score, const Sums& sums,
                                        IntInterval subscale) {
  const int answered = static_cast<int>(score.items.size()) - sums.unanswered;
  const bool is_due = sums.unanswered > 0 && answered > 0 &&
                      sums.unanswered <= score.missing_max;
  if (!is_due) return std::nullopt;
  const double value = EstimatedScoreOf(sums.answered, answered, score);
  const bool touch = score.method == Score::Method::kMean;
  return ScoreEstimate{
      .value = value,
      .unanswered = sums.unanswered,
      .band = BandOf(score, touch ? value : std::floor(value),
                     touch ? value : std::ceil(value), subscale)};
}

ScoreValue ValueOf(const Score& score, const Intake& intake,
                   const Evaluation& evaluation) {
  ScoreValue value;
  value.present = IsPresent(score, intake, evaluation);
  if (value.present == Truth::kFalse) return value;

  const Sums sums = SumsOf(score, intake);
  value.complete = sums.unanswered == 0;
  value.minimum = ScoreOf(sums.all.minimum, score);
  value.maximum = ScoreOf(sums.all.maximum, score);
  const IntInterval subscale = SubscaleOf(score, intake).all;
  value.band = BandOf(score, value.minimum, value.maximum, subscale);
  value.estimate = EstimateOf(score, sums, subscale);
  return value;
}

Truth TruthOf(const std::optional<Expression>& expression,
              const Reading& reading, Truth if_missing) {
  if (!expression.has_value()) return if_missing;
  return ToTruth(EvaluateExpression(*expression, reading));
}

// Collects the unknown items behind expressions, from a list of what is still
// to be looked at, so that no chain of definitions deepens the stack.
class UnknownItems {
 public:
  explicit UnknownItems(const Reading& reading) : reading_(reading) {}

  std::vector<int> Behind(const Expression& expression) {
    pending_ = {&expression};
    while (!pending_.empty()) {
      const Expression& next = *pending_.back();
      pending_.pop_back();
      if (seen_.insert(&next).second) Visit(*next.tree);
    }
    return {items_.begin(), items_.end()};
  }

 private:
  // Walks down the parts of `tree` that are not decided.
  void Visit(const CheckedTree& tree) {
    const std::vector<Value> values = EvaluateNodes(tree, reading_);
    std::vector<int> undecided = {static_cast<int>(tree.nodes.size()) - 1};
    while (!undecided.empty()) {
      const int index = undecided.back();
      undecided.pop_back();
      if (IsDecided(values[index])) continue;
      const CheckedNode& node = tree.nodes[index];
      VisitNode(node);
      if (node.kind == NodeKind::kConditional) {
        undecided.push_back(Waiting(node, values));
      } else {
        undecided.insert(undecided.end(), node.children.begin(),
                         node.children.end());
      }
    }
  }

  // The child of a conditional that it waits for.
  static int Waiting(const CheckedNode& node,
                     const std::vector<Value>& values) {
    switch (ToTruth(values[node.children[0]])) {
      case Truth::kTrue:
        return node.children[1];
      case Truth::kFalse:
        return node.children[2];
      case Truth::kUnknown:
        break;
    }
    return node.children[0];
  }

  // No default label: a new kind of node stops the build here.
  void VisitNode(const CheckedNode& node) {
    switch (node.kind) {
      case NodeKind::kItem:
      case NodeKind::kHasItem:
      case NodeKind::kSizeItem:
      case NodeKind::kInItem:
        return VisitItem(node.index);
      case NodeKind::kScore:
      case NodeKind::kHasScore:
        for (const int item : reading_.pathway.scores[node.index].items) {
          VisitItem(item);
        }
        return;
      case NodeKind::kDefinition:
        pending_.push_back(
            &reading_.pathway.definitions[node.index].expression);
        return;
      case NodeKind::kBool:
      case NodeKind::kInt:
      case NodeKind::kDouble:
      case NodeKind::kString:
      case NodeKind::kDisposition:
      case NodeKind::kDispositionRank:
      case NodeKind::kSizeFlags:
      case NodeKind::kNot:
      case NodeKind::kNegate:
      case NodeKind::kAnd:
      case NodeKind::kOr:
      case NodeKind::kEqual:
      case NodeKind::kNotEqual:
      case NodeKind::kLess:
      case NodeKind::kLessEqual:
      case NodeKind::kGreater:
      case NodeKind::kGreaterEqual:
      case NodeKind::kAdd:
      case NodeKind::kSubtract:
      case NodeKind::kMultiply:
      case NodeKind::kInList:
      case NodeKind::kInFlags:
      case NodeKind::kConditional:
        return;
    }
  }

  void VisitItem(int index) {
    if (!reading_.evaluation.IsUnknown(reading_.intake, index)) return;
    items_.insert(index);
    if (reading_.evaluation.enabled[index] == Truth::kUnknown) {
      pending_.push_back(&*reading_.pathway.items[index].enable_when);
    }
  }

  const Reading reading_;
  std::vector<const Expression*> pending_;
  std::set<const Expression*> seen_;  // Never iterated: addresses differ.
  std::set<int> items_;
};

// An evaluation in which nothing is known yet.
Evaluation NothingEvaluated(const CompiledPathway& pathway) {
  Evaluation evaluation;
  evaluation.enabled.assign(pathway.items.size(), Truth::kUnknown);
  evaluation.definitions.resize(pathway.definitions.size());
  evaluation.scores.resize(pathway.scores.size());
  return evaluation;
}

// Each after those that it reads.
void TakeSteps(const CompiledPathway& pathway, const Intake& intake,
               const std::vector<EvaluationStep>& steps,
               Evaluation& evaluation) {
  const Reading reading = {pathway, intake, evaluation};
  for (const auto& [kind, index] : steps) {
    switch (kind) {
      case EvaluationStep::Kind::kItem:
        evaluation.enabled[index] =
            TruthOf(pathway.items[index].enable_when, reading, Truth::kTrue);
        break;
      case EvaluationStep::Kind::kDefinition:
        evaluation.definitions[index] =
            EvaluateExpression(pathway.definitions[index].expression, reading);
        break;
      case EvaluationStep::Kind::kScore:
        evaluation.scores[index] =
            ValueOf(pathway.scores[index], intake, evaluation);
        break;
    }
  }
}

}  // namespace

Evaluation Evaluate(const CompiledPathway& pathway, const Intake& intake) {
  Evaluation evaluation = NothingEvaluated(pathway);
  TakeSteps(pathway, intake, pathway.evaluation_order, evaluation);
  const Reading reading = {pathway, intake, evaluation};
  for (const Rule& rule : pathway.rules) {
    evaluation.rules.push_back(ToTruth(EvaluateExpression(rule.when, reading)));
  }
  for (const Gate& gate : pathway.gates) {
    evaluation.gates.push_back(
        ToTruth(EvaluateExpression(gate.withhold_when, reading)));
  }
  for (const Guidance& record : pathway.guidance) {
    evaluation.show_when.push_back(
        TruthOf(record.show_when, reading, Truth::kFalse));
  }
  return evaluation;
}

Truth EvaluateAlone(const CompiledPathway& pathway, const Intake& intake,
                    const std::vector<EvaluationStep>& steps,
                    const Expression& expression) {
  Evaluation evaluation = NothingEvaluated(pathway);
  TakeSteps(pathway, intake, steps, evaluation);
  return ToTruth(EvaluateExpression(expression, {pathway, intake, evaluation}));
}

void EvaluateAgain(const CompiledPathway& pathway, const Intake& intake,
                   const Dependents& dependents, Evaluation& evaluation) {
  TakeSteps(pathway, intake, dependents.steps, evaluation);
  const Reading reading = {pathway, intake, evaluation};
  for (const int rule : dependents.rules) {
    evaluation.rules[rule] =
        ToTruth(EvaluateExpression(pathway.rules[rule].when, reading));
  }
}

Truth EvaluateInvariant(const CompiledPathway& pathway, const Intake& intake,
                        const Evaluation& evaluation, const Outcome& outcome,
                        const Invariant& invariant) {
  return ToTruth(EvaluateExpression(invariant.expression,
                                    {pathway, intake, evaluation, &outcome}));
}

std::vector<int> UnknownItemsBehind(const CompiledPathway& pathway,
                                    const Intake& intake,
                                    const Evaluation& evaluation,
                                    const Expression& expression) {
  return UnknownItems({pathway, intake, evaluation}).Behind(expression);
}

}  // namespace plumbline::pathway
