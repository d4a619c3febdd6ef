// A pathway over every intake at once: what Evaluate() and Decide() compute for
// one intake (common/pathway/evaluate.h, decide.h), as formulas.
//
// Every property of the gate is a question about these formulas, so that they
// must say what the engine does, and nothing else. A test compares the two on
// random intakes, answered in full and in part.

#ifndef PLUMBLINE_CONTENT_SERVICE_GATE_ENCODE_H_
#define PLUMBLINE_CONTENT_SERVICE_GATE_ENCODE_H_

#include <z3++.h>

#include <array>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "common/pathway/evaluation_order.h"
#include "common/pathway/model.h"
#include "content-service/gate/symbolic.h"

namespace plumbline::gate {

// What is said of one item.
struct SymbolicAnswer {
  z3::expr answered;
  // Whether it was asked, and there is no value; else it is open. Not both with
  // `answered`.
  z3::expr closed;
  // The slot value, but for sets.
  std::optional<SymbolicNumber> value;
  // Sets: by option, whether it applies.
  std::vector<z3::expr> chosen;
};

// A score of which the sum of its items is `total`.
struct SymbolicScore {
  SymbolicTruth present;
  SymbolicInterval total;
  SymbolicInterval subscale;
};

// One entry an element, in pathway order.
struct SymbolicEvaluation {
  std::vector<SymbolicAnswer> answers;
  std::vector<SymbolicTruth> enabled;
  std::vector<SymbolicValue> definitions;
  std::vector<SymbolicScore> scores;
  std::vector<SymbolicTruth> rules;
  std::vector<SymbolicTruth> gates;
  std::vector<SymbolicTruth> show_when;
  // Whether the answers are legal: values that are, and no answer where the
  // enabling is false.
  z3::expr legal;

  // Enabled or possibly enabled, without a value.
  z3::expr IsUnknown(int item) const {
    return !enabled[item].is_false && !answers[item].answered;
  }
};

// By disposition, whether it is at least that urgent; index 0 is not used.
using SymbolicDisposition = std::vector<z3::expr>;

// Whether it is this one, and no more urgent.
z3::expr IsExactly(const SymbolicDisposition& given,
                   pathway::Disposition disposition);

struct SymbolicDecision {
  SymbolicDisposition floor;
  SymbolicDisposition disposition;
  SymbolicDisposition most_urgent_possible;
  std::optional<z3::expr> is_final;
  std::vector<z3::expr> flags;  // By flag.
  std::vector<z3::expr> shown;  // By guidance record.
};

// Makes the answer to an item, whose enabling is given; everything that the
// enabling reads was made before. `legal` takes what must hold of it.
using AnswerSource = std::function<SymbolicAnswer(
    int item, const SymbolicTruth& enabled, z3::expr_vector& legal)>;

// Any answer or none, in variables whose names begin with `prefix`.
SymbolicAnswer FreeAnswer(z3::context& z3, const pathway::Item& item,
                          const std::string& prefix, z3::expr_vector& legal);

// Any legal answer where `answered` holds, else none. Whoever decides whether
// an item is answered says so here: what is legal of its value depends on it.
SymbolicAnswer FreeAnswerIf(const z3::expr& answered, const pathway::Item& item,
                            const std::string& prefix, z3::expr_vector& legal);

// The answer with `slot_value`.
SymbolicAnswer ConstantAnswer(z3::context& z3, const pathway::Item& item,
                              std::int64_t slot_value);

// The answer to an item that was not asked.
SymbolicAnswer NoAnswer(z3::context& z3, const pathway::Item& item);

// Whether two answers to one item have the same value.
z3::expr IsSameValue(const SymbolicAnswer& a, const SymbolicAnswer& b);

class Encoder {
 public:
  // `pathway` outlives this. `checkpoint` is called before each expression is
  // put into formulas, which can take long: it may throw.
  Encoder(
      z3::context& z3, const pathway::CompiledPathway& pathway,
      std::function<void()> checkpoint = [] {});

  SymbolicEvaluation Evaluate(const AnswerSource& answers) const;

  // `before` with other answers to one item, and to what its dependents enable:
  // `dependents` are those of the item. `answers` is asked for these alone, and
  // `legal` tells of them alone: the intake as a whole is legal where `before`
  // is, too.
  SymbolicEvaluation EvaluateAgain(const SymbolicEvaluation& before, int item,
                                   const pathway::Dependents& dependents,
                                   const AnswerSource& answers) const;

  // Any answers, known or not: FreeAnswer() of every item.
  SymbolicEvaluation EvaluateAny(const std::string& prefix) const;

  // Without the rules in `left_out`, which are as if they were false.
  SymbolicDecision Decide(const SymbolicEvaluation& evaluation,
                          const std::set<int>& left_out = {}) const;

  // The disposition alone.
  SymbolicDisposition DispositionOf(const SymbolicEvaluation& evaluation,
                                    const std::set<int>& left_out = {}) const;

  // Whether every certainly enabled item is answered. Then nothing is unknown
  // but what an error makes so.
  z3::expr IsComplete(const SymbolicEvaluation& evaluation) const;

  // Whether the score has the band.
  z3::expr HasBand(const SymbolicEvaluation& evaluation, int score,
                   int band) const;

  SymbolicTruth EvaluateInvariant(const SymbolicEvaluation& evaluation,
                                  const SymbolicDecision& decision,
                                  const pathway::Invariant& invariant) const;

  z3::context& z3() const { return z3_; }
  const pathway::CompiledPathway& pathway() const { return pathway_; }

 private:
  z3::context& z3_;
  const pathway::CompiledPathway& pathway_;
  const std::function<void()> checkpoint_;
  // By item and by score: those of their doubles; null for ints.
  std::vector<std::shared_ptr<const Scale>> item_scales_;
  std::vector<std::shared_ptr<const Scale>> score_scales_;
};

}  // namespace plumbline::gate

#endif  // PLUMBLINE_CONTENT_SERVICE_GATE_ENCODE_H_
