// What one decision by the shipped pathway costs in process, by step.

#include <benchmark/benchmark.h>

#include <string>

#include "common/pathway/answers.h"
#include "common/pathway/decide.h"
#include "common/pathway/encode_decision.h"
#include "common/pathway/evaluate.h"
#include "tests/bench/sample_intake.h"

namespace plumbline::bench {
namespace {

// The sample with the result of every step.
struct Steps {
  SampleIntake sample;
  pathway::CheckedAnswers checked;
  pathway::Decision decision;
  std::string locale;
};

// Null where the sample cannot be read; the run then says why.
const Steps* StepsOrSkip(benchmark::State& state) {
  static const auto& sample =
      *new absl::StatusOr<SampleIntake>(ReadSampleIntake());
  if (!sample.ok()) {
    state.SkipWithError(std::string(sample.status().message()).c_str());
    return nullptr;
  }
  static const Steps& steps = *[] {
    auto* made = new Steps{.sample = *sample};
    const pathway::CompiledPathway& by = *made->sample.pathway;
    made->checked = pathway::CheckAnswers(by, made->sample.answers);
    made->decision =
        pathway::Decide(by, made->checked.intake, made->checked.evaluation);
    made->locale = pathway::ResolveLocale(by, "");
    return made;
  }();
  return &steps;
}

std::string Encode(const Steps& steps, const pathway::Evaluation& evaluation,
                   const pathway::Decision& decision,
                   pathway::DecisionView view) {
  return pathway::EncodeDecision(*steps.sample.pathway, steps.checked.intake,
                                 evaluation, decision, steps.locale, view);
}

void CheckAnswersAndEvaluate(benchmark::State& state) {
  const Steps* steps = StepsOrSkip(state);
  if (steps == nullptr) return;
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        pathway::CheckAnswers(*steps->sample.pathway, steps->sample.answers));
  }
}
BENCHMARK(CheckAnswersAndEvaluate);

void Evaluate(benchmark::State& state) {
  const Steps* steps = StepsOrSkip(state);
  if (steps == nullptr) return;
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        pathway::Evaluate(*steps->sample.pathway, steps->checked.intake));
  }
}
BENCHMARK(Evaluate);

void Decide(benchmark::State& state) {
  const Steps* steps = StepsOrSkip(state);
  if (steps == nullptr) return;
  for (auto _ : state) {
    benchmark::DoNotOptimize(pathway::Decide(*steps->sample.pathway,
                                             steps->checked.intake,
                                             steps->checked.evaluation));
  }
}
BENCHMARK(Decide);

void EncodeDecision(benchmark::State& state) {
  const Steps* steps = StepsOrSkip(state);
  if (steps == nullptr) return;
  const auto view = static_cast<pathway::DecisionView>(state.range(0));
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        Encode(*steps, steps->checked.evaluation, steps->decision, view));
  }
}
BENCHMARK(EncodeDecision)
    ->ArgName("view")
    ->Arg(static_cast<int>(pathway::DecisionView::kBasic))
    ->Arg(static_cast<int>(pathway::DecisionView::kFull));

void EvaluateDecideEncodeBasic(benchmark::State& state) {
  const Steps* steps = StepsOrSkip(state);
  if (steps == nullptr) return;
  const pathway::CompiledPathway& by = *steps->sample.pathway;
  const pathway::Intake& intake = steps->checked.intake;
  for (auto _ : state) {
    const pathway::Evaluation evaluation = pathway::Evaluate(by, intake);
    const pathway::Decision decision = pathway::Decide(by, intake, evaluation);
    benchmark::DoNotOptimize(
        Encode(*steps, evaluation, decision, pathway::DecisionView::kBasic));
  }
}
BENCHMARK(EvaluateDecideEncodeBasic);

}  // namespace
}  // namespace plumbline::bench
