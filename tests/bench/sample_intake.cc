#include "tests/bench/sample_intake.h"

#include <string>

#include "cli/pathway_folder.h"
#include "common/pathway/read_folder.h"

namespace plumbline::bench {
namespace {

constexpr char kPathwayFolder[] = "content-service/pathways/back-pain";
constexpr char kIntakeFile[] = "tests/bench/intake.json";

}  // namespace

absl::StatusOr<SampleIntake> ReadSampleIntake() {
  const absl::StatusOr<pathway::ReadResult> read =
      cli::ReadPathwayFolder(kPathwayFolder);
  if (!read.ok()) return read.status();
  const absl::StatusOr<std::string> bytes = cli::ReadWholeFile(kIntakeFile);
  if (!bytes.ok()) return bytes.status();
  const pathway::ReadAnswersResult intake =
      pathway::ReadAnswers(read->message, kIntakeFile, *bytes);
  if (!intake.faults.empty()) return cli::FaultsStatus(".", intake.faults);
  return SampleIntake{read->pathway, intake.answers};
}

}  // namespace plumbline::bench
