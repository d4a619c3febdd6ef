#include "triage-service/content/last_known_good.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/util/delimited_message_util.h>

#include <limits>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/trust/digest.h"
#include "triage-service/content/verify_release.h"

namespace plumbline::triage {
namespace {

using google::protobuf::io::ArrayInputStream;
using google::protobuf::io::CodedInputStream;
using google::protobuf::io::StringOutputStream;
using google::protobuf::util::ParseDelimitedFromCodedStream;
using google::protobuf::util::SerializeDelimitedToZeroCopyStream;

// The first line: this word, the number of bytes after the line, their SHA-256,
// and the time of saving in seconds since 1970.
constexpr char kFormat[] = "plumbline-last-known-good/1";
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

// The bytes after the first line, once that line is found to speak the truth.
absl::StatusOr<absl::string_view> CheckedBody(absl::string_view bytes,
                                              absl::Time* save_time) {
  const std::size_t line_end = bytes.substr(0, kHeaderBytesMax).find('\n');
  const std::vector<absl::string_view> words =
      absl::StrSplit(bytes.substr(0, line_end), ' ');
  std::int64_t size = 0;
  std::int64_t saved_seconds = 0;
  if (line_end == absl::string_view::npos || words.size() != kHeaderWords ||
      words[0] != kFormat || !absl::SimpleAtoi(words[1], &size) ||
      !trust::IsDigest(words[2]) ||
      !absl::SimpleAtoi(words[3], &saved_seconds)) {
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
  if (trust::Sha256Hex(body) != words[2]) {
    return Damaged("its SHA-256 is not the one in its first line");
  }
  *save_time = absl::FromUnixSeconds(saved_seconds);
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
  return absl::StrCat(kFormat, " ", body.size(), " ", trust::Sha256Hex(body),
                      " ", absl::ToUnixSeconds(good.save_time), "\n", body);
}

absl::StatusOr<LastKnownGood> ParseLastKnownGood(absl::string_view bytes) {
  LastKnownGood good;
  const absl::StatusOr<absl::string_view> body =
      CheckedBody(bytes, &good.save_time);
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

absl::StatusOr<LastKnownGood> LastKnownGoodFile::Load() {
  const absl::StatusOr<std::string> bytes = files_.Read(path_);
  if (!bytes.ok()) return bytes.status();
  absl::StatusOr<LastKnownGood> good = ParseLastKnownGood(*bytes);
  if (!good.ok()) {
    return absl::DataLossError(absl::StrCat(
        path_, ": damaged: ", good.status().message(),
        "; it is not used, and replaced as soon as the content service "
        "answers"));
  }
  const std::string prefix = absl::StrCat(ChannelName(key_), "/moves/");
  if (good->move.name().rfind(prefix, 0) != 0) {
    return absl::DataLossError(
        absl::StrCat(path_, ": holds ", good->move.name(), ", not a move of ",
                     ChannelName(key_), "; it is not used"));
  }
  newest_ = std::max(newest_, ToCursor(good->move.cursor()));
  return good;
}

absl::Status LastKnownGoodFile::Save(const LastKnownGood& good) {
  const Cursor cursor = ToCursor(good.move.cursor());
  if (cursor < newest_) {
    return absl::FailedPreconditionError(
        absl::StrCat(path_, ": holds move ", ToString(newest_),
                     ", which is newer than ", ToString(cursor)));
  }
  const absl::Status status = file::WriteFileAtomically(
      files_, path_, EncodeLastKnownGood(good), file::Access::kOwnerOnly);
  if (status.ok()) newest_ = cursor;
  return status;
}

}  // namespace plumbline::triage
