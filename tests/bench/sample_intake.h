// The intake that the benchmarks decide: intake.json, by the shipped pathway.

#ifndef PLUMBLINE_TESTS_BENCH_SAMPLE_INTAKE_H_
#define PLUMBLINE_TESTS_BENCH_SAMPLE_INTAKE_H_

#include <memory>

#include "absl/status/statusor.h"
#include "common/pathway/answers.h"
#include "common/pathway/model.h"

namespace plumbline::bench {

struct SampleIntake {
  std::shared_ptr<const pathway::CompiledPathway> pathway;
  pathway::AnswerMessages answers;
};

// Reads both. The working directory is the root of the checkout.
absl::StatusOr<SampleIntake> ReadSampleIntake();

}  // namespace plumbline::bench

#endif  // PLUMBLINE_TESTS_BENCH_SAMPLE_INTAKE_H_
