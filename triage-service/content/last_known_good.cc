#include "triage-service/content/last_known_good.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/util/delimited_message_util.h>

#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/fault/failpoint.h"
#include "common/trust/digest.h"
#include "triage-service/content/verify_release.h"

namespace plumbline::triage {
namespace {

using google::protobuf::io::ArrayInputStream;
using google::protobuf::io::CodedInputStream;
using google::protobuf::io::StringOutputStream;
using google::protobuf::util::ParseDelimitedFromCodedStream;
using google::protobuf::util::SerializeDelimitedToZeroCopyStream;

// The first line: these two, the number of bytes after the line, the time when
// the content was last the newest in seconds since 1970, and the SHA-256 of
// everything before it and after the line.
constexpr char kFormatName[] = "plumbline-last-known-good";
constexpr int kFormatNumber = 2;
constexpr std::size_t kHeaderWords = 4;
constexpr std::size_t kHeaderBytesMax = 256;

Cursor ToCursor(const content::v1::Cursor& cursor) {
  return {cursor.epoch(), cursor.number()};
}

std::string ToString(Cursor cursor) {
  return absl::StrCat(cursor.epoch, "-", cursor.number);
}

absl::Status Damaged(absl::string_view what) {
  return absl::DataLossError(what);
}

std::string FormatWord() {
  return absl::StrCat(kFormatName, "/", kFormatNumber);
}

std::string Checksum(absl::string_view header, absl::string_view body) {
  return trust::Sha256Hex(absl::StrCat(header, body));
}

// The number in "plumbline-last-known-good/2".
bool ReadFormat(absl::string_view word, int* number) {
  return absl::ConsumePrefix(&word, kFormatName) &&
         absl::ConsumePrefix(&word, "/") && absl::SimpleAtoi(word, number);
}

// The bytes after the first line, once that line is found to speak the truth.
absl::StatusOr<absl::string_view> CheckedBody(absl::string_view bytes,
                                              absl::Time* current_time) {
  const std::size_t line_end = bytes.substr(0, kHeaderBytesMax).find('\n');
  const absl::string_view line = bytes.substr(0, line_end);
  const std::vector<absl::string_view> words = absl::StrSplit(line, ' ');
  int format = 0;
  if (line_end == absl::string_view::npos || words.size() != kHeaderWords ||
      !ReadFormat(words[0], &format)) {
    return Damaged("the first line is not that of a last-known-good");
  }
  if (format != kFormatNumber) {
    return absl::FailedPreconditionError(absl::StrCat(
        "it is of format ", format, ", and this build reads ", kFormatNumber));
  }
  std::int64_t size = 0;
  std::int64_t current_seconds = 0;
  const absl::string_view checksum = words[3];
  if (!absl::SimpleAtoi(words[1], &size) ||
      !absl::SimpleAtoi(words[2], &current_seconds) ||
      !trust::IsDigest(checksum)) {
    return Damaged("the first line is not that of a last-known-good");
  }
  const absl::string_view body = bytes.substr(line_end + 1);
  if (static_cast<std::int64_t>(body.size()) < size) {
    return Damaged(absl::StrCat("truncated: it holds ", body.size(), " of ",
                                size, " bytes"));
  }
  if (static_cast<std::int64_t>(body.size()) > size) {
    return Damaged(
        absl::StrCat("it holds ", body.size(), " bytes instead of ", size));
  }
  if (Checksum(line.substr(0, line.size() - checksum.size()), body) !=
      checksum) {
    return Damaged("its SHA-256 is not the one in its first line");
  }
  *current_time = absl::FromUnixSeconds(current_seconds);
  return body;
}

}  // namespace

std::string EncodeLastKnownGood(const LastKnownGood& good) {
  content::v1::ContentChunk chunk;
  chunk.set_digest(good.start.digest());
  chunk.set_data(good.content);
  std::string body;
  {
    StringOutputStream out(&body);
    SerializeDelimitedToZeroCopyStream(good.move, &out);
    SerializeDelimitedToZeroCopyStream(good.start, &out);
    SerializeDelimitedToZeroCopyStream(chunk, &out);
  }
  const std::string header =
      absl::StrCat(FormatWord(), " ", body.size(), " ",
                   absl::ToUnixSeconds(good.current_time), " ");
  return absl::StrCat(header, Checksum(header, body), "\n", body);
}

absl::StatusOr<LastKnownGood> ParseLastKnownGood(absl::string_view bytes) {
  LastKnownGood good;
  const absl::StatusOr<absl::string_view> body =
      CheckedBody(bytes, &good.current_time);
  if (!body.ok()) return body.status();
  if (body->size() > std::numeric_limits<int>::max()) {
    return Damaged("it is larger than any last-known-good");
  }
  ArrayInputStream array(body->data(), static_cast<int>(body->size()));
  CodedInputStream in(&array);
  content::v1::ContentChunk chunk;
  bool at_end = false;
  if (!ParseDelimitedFromCodedStream(&good.move, &in, &at_end) ||
      !ParseDelimitedFromCodedStream(&good.start, &in, &at_end) ||
      !ParseDelimitedFromCodedStream(&chunk, &in, &at_end) ||
      in.CurrentPosition() != static_cast<int>(body->size())) {
    return Damaged("it does not hold a move, an announcement and a content");
  }
  good.content = std::move(*chunk.mutable_data());
  return good;
}

LastKnownGoodFile::LastKnownGoodFile(file::FileSystem& files,
                                     const std::string& state_dir,
                                     const ChannelKey& key)
    : files_(files),
      key_(key),
      path_(absl::StrCat(state_dir, "/", key.pathway_id, ".", key.channel_id,
                         ".last-known-good")) {}

absl::StatusOr<LastKnownGood> LastKnownGoodFile::Load() const {
  const absl::StatusOr<std::string> bytes = files_.Read(path_);
  if (!bytes.ok()) return bytes.status();
  absl::StatusOr<LastKnownGood> good = ParseLastKnownGood(*bytes);
  if (!good.ok()) {
    return absl::Status(
        good.status().code(),
        absl::StrCat(path_,
                     absl::IsDataLoss(good.status()) ? ": damaged: " : ": ",
                     good.status().message(),
                     "; it is not used, and replaced as soon as the content "
                     "service answers"));
  }
  const std::string prefix = absl::StrCat(ChannelName(key_), "/moves/");
  if (good->move.name().rfind(prefix, 0) != 0) {
    return absl::DataLossError(
        absl::StrCat(path_, ": holds ", good->move.name(), ", not a move of ",
                     ChannelName(key_), "; it is not used"));
  }
  return good;
}

void LastKnownGoodFile::Trust(const LastKnownGood& good) {
  newest_ = std::max(newest_, ToCursor(good.move.cursor()));
}

absl::Status LastKnownGoodFile::Save(const LastKnownGood& good) {
  const Cursor cursor = ToCursor(good.move.cursor());
  if (cursor < newest_) {
    return absl::FailedPreconditionError(
        absl::StrCat(path_, ": holds move ", ToString(newest_),
                     ", which is newer than ", ToString(cursor)));
  }
  PLUMBLINE_FAILPOINT_OR_RETURN("last-known-good.before-write");
  const absl::Status status = file::WriteFileAtomically(
      files_, path_, EncodeLastKnownGood(good), file::Access::kOwnerOnly);
  PLUMBLINE_FAILPOINT("last-known-good.after-write");
  if (status.ok()) newest_ = cursor;
  return status;
}

}  // namespace plumbline::triage
