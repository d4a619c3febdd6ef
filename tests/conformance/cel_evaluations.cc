// Evaluates expressions over random intakes and writes what came out, one JSON
// object a line, for an independent CEL to repeat: tests/check/cel_agreement.js
// reads it. The same arguments give the same lines on every machine.
//
// usage: cel_evaluations shipped SEED INTAKES
//        cel_evaluations random SEED PAIRS
//
// shipped: the expressions of the back-pain pathway, over so many intakes.
// random: random expressions over a pathway that has one of everything; about
// so many pairs of an expression and an intake.
//
// The first line is the pathway. Each other line has `intakes`, and in `random`
// also `expressions` with one value for each of them. An intake is complete, or
// it is a part with some of its completions.

#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "common/pathway/read_folder.h"
#include "tests/common/pathway/completions.h"
#include "tests/common/pathway/expression_scope.h"
#include "tests/common/pathway/random_expression.h"
#include "tests/common/pathway/wide_pathway.h"
#include "tests/conformance/evaluation_json.h"

namespace plumbline::conformance {
namespace {

using nlohmann::json;
using pathway::CompiledPathway;
using pathway::Evaluation;
using pathway::Intake;

constexpr int kIntakesPerLine = 12;
constexpr int kExpressionsPerLine = 40;
constexpr int kCompletions = 3;
constexpr int kDepthMax = 4;

std::shared_ptr<const CompiledPathway> ShippedPathway() {
  const auto files =
      pathway::LoadSourceFiles("content-service/pathways/back-pain", 8 << 20);
  if (!files.ok()) {
    std::cerr << files.status() << "\n";
    return nullptr;
  }
  pathway::ReadResult read = pathway::ReadPathway(*files);
  std::cerr << ToString(read.faults);
  return read.pathway;
}

std::shared_ptr<const CompiledPathway> WidePathway() {
  pathway::CompileResult compiled = pathway::WidePathway();
  std::cerr << ToString(compiled.faults);
  return compiled.pathway;
}

// An intake and what the engine makes of it.
struct Evaluated {
  Intake intake;
  Evaluation evaluation;
  json written;
};

class Writer {
 public:
  Writer(const CompiledPathway& pathway, std::uint64_t seed)
      : pathway_(pathway), random_(seed), scope_(pathway) {}

  void WriteShipped(int intakes) {
    for (int i = 0; i < intakes; ++i) {
      const json alone = json::array({RandomIntake().written});
      std::cout << json{{"intakes", alone}} << "\n";
    }
  }

  void WriteRandom(int pairs) {
    while (pairs > 0) {
      std::vector<Evaluated> intakes;
      json written = json::array();
      for (int i = 0; i < kIntakesPerLine; ++i) {
        intakes.push_back(RandomIntake());
        written.push_back(std::move(intakes.back().written));
      }
      json expressions = json::array();
      for (int i = 0; i < kExpressionsPerLine && pairs > 0; ++i) {
        expressions.push_back(RandomExpression(intakes));
        pairs -= kIntakesPerLine;
      }
      std::cout << json{{"intakes", written}, {"expressions", expressions}}
                << "\n";
    }
  }

 private:
  // Two of three are complete.
  Evaluated RandomIntake() {
    if (pathway::OnceIn(3, random_)) return RandomPart();
    Evaluated made = Evaluate(pathway::Completed(pathway_, Empty(), random_));
    made.written["answers"] = AnswersJson(pathway_, made.intake);
    made.written["invariants"] =
        InvariantsJson(pathway_, made.intake, made.evaluation);
    return made;
  }

  // A part that has a completion among those that were tried.
  Evaluated RandomPart() {
    while (true) {
      Evaluated made = Evaluate(pathway::RandomPart(pathway_, random_));
      json completions = Completions(made.intake);
      if (completions.empty()) continue;
      made.written["completions"] = std::move(completions);
      return made;
    }
  }

  Evaluated Evaluate(Intake intake) const {
    Evaluation evaluation = pathway::Evaluate(pathway_, intake);
    json written = {{"evaluation", ToJson(evaluation)}};
    return {std::move(intake), std::move(evaluation), std::move(written)};
  }

  Intake Empty() const { return Intake(pathway_.items.size()); }

  // The answers of random completions. A completion that takes an item away
  // which `part` answers is not legal, and left out.
  json Completions(const Intake& part) {
    json completions = json::array();
    for (int i = 0; i < kCompletions; ++i) {
      const Intake complete = pathway::Completed(pathway_, part, random_);
      if (!IsLegal(complete, pathway::Evaluate(pathway_, complete))) continue;
      completions.push_back(AnswersJson(pathway_, complete));
    }
    return completions;
  }

  json RandomExpression(const std::vector<Evaluated>& intakes) {
    const pathway::Expression expression = AcceptedExpression();
    json values = json::array();
    for (const Evaluated& intake : intakes) {
      values.push_back(ToJson(EvaluateExpression(
          expression, {pathway_, intake.intake, intake.evaluation})));
    }
    return {{"text", expression.text}, {"values", values}};
  }

  pathway::Expression AcceptedExpression() {
    pathway::RandomExpressions texts(
        pathway_, pathway::RandomExpressions::Guards::kOften, random_);
    while (true) {
      const int depth =
          1 + static_cast<int>(pathway::Below(random_, kDepthMax));
      pathway::CheckResult checked = scope_.Check(texts.Any(depth));
      if (checked.faults.empty()) return std::move(checked.expression);
    }
  }

  const CompiledPathway& pathway_;
  std::mt19937_64 random_;
  pathway::ExpressionScope scope_;
};

int Run(const std::string& what, std::uint64_t seed, int count) {
  const bool shipped = what == "shipped";
  const auto pathway = shipped ? ShippedPathway() : WidePathway();
  if (pathway == nullptr) return EXIT_FAILURE;
  std::cout << ToJson(*pathway) << "\n";
  Writer writer(*pathway, seed);
  if (shipped) {
    writer.WriteShipped(count);
  } else {
    writer.WriteRandom(count);
  }
  std::cout.flush();
  return std::cout.good() ? EXIT_SUCCESS : EXIT_FAILURE;
}

}  // namespace
}  // namespace plumbline::conformance

int main(int argc, char** argv) {
  const std::string what = argc == 4 ? argv[1] : "";
  std::uint64_t seed = 0;
  int count = 0;
  if ((what != "shipped" && what != "random") ||
      !absl::SimpleAtoi(argv[2], &seed) || !absl::SimpleAtoi(argv[3], &count)) {
    std::cerr << "usage: cel_evaluations shipped|random SEED COUNT\n";
    return 2;
  }
  std::ios::sync_with_stdio(false);
  return plumbline::conformance::Run(what, seed, count);
}
