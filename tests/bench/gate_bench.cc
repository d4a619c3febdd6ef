// How the time and the memory of the gate grow with a pathway: the shipped one
// several times over, with rules that read two copies at once.

#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/pathway/compile.h"
#include "common/pathway/content.h"
#include "common/pathway/fault.h"
#include "common/pathway/read_folder.h"
#include "common/pathway/source_files.h"
#include "content-service/gate/verify.h"
#include "tests/content-service/gate/large_pathway.h"

namespace plumbline::bench {
namespace {

constexpr char kShipped[] = "content-service/pathways/back-pain";

// Null where it cannot be made; the run then says why.
std::shared_ptr<const pathway::CompiledPathway> LargeOrSkip(
    benchmark::State& state) {
  const auto files =
      pathway::LoadSourceFiles(kShipped, pathway::kContentBytesMax);
  if (!files.ok()) {
    state.SkipWithError(std::string(files.status().message()).c_str());
    return nullptr;
  }
  const pathway::v1::Pathway large = gate::LargePathway(
      pathway::ReadPathway(*files).message, static_cast<int>(state.range(0)),
      static_cast<int>(state.range(1)));
  const pathway::CompileResult compiled = pathway::CompilePathway(large, "");
  if (compiled.pathway == nullptr) {
    state.SkipWithError(ToString(compiled.faults).c_str());
  }
  return compiled.pathway;
}

// Of the process until now; so runs go from small to large.
double PeakMebibytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

// Copies, and rules across them.
void Verify(benchmark::State& state) {
  const auto pathway = LargeOrSkip(state);
  if (pathway == nullptr) return;
  int proved = 0;
  std::string others;
  for (auto _ : state) {
    const auto results = gate::Verify(
        *pathway, {.bounds = {},
                   .as_of_date = "2026-11-22",
                   .surroundings = {.clock = absl::Now},
                   .on_property = [](const std::string&, int, int) {}});
    if (!results.ok()) return state.SkipWithError("cancelled");
    for (const gate::PropertyResult& result : *results) {
      absl::StrAppend(&others, result.property, " ",
                      absl::ToDoubleSeconds(result.duration), " s; ");
      if (result.verdict == gate::Verdict::kProved) {
        ++proved;
      } else {
        absl::StrAppend(&others, "NOT PROVED; ");
      }
    }
  }
  state.counters["items"] = static_cast<double>(pathway->items.size());
  state.counters["rules"] = static_cast<double>(pathway->rules.size());
  state.counters["proved"] = proved;
  state.counters["peak_MiB"] = PeakMebibytes();
  state.SetLabel(others);
}
BENCHMARK(Verify)
    ->Args({1, 0})
    ->Args({2, 24})
    ->Args({5, 60})
    ->Args({10, 120})
    ->Iterations(1)
    ->Unit(benchmark::kSecond);

}  // namespace
}  // namespace plumbline::bench
