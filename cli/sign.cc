#include "cli/sign.h"

#include <google/protobuf/descriptor.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "cli/exit_code.h"
#include "cli/resource_name.h"
#include "common/file/file_system.h"
#include "common/trust/ed25519.h"
#include "common/trust/statement.h"

namespace plumbline::cli {
namespace {

using content::v1::Statement;
using google::protobuf::FieldDescriptor;

// The value of a field for a person: "" where it is not set.
std::string ValueOf(const Statement& statement, const FieldDescriptor& field) {
  const google::protobuf::Reflection& reflection = *statement.GetReflection();
  switch (field.number()) {
    case Statement::kKindFieldNumber:
      return std::string(trust::WordOf(statement.kind()));
    case Statement::kRoleFieldNumber:
      return std::string(trust::WordOf(statement.role()));
    case Statement::kSignTimeFieldNumber:
      return absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", trust::SignTime(statement),
                              absl::UTCTimeZone());
    default:
      break;
  }
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
    return reflection.GetString(statement, &field);
  }
  const std::int64_t number = reflection.GetInt64(statement, &field);
  return number == 0 ? "" : absl::StrCat(number);
}

// "'back-pain'", or "nothing".
std::string Quoted(const std::string& value) {
  return value.empty() ? "nothing" : absl::StrCat("'", value, "'");
}

std::string Difference(const FieldDescriptor& field, const std::string& stated,
                       const std::string& expected) {
  return absl::StrCat("\n  ", field.name(), ": ", Quoted(stated), ", expected ",
                      Quoted(expected));
}

bool IsCompared(const FieldDescriptor& field) {
  return field.number() != Statement::kAudienceFieldNumber &&
         field.number() != Statement::kSignTimeFieldNumber;
}

}  // namespace

std::string KeyIdOf(absl::string_view key_file) {
  return std::string(absl::StripSuffix(LastSegment(key_file), ".pem"));
}

absl::StatusOr<Statement> CheckStated(absl::string_view bytes,
                                      const Statement& expected,
                                      absl::Time now) {
  absl::StatusOr<Statement> stated = trust::ParseStatement(bytes);
  if (!stated.ok()) {
    return absl::FailedPreconditionError(
        absl::StrCat("not signed: ", stated.status().message()));
  }
  std::string differences;
  const google::protobuf::Descriptor& type = *Statement::descriptor();
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    if (!IsCompared(field)) continue;
    const std::string value = ValueOf(*stated, field);
    const std::string wanted = ValueOf(expected, field);
    if (value != wanted) {
      absl::StrAppend(&differences, Difference(field, value, wanted));
    }
  }
  if (absl::AbsDuration(trust::SignTime(*stated) - now) >
      trust::kStatementTimeTolerance) {
    absl::StrAppend(&differences, "\n  sign_time: more than ",
                    absl::FormatDuration(trust::kStatementTimeTolerance),
                    " from this machine's clock");
  }
  if (differences.empty()) return stated;
  return absl::FailedPreconditionError(absl::StrCat(
      "not signed: the service states something else than was asked for:",
      differences));
}

std::string Describe(const Statement& statement) {
  std::string text;
  const google::protobuf::Descriptor& type = *Statement::descriptor();
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    const std::string value = ValueOf(statement, field);
    if (!value.empty()) {
      absl::StrAppend(&text, "  ", field.name(), ": ", value, "\n");
    }
  }
  return text;
}

absl::StatusOr<Signatures> Sign(absl::string_view bytes,
                                const std::vector<std::string>& key_files) {
  Signatures signatures;
  for (const std::string& key_file : key_files) {
    const absl::StatusOr<trust::PrivateKey> key =
        trust::ReadPrivateKey(file::PosixFileSystem(), key_file);
    if (!key.ok()) return LocalError(key.status());
    content::v1::Signature& signature = *signatures.Add();
    signature.set_key_id(KeyIdOf(key_file));
    signature.set_signature(key->Sign(bytes));
  }
  return signatures;
}

}  // namespace plumbline::cli
