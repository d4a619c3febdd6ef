#include "cli/answers_file.h"

#include <algorithm>
#include <cstddef>
#include <tuple>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "cli/pathway_folder.h"
#include "common/pathway/answers.h"
#include "common/pathway/source_text.h"
#include "common/rpc/error_details.h"

namespace plumbline::cli {
namespace {

using pathway::Fault;
using pathway::Faults;
using pathway::Place;
using pathway::ReadAnswersResult;

bool IsBefore(const Place& left, const Place& right) {
  return std::tie(left.line, left.column) < std::tie(right.line, right.column);
}

// The number of the answer that `path` names: 3 of "answers[3].code". Nothing
// where it names none of `count`.
std::optional<std::size_t> NumberIn(absl::string_view path, std::size_t count) {
  std::size_t number = 0;
  if (!absl::ConsumePrefix(&path, "answers[") ||
      !absl::SimpleAtoi(path.substr(0, path.find(']')), &number) ||
      number >= count) {
    return std::nullopt;
  }
  return number;
}

// Gives a fault of an answer that could be read its place, and the number that
// the answer has in the file: each fault of `read` is of one that could not.
// What is said of all answers stands behind them.
void PutInPlace(const ReadAnswersResult& read, Fault& fault) {
  fault.place = read.places.back();
  const auto number = NumberIn(fault.path, read.places.size());
  if (!number.has_value()) return;
  fault.place = read.places[*number];
  const auto unread = std::count_if(read.faults.begin(), read.faults.end(),
                                    [&fault](const Fault& other) {
                                      return IsBefore(other.place, fault.place);
                                    });
  fault.path = absl::StrCat("answers[", *number + unread,
                            fault.path.substr(fault.path.find(']')));
}

}  // namespace

absl::StatusOr<WrittenAnswers> AnswersReader::ReadFile(
    const std::string& file) {
  const absl::StatusOr<std::string> bytes = ReadWholeFile(file);
  if (!bytes.ok()) return bytes.status();
  WrittenAnswers answers{.read = pathway::ReadAnswers(form_, file, *bytes),
                         .place = {.file = file}};
  CheckTheOthers(answers.read);
  if (!answers.read.faults.empty()) {
    return FaultsStatus("", answers.read.faults);
  }
  return answers;
}

WrittenAnswers AnswersReader::ReadLine(const std::string& file, int number,
                                       absl::string_view line) {
  WrittenAnswers answers{
      .read = pathway::ReadAnswersLine(form_, file, number, line),
      .place = {.file = file, .line = number, .column = 1}};
  CheckTheOthers(answers.read);
  return answers;
}

// In this process, also where a service decides: it would take the answers that
// could be read for an intake.
void AnswersReader::CheckTheOthers(ReadAnswersResult& read) {
  const bool both = !read.faults.empty() && !read.answers.empty();
  if (!both || pathway::IsFull(read.faults)) return;
  if (!compiled_.has_value()) compiled_ = pathway::CompilePathway(form_, "");
  // Content of another version: what it makes of answers, a service alone says.
  if (compiled_->pathway == nullptr) return;
  Faults others =
      pathway::CheckAnswers(*compiled_->pathway, read.answers).violations;
  for (Fault& fault : others) PutInPlace(read, fault);
  read.faults.insert(read.faults.end(), others.begin(), others.end());
  std::stable_sort(read.faults.begin(), read.faults.end(),
                   [](const Fault& left, const Fault& right) {
                     return IsBefore(left.place, right.place);
                   });
}

Faults FaultsOf(const absl::Status& refusal, const WrittenAnswers& answers) {
  Faults faults = rpc::ViolationsOf(refusal);
  bool is_of_answers = false;
  for (Fault& fault : faults) {
    // To be explained, the answers are sent within an intake.
    const absl::string_view path = absl::StripPrefix(fault.path, "intake.");
    if (!absl::StartsWith(path, "answers")) continue;
    is_of_answers = true;
    const auto number = NumberIn(path, answers.read.places.size());
    fault.place =
        number.has_value() ? answers.read.places[*number] : answers.place;
    fault.path = std::string(path);
  }
  return is_of_answers ? faults : Faults();
}

absl::Status InFile(const absl::Status& status, const WrittenAnswers& answers) {
  if (!absl::IsInvalidArgument(status)) return status;
  const Faults faults = FaultsOf(status, answers);
  return faults.empty() ? status : FaultsStatus("", faults);
}

}  // namespace plumbline::cli
