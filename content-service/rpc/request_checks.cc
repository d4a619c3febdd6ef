#include "content-service/rpc/request_checks.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/pathway/names.h"
#include "common/rpc/error_details.h"
#include "common/rpc/idempotency.h"
#include "common/trust/statement.h"

namespace plumbline::content {
namespace {

// How much of a wrong value a message repeats.
constexpr std::size_t kShownBytesMax = 200;
// Violations beyond this are not collected: no client gets so many.
constexpr std::size_t kFaultsMax = 1000;

}  // namespace

std::string Shown(const std::string& value) {
  return absl::StrCat("'", absl::CHexEscape(value.substr(0, kShownBytesMax)),
                      value.size() > kShownBytesMax ? "…'" : "'");
}

template <typename Parsed>
auto RequestChecks::Require(const char* field, const std::string& value,
                            Parsed parsed, const char* form) {
  if (!parsed.has_value()) {
    Add(field, absl::StrCat(Shown(value), " is not of the form ", form));
  }
  return parsed.value_or(typename Parsed::value_type());
}

std::string RequestChecks::PathwayName(const char* field,
                                       const std::string& value) {
  return Require(field, value, ParsePathwayName(value), "pathways/{pathway}");
}

DraftId RequestChecks::DraftName(const char* field, const std::string& value) {
  return Require(field, value, ParseDraftName(value),
                 "pathways/{pathway}/drafts/{draft}");
}

ReleaseId RequestChecks::ReleaseName(const char* field,
                                     const std::string& value) {
  return Require(field, value, ParseReleaseName(value),
                 "pathways/{pathway}/releases/{number or digest}");
}

ReleaseId RequestChecks::QuestionnaireName(const char* field,
                                           const std::string& value) {
  return Require(
      field, value, ParseQuestionnaireName(value),
      "pathways/{pathway}/releases/{number or digest}/questionnaire");
}

GuidanceId RequestChecks::GuidanceName(const char* field,
                                       const std::string& value) {
  return Require(
      field, value, ParseGuidanceName(value),
      "pathways/{pathway}/releases/{number or digest}/guidance/{guidance}");
}

ChannelId RequestChecks::ChannelName(const char* field,
                                     const std::string& value) {
  return Require(field, value, ParseChannelName(value),
                 "pathways/{pathway}/channels/{channel}");
}

ChannelId RequestChecks::ChannelPattern(const char* field,
                                        const std::string& value) {
  return Require(field, value, ParseChannelPattern(value),
                 "pathways/{pathway or -}/channels/{channel or -}");
}

void RequestChecks::OptionalId(const char* field, const std::string& value) {
  if (value.empty() || pathway::IsResourceId(value)) return;
  Add(field, absl::StrCat(Shown(value), " is not of the form ",
                          pathway::kResourceIdForm));
}

void RequestChecks::SubscriberId(const char* field, const std::string& value) {
  if (value.empty()) return Add(field, "is required");
  if (pathway::IsHandle(value)) return;
  Add(field, absl::StrCat(Shown(value), " is not ", pathway::kHandleForm));
}

void RequestChecks::Reason(const char* field, const std::string& value) {
  if (!value.empty() && value.size() <= trust::kReasonBytesMax) return;
  Add(field, absl::StrCat("must be 1 to ", trust::kReasonBytesMax,
                          " bytes; it has ", value.size()));
}

void RequestChecks::Query(const char* field, const std::string& value,
                          const std::vector<SearchWord>& words) {
  const auto is_control = [](char c) {
    return absl::ascii_iscntrl(static_cast<unsigned char>(c)) &&
           !absl::ascii_isspace(static_cast<unsigned char>(c));
  };
  if (value.size() > kQueryBytesMax) {
    Add(field, absl::StrCat(value.size(), " bytes; at most ", kQueryBytesMax,
                            " are taken"));
  } else if (std::any_of(value.begin(), value.end(), is_control)) {
    Add(field, "holds a control character");
  } else if (words.empty()) {
    Add(field, "must have at least one word, as: heat pad*");
  } else if (words.size() > kQueryWordsMax) {
    Add(field, absl::StrCat(words.size(), " words; at most ", kQueryWordsMax,
                            " are taken"));
  }
}

void RequestChecks::RequestId(const std::string& value) {
  Add(rpc::ViolationsOf(rpc::CheckRequestId(value)));
}

void RequestChecks::OnlySignature(const trust::Signatures& signatures) {
  if (signatures.size() <= 1) return;
  Add("signatures",
      absl::StrCat(
          "must be one: each approver signs for themselves; there are ",
          signatures.size()));
}

void RequestChecks::Add(const char* field, const std::string& message) {
  if (faults_.size() < kFaultsMax) faults_.push_back({field, message});
}

void RequestChecks::Add(const pathway::Faults& faults) {
  for (const pathway::Fault& fault : faults) {
    if (faults_.size() < kFaultsMax) faults_.push_back(fault);
  }
}

absl::Status RequestChecks::status() const {
  return faults_.empty() ? absl::OkStatus() : rpc::InvalidArgument(faults_);
}

}  // namespace plumbline::content
