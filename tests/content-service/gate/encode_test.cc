// The formulas say what the engine does: on random intakes of the shipped
// pathway and of random small ones, known in full and in part, every value of
// Evaluate() and Decide() is that of the formulas.

#include "content-service/gate/encode.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/pathway/decide.h"
#include "tests/common/pathway/example_pathway.h"
#include "tests/common/pathway/random_intake.h"
#include "tests/common/pathway/shipped_pathway.h"

namespace plumbline::gate {
namespace {

using pathway::CheckedAnswers;
using pathway::CompiledPathway;
using pathway::Evaluation;
using pathway::Intake;
using pathway::Item;
using pathway::ItemType;
using pathway::SlotAnswer;
using pathway::Truth;

// What an intake gives, by what it is called.
struct Expectation {
  std::string name;
  z3::expr formula;
  bool expected;
};

class Agreement {
 public:
  explicit Agreement(const CompiledPathway& pathway)
      : pathway_(pathway),
        encoder_(z3_, pathway),
        evaluation_(encoder_.EvaluateAny("")),
        decision_(encoder_.Decide(evaluation_)) {}

  // What differs, or nothing.
  std::string Check(const Intake& intake) {
    z3::model model(z3_);
    for (std::size_t i = 0; i < intake.size(); ++i) Fix(i, intake[i], model);
    std::string differences;
    for (const Expectation& expectation : Expect(intake)) {
      const z3::expr value = model.eval(expectation.formula, true);
      if (value.is_true() == expectation.expected) continue;
      absl::StrAppend(&differences, expectation.name, " is ", value.to_string(),
                      "; ");
    }
    return differences;
  }

 private:
  void Fix(std::size_t i, const SlotAnswer& slot, z3::model& model) {
    const SymbolicAnswer& answer = evaluation_.answers[i];
    Set(answer.answered, slot.IsAnswered(), model);
    Set(answer.closed, slot.state == SlotAnswer::State::kClosed, model);
    if (answer.value.has_value()) {
      // Without an answer it is any legal value.
      z3::func_decl place = answer.value->place.decl();
      z3::expr value =
          z3_.bv_val(slot.IsAnswered() ? slot.value : answer.value->minimum,
                     answer.value->place.get_sort().bv_size());
      model.add_const_interp(place, value);
    }
    for (std::size_t option = 0; option < answer.chosen.size(); ++option) {
      Set(answer.chosen[option], (slot.value >> option & 1) != 0, model);
    }
  }

  void Set(const z3::expr& variable, bool value, z3::model& model) {
    z3::func_decl declared = variable.decl();
    z3::expr constant = z3_.bool_val(value);
    model.add_const_interp(declared, constant);
  }

  static void Add(const std::string& name, const SymbolicTruth& truth,
                  Truth expected, std::vector<Expectation>& list) {
    list.push_back(
        {name + " is true", truth.is_true, expected == Truth::kTrue});
    list.push_back(
        {name + " is false", truth.is_false, expected == Truth::kFalse});
  }

  std::vector<Expectation> Expect(const Intake& intake) const {
    const Evaluation evaluation = Evaluate(pathway_, intake);
    const pathway::Decision decision = Decide(pathway_, intake, evaluation);
    std::vector<Expectation> list = {{"legal", evaluation_.legal, true}};
    for (std::size_t i = 0; i < pathway_.items.size(); ++i) {
      Add(absl::StrCat("enabling of ", pathway_.items[i].link_id),
          evaluation_.enabled[i], evaluation.enabled[i], list);
    }
    for (std::size_t i = 0; i < pathway_.rules.size(); ++i) {
      Add(pathway_.rules[i].rule_id, evaluation_.rules[i], evaluation.rules[i],
          list);
    }
    for (std::size_t i = 0; i < pathway_.gates.size(); ++i) {
      Add(pathway_.gates[i].gate_id, evaluation_.gates[i], evaluation.gates[i],
          list);
    }
    for (std::size_t i = 0; i < pathway_.guidance.size(); ++i) {
      Add(pathway_.guidance[i].guidance_id, evaluation_.show_when[i],
          evaluation.show_when[i], list);
      const bool shown = std::find(decision.shown.begin(), decision.shown.end(),
                                   static_cast<int>(i)) != decision.shown.end();
      list.push_back({absl::StrCat(pathway_.guidance[i].guidance_id, " shown"),
                      decision_.shown[i], shown});
    }
    ExpectScores(evaluation, list);
    ExpectDecision(intake, evaluation, decision, list);
    return list;
  }

  void ExpectScores(const Evaluation& evaluation,
                    std::vector<Expectation>& list) const {
    for (std::size_t i = 0; i < pathway_.scores.size(); ++i) {
      const pathway::Score& score = pathway_.scores[i];
      Add(score.name, evaluation_.scores[i].present,
          evaluation.scores[i].present, list);
      for (std::size_t band = 0; band < score.bands.size(); ++band) {
        list.push_back({absl::StrCat(score.name, " ", score.bands[band].code),
                        encoder_.HasBand(evaluation_, static_cast<int>(i),
                                         static_cast<int>(band)),
                        evaluation.scores[i].band == static_cast<int>(band)});
      }
    }
  }

  void ExpectDecision(const Intake& intake, const Evaluation& evaluation,
                      const pathway::Decision& decision,
                      std::vector<Expectation>& list) const {
    pathway::Outcome outcome{
        .disposition = decision.disposition,
        .flags = std::vector<bool>(pathway_.flags.size(), false)};
    for (const int flag : decision.flags) outcome.flags[flag] = true;
    for (std::size_t flag = 0; flag < pathway_.flags.size(); ++flag) {
      list.push_back(
          {pathway_.flags[flag], decision_.flags[flag], outcome.flags[flag]});
    }
    for (int d = 1; d < static_cast<int>(decision_.disposition.size()); ++d) {
      list.push_back({absl::StrCat("disposition ", d), decision_.disposition[d],
                      static_cast<int>(decision.disposition) >= d});
      list.push_back({absl::StrCat("floor ", d), decision_.floor[d],
                      static_cast<int>(decision.floor) >= d});
    }
    for (const pathway::Invariant& invariant : pathway_.invariants) {
      Add(invariant.invariant_id,
          encoder_.EvaluateInvariant(evaluation_, decision_, invariant),
          EvaluateInvariant(pathway_, intake, evaluation, outcome, invariant),
          list);
    }
  }

  z3::context z3_;
  const CompiledPathway& pathway_;
  const Encoder encoder_;
  const SymbolicEvaluation evaluation_;
  const SymbolicDecision decision_;
};

int IntakesToRun(int usual) {
  const char* const asked = std::getenv("PLUMBLINE_INTAKES");
  int count = usual;
  EXPECT_TRUE(asked == nullptr || absl::SimpleAtoi(asked, &count)) << asked;
  return count;
}

void ExpectAgreement(const CompiledPathway& pathway, int intakes) {
  Agreement agreement(pathway);
  for (int seed = 1; seed <= intakes; ++seed) {
    std::mt19937_64 random(static_cast<std::uint64_t>(seed));
    const CheckedAnswers answers = RandomAnswers(pathway, random);
    ASSERT_EQ(agreement.Check(answers.intake), "") << "intake " << seed;
  }
}

TEST(EncodeTest, SaysOfTheExampleWhatTheEngineDoes) {
  ExpectAgreement(*pathway::CompileOrDie(pathway::ExampleMessage()),
                  IntakesToRun(500));
}

TEST(EncodeTest, SaysOfTheShippedPathwayWhatTheEngineDoes) {
  ExpectAgreement(*pathway::ShippedPathway(), IntakesToRun(100));
}

}  // namespace
}  // namespace plumbline::gate
