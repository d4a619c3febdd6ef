#include "cli/sign.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "cli/resource_name.h"
#include "common/file/file_system.h"
#include "common/trust/ed25519.h"
#include "common/trust/statement.h"

namespace plumbline::cli {
namespace {

std::string Summary(const content::v1::Statement& statement) {
  std::string summary =
      absl::StrCat(std::string(trust::WordOf(statement.kind())), " of ",
                   statement.pathway_id(), " ", statement.digest());
  if (!statement.channel_id().empty()) {
    absl::StrAppend(&summary, " on ", statement.channel_id(), ", move ",
                    statement.epoch(), "-", statement.move_number());
  }
  if (statement.release_number() > 0) {
    absl::StrAppend(&summary, " as release ", statement.release_number());
  }
  return summary;
}

}  // namespace

std::string KeyIdOf(absl::string_view key_file) {
  return std::string(absl::StripSuffix(LastSegment(key_file), ".pem"));
}

absl::StatusOr<Signed> SignStatement(
    absl::string_view bytes, content::v1::StatementKind kind,
    absl::string_view pathway_id, const std::vector<std::string>& key_files) {
  const absl::StatusOr<content::v1::Statement> statement =
      trust::ParseStatement(bytes);
  if (!statement.ok()) return statement.status();
  Signed result{.summary = Summary(*statement)};
  if (statement->kind() != kind || statement->pathway_id() != pathway_id) {
    return absl::FailedPreconditionError(absl::StrCat(
        "not signed: the service asked for a signature on ", result.summary,
        ", expected ", std::string(trust::WordOf(kind)), " of ", pathway_id));
  }
  for (const std::string& key_file : key_files) {
    const absl::StatusOr<trust::PrivateKey> key =
        trust::ReadPrivateKey(file::PosixFileSystem(), key_file);
    if (!key.ok()) return key.status();
    content::v1::Signature* signature = result.signatures.Add();
    signature->set_key_id(KeyIdOf(key_file));
    signature->set_signature(key->Sign(bytes));
  }
  return result;
}

}  // namespace plumbline::cli
