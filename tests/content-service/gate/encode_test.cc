// The formulas say what the engine does: on random intakes of the shipped
// pathway and of the example, known in full and in part, every value of
// Evaluate() and Decide() is that of the formulas. PLUMBLINE_INTAKES: how many.

#include "content-service/gate/encode.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/pathway/decide.h"
#include "content-service/gate/search.h"
#include "tests/common/pathway/example_pathway.h"
#include "tests/common/pathway/random_intake.h"
#include "tests/common/pathway/shipped_pathway.h"
#include "tests/content-service/gate/findings_text.h"
#include "tests/content-service/gate/formulas_at.h"
#include "tests/content-service/gate/narrow_pathway.h"

namespace plumbline::gate {
namespace {

using pathway::CheckedAnswers;
using pathway::CompiledPathway;
using pathway::Decision;
using pathway::Evaluation;
using pathway::Intake;
using pathway::Truth;

bool Contains(const std::vector<int>& list, std::size_t index) {
  return std::find(list.begin(), list.end(), static_cast<int>(index)) !=
         list.end();
}

// What the engine says of an intake.
struct Engine {
  const CompiledPathway& pathway;
  const Intake& intake;
  Evaluation evaluation;
  Decision decision;
  pathway::Outcome outcome;

  Engine(const CompiledPathway& of, const Intake& given)
      : pathway(of),
        intake(given),
        evaluation(Evaluate(of, given)),
        decision(Decide(of, given, evaluation)),
        outcome{.disposition = decision.disposition,
                .flags = std::vector<bool>(of.flags.size(), false)} {
    for (const int flag : decision.flags) outcome.flags[flag] = true;
  }
};

// Makes the formulas of a pathway once, each with what the engine says of it.
class Agreement {
 public:
  explicit Agreement(const CompiledPathway& pathway)
      : pathway_(pathway),
        encoder_(z3_, pathway),
        evaluation_(encoder_.EvaluateAny("")),
        decision_(encoder_.Decide(evaluation_)),
        formulas_(z3_) {
    Add("legal", evaluation_.legal, [](const Engine&) { return true; });
    AddEvaluation();
    AddDefinitions();
    AddScores();
    AddDecision();
    AddInvariants();
  }

  // What differs, or nothing.
  std::string Check(const Intake& intake) {
    const std::string bits = formulas_.At(ModelOf(z3_, evaluation_, intake));
    const Engine engine(pathway_, intake);
    std::string differences;
    for (const Line& line : lines_) {
      if (line.agrees(engine, bits)) continue;
      absl::StrAppend(&differences, line.name, "; ");
    }
    return differences;
  }

 private:
  using Agrees = std::function<bool(const Engine&, const std::string& bits)>;

  struct Line {
    std::string name;
    Agrees agrees;
  };

  template <typename Says>
  void Add(std::string name, const z3::expr& formula, Says says) {
    const std::size_t bit = formulas_.Add(formula);
    lines_.push_back(
        {std::move(name), [bit, says](const Engine& engine, const auto& bits) {
           return says(engine) == (bits[bit] == '1');
         }});
  }

  template <typename Says>
  void Add(const std::string& name, const SymbolicTruth& formula, Says says) {
    Add(absl::StrCat(name, " is true"), formula.is_true,
        [says](const Engine& e) { return says(e) == Truth::kTrue; });
    Add(absl::StrCat(name, " is false"), formula.is_false,
        [says](const Engine& e) { return says(e) == Truth::kFalse; });
  }

  void AddEvaluation() {
    for (std::size_t i = 0; i < pathway_.items.size(); ++i) {
      Add(absl::StrCat("the enabling of ", pathway_.items[i].link_id),
          evaluation_.enabled[i],
          [i](const Engine& e) { return e.evaluation.enabled[i]; });
    }
    for (std::size_t i = 0; i < pathway_.rules.size(); ++i) {
      Add(pathway_.rules[i].rule_id, evaluation_.rules[i],
          [i](const Engine& e) { return e.evaluation.rules[i]; });
    }
    for (std::size_t i = 0; i < pathway_.gates.size(); ++i) {
      Add(pathway_.gates[i].gate_id, evaluation_.gates[i],
          [i](const Engine& e) { return e.evaluation.gates[i]; });
    }
    for (std::size_t i = 0; i < pathway_.guidance.size(); ++i) {
      Add(absl::StrCat("the condition of ", pathway_.guidance[i].guidance_id),
          evaluation_.show_when[i],
          [i](const Engine& e) { return e.evaluation.show_when[i]; });
    }
  }

  void AddDefinitions() {
    for (std::size_t i = 0; i < pathway_.definitions.size(); ++i) {
      const SymbolicValueAt value(evaluation_.definitions[i], formulas_);
      lines_.push_back({pathway_.definitions[i].name,
                        [i, value](const Engine& engine, const auto& bits) {
                          return value.Agrees(engine.evaluation.definitions[i],
                                              bits);
                        }});
    }
  }

  void AddScores() {
    for (std::size_t i = 0; i < pathway_.scores.size(); ++i) {
      const pathway::Score& score = pathway_.scores[i];
      Add(score.name, evaluation_.scores[i].present,
          [i](const Engine& e) { return e.evaluation.scores[i].present; });
      for (int band = 0; band < static_cast<int>(score.bands.size()); ++band) {
        Add(absl::StrCat(score.name, " ", score.bands[band].code),
            encoder_.HasBand(evaluation_, static_cast<int>(i), band),
            [i, band](const Engine& e) {
              return e.evaluation.scores[i].band == band;
            });
      }
    }
  }

  void AddDecision() {
    for (std::size_t i = 0; i < pathway_.guidance.size(); ++i) {
      Add(absl::StrCat(pathway_.guidance[i].guidance_id, " is shown"),
          decision_.shown[i],
          [i](const Engine& e) { return Contains(e.decision.shown, i); });
    }
    for (std::size_t i = 0; i < pathway_.flags.size(); ++i) {
      Add(pathway_.flags[i], decision_.flags[i],
          [i](const Engine& e) { return Contains(e.decision.flags, i); });
    }
    Add("is final", *decision_.is_final,
        [](const Engine& e) { return e.decision.final; });
    for (int d = 1; d < static_cast<int>(decision_.disposition.size()); ++d) {
      Add(absl::StrCat("possible ", d), decision_.most_urgent_possible[d],
          [d](const Engine& e) {
            return static_cast<int>(e.decision.most_urgent_possible) >= d;
          });
      Add(absl::StrCat("disposition ", d), decision_.disposition[d],
          [d](const Engine& e) {
            return static_cast<int>(e.decision.disposition) >= d;
          });
      Add(absl::StrCat("floor ", d), decision_.floor[d], [d](const Engine& e) {
        return static_cast<int>(e.decision.floor) >= d;
      });
    }
  }

  void AddInvariants() {
    for (const pathway::Invariant& invariant : pathway_.invariants) {
      Add(invariant.invariant_id,
          encoder_.EvaluateInvariant(evaluation_, decision_, invariant),
          [&invariant](const Engine& e) {
            return EvaluateInvariant(e.pathway, e.intake, e.evaluation,
                                     e.outcome, invariant);
          });
    }
  }

  z3::context z3_;
  const CompiledPathway& pathway_;
  const Encoder encoder_;
  const SymbolicEvaluation evaluation_;
  const SymbolicDecision decision_;
  FormulasAt formulas_;
  std::vector<Line> lines_;
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
  const auto pathway = NarrowPathway();
  ASSERT_NE(pathway, nullptr);
  ExpectAgreement(*pathway, IntakesToRun(1000));
}

// Codes that are also words for the state of an answer.
TEST(EncodeTest, TellsOptionsFromStates) {
  pathway::v1::Pathway message = pathway::ExampleMessage();
  message.clear_cases();
  pathway::v1::Item& item = ItemOf(message, "med.taken");
  for (const char* code : {"closed", "answered"}) {
    pathway::v1::Option& option = *item.add_options();
    option.set_code(code);
    option.set_text(code);
  }
  const auto pathway = pathway::CompileOrDie(message);
  ASSERT_NE(pathway, nullptr);
  ExpectAgreement(*pathway, IntakesToRun(300));
}

// Calculations make long formulas; it was minutes to free them.
TEST(EncodeTest, PutsLongCalculationsIntoShallowFormulas) {
  pathway::v1::Pathway message = pathway::ExampleMessage();
  message.clear_cases();
  auto& range = *ItemOf(message, "pain.days").mutable_decimal_range();
  range.set_maximum(400);
  range.set_step(0.1);
  std::string sum = "pain.days";
  for (int i = 0; i < 10; ++i) absl::StrAppend(&sum, " + 1.0");
  RuleOf(message, "R-D01").set_when(absl::StrCat(sum, " > 20.0"));
  const auto pathway = pathway::CompileOrDie(message);
  ASSERT_NE(pathway, nullptr);
  ExpectAgreement(*pathway, IntakesToRun(20));
}

TEST(EncodeTest, AsksBeforeEachExpression) {
  const auto pathway = pathway::ExamplePathway();
  int asked = 0;
  z3::context z3;
  const Encoder encoder(z3, *pathway, [&asked] {
    if (++asked > 3) throw Cancelled();
  });
  EXPECT_THROW(encoder.EvaluateAny(""), Cancelled);
}

// Points by answer, ticks, percent, subscales: what published instruments take.
TEST(EncodeTest, SaysOfInstrumentsWhatTheEngineDoes) {
  const auto pathway = pathway::PathwayIn("tests/fixtures/pathways/measures");
  ASSERT_NE(pathway, nullptr);
  ExpectAgreement(*pathway, IntakesToRun(300));
}

TEST(EncodeTest, SaysOfTheShippedPathwayWhatTheEngineDoes) {
  const auto pathway = pathway::ShippedPathway();
  ASSERT_NE(pathway, nullptr);
  ExpectAgreement(*pathway, IntakesToRun(1000));
}

}  // namespace
}  // namespace plumbline::gate
