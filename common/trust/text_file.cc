#include "common/trust/text_file.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/io/tokenizer.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace plumbline::trust {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::TextFormat;

// Notes each mistake as "name:line:column: what".
class FaultCollector final : public google::protobuf::io::ErrorCollector {
 public:
  FaultCollector(absl::string_view name, std::vector<std::string>& faults)
      : name_(name), faults_(faults) {}

  void AddError(int line, google::protobuf::io::ColumnNumber column,
                const std::string& message) override {
    // The parser counts from 0, and says -1 where it does not know.
    faults_.push_back(line < 0 ? absl::StrCat(name_, ": ", message)
                               : absl::StrCat(name_, ":", line + 1, ":",
                                              column + 1, ": ", message));
  }

 private:
  const std::string name_;
  std::vector<std::string>& faults_;
};

// Far deeper than any file of ours.
constexpr int kDepthMax = 20;

}  // namespace

bool TextFile::Parse(absl::string_view text,
                     google::protobuf::Message* message) {
  descriptor_ = message->GetDescriptor();
  FaultCollector collector(name_, faults_);
  TextFormat::Parser parser;
  parser.RecordErrorsTo(&collector);
  parser.WriteLocationsTo(&places_);
  parser.SetRecursionLimit(kDepthMax);
  const bool parsed = parser.ParseFromString(std::string(text), message);
  if (!parsed && faults_.empty()) AddFault("is not in text format");
  return faults_.empty();
}

void TextFile::AddFault(absl::string_view field, int index,
                        absl::string_view member, absl::string_view fault) {
  faults_.push_back(absl::StrCat(PlaceOf(field, index), ": ", field, "[", index,
                                 "]", member.empty() ? "" : ".", member, ": ",
                                 fault));
}

void TextFile::AddFault(absl::string_view fault) {
  faults_.push_back(absl::StrCat(name_, ": ", fault));
}

absl::Status TextFile::status() const {
  if (faults_.empty()) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrJoin(faults_, "\n"));
}

std::string TextFile::PlaceOf(absl::string_view field, int index) const {
  if (descriptor_ == nullptr) return name_;
  const FieldDescriptor* const found =
      descriptor_->FindFieldByName(std::string(field));
  if (found == nullptr) return name_;
  const TextFormat::ParseLocation place = places_.GetLocation(found, index);
  if (place.line < 0) return name_;
  return absl::StrCat(name_, ":", place.line + 1, ":", place.column + 1);
}

}  // namespace plumbline::trust
