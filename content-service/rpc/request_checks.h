// Checks of request fields that collect every violation, so that a caller
// learns of all of them at once.

#ifndef PLUMBLINE_CONTENT_SERVICE_RPC_REQUEST_CHECKS_H_
#define PLUMBLINE_CONTENT_SERVICE_RPC_REQUEST_CHECKS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "common/pathway/fault.h"
#include "common/trust/verify.h"
#include "content-service/domain/resource_name.h"
#include "content-service/domain/search.h"

namespace plumbline::content {

// A wrong value as a message repeats it: quoted, escaped, and not all of a long
// one.
std::string Shown(const std::string& value);

// Each getter returns what it could read; use it only if status() is OK.
class RequestChecks {
 public:
  std::string PathwayName(const char* field, const std::string& value);
  DraftId DraftName(const char* field, const std::string& value);
  ReleaseId ReleaseName(const char* field, const std::string& value);
  ReleaseId QuestionnaireName(const char* field, const std::string& value);
  GuidanceId GuidanceName(const char* field, const std::string& value);
  ChannelId ChannelName(const char* field, const std::string& value);
  ChannelId ChannelPattern(const char* field, const std::string& value);

  // Empty, or an id as in resource names.
  void OptionalId(const char* field, const std::string& value);

  // A handle: a replica goes by the name of its host.
  void SubscriberId(const char* field, const std::string& value);

  // 1 to 1,000 bytes.
  void Reason(const char* field, const std::string& value);

  // 1 to kQueryBytesMax bytes without control characters, of 1 to
  // kQueryWordsMax words, which are `words`.
  void Query(const char* field, const std::string& value,
             const std::vector<SearchWord>& words);

  // Empty, or 1 to 128 printable ASCII characters without spaces.
  void RequestId(const std::string& value);

  // At most one signature.
  void OnlySignature(const trust::Signatures& signatures);

  // A violation found elsewhere.
  void Add(const char* field, const std::string& message);
  void Add(const pathway::Faults& faults);

  // INVALID_ARGUMENT with everything that was found.
  absl::Status status() const;

 private:
  template <typename Parsed>
  auto Require(const char* field, const std::string& value, Parsed parsed,
               const char* form);

  pathway::Faults faults_;
};

}  // namespace plumbline::content

#endif  // PLUMBLINE_CONTENT_SERVICE_RPC_REQUEST_CHECKS_H_
