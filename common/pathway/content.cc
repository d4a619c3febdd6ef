#include "common/pathway/content.h"

#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "common/pathway/compile.h"
#include "common/trust/canonical.h"
#include "common/trust/digest.h"

namespace plumbline::pathway {
namespace {

absl::Status Refused(absl::string_view why) {
  return absl::InvalidArgumentError(absl::StrCat("content refused: ", why));
}

// An older engine may not know the fields of newer content: the version is
// looked at before them.
absl::Status CheckEngine(const v1::Pathway& message) {
  if (message.engine_version_min() <= kEngineVersion) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat(
      "content refused: it needs engine ", message.engine_version_min(),
      ", this is engine ", kEngineVersion));
}

}  // namespace

std::string ToContent(const v1::Pathway& message) {
  return trust::CanonicalBytes(message);
}

absl::StatusOr<std::shared_ptr<const CompiledPathway>> LoadContent(
    absl::string_view bytes, std::size_t bytes_max) {
  if (bytes.size() > bytes_max) {
    return Refused(absl::StrCat("it has ", bytes.size(), " bytes; at most ",
                                bytes_max, " are allowed"));
  }
  v1::Pathway message;
  if (!message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return Refused("the bytes are not a pathway; they may be cut or damaged");
  }
  const absl::Status engine = CheckEngine(message);
  if (!engine.ok()) return engine;
  const std::string unknown = trust::UnknownFieldIn(message);
  if (!unknown.empty()) {
    return Refused(absl::StrCat("this engine does not know the field ", unknown,
                                "; skipping it could hide an emergency"));
  }
  if (ToContent(message) != bytes) {
    return Refused("the bytes are not in canonical form");
  }
  CompileResult compiled = CompilePathway(message, trust::Sha256Hex(bytes));
  if (compiled.pathway == nullptr) {
    return Refused(absl::StrCat("it has faults\n", ToString(compiled.faults)));
  }
  return std::move(compiled.pathway);
}

}  // namespace plumbline::pathway
