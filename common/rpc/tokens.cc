#include "common/rpc/tokens.h"

#include <algorithm>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/trust/digest.h"
#include "common/trust/text_file.h"

namespace plumbline::rpc {
namespace {

constexpr std::size_t kNameBytesMax = 128;
constexpr std::size_t kTokenBytes = 32;
// A token from elsewhere may be longer than ours; a header is bounded anyway.
constexpr std::size_t kTokenCharactersMax = 1024;

bool IsName(absl::string_view text) {
  return !text.empty() && text.size() <= kNameBytesMax &&
         std::all_of(text.begin(), text.end(), [](unsigned char letter) {
           return absl::ascii_isalnum(letter) ||
                  absl::string_view("._@:/-").find(static_cast<char>(letter)) !=
                      absl::string_view::npos;
         });
}

bool IsRole(int number) {
  return auth::v1::Role_IsValid(number) && number != auth::v1::ROLE_UNSPECIFIED;
}

// Adds the faults of the roles of principals[index]; returns the roles.
std::vector<auth::v1::Role> CheckRoles(const auth::v1::TokenPrincipal& message,
                                       int index, trust::TextFile& file) {
  std::vector<auth::v1::Role> roles;
  for (const int number : message.roles()) {
    const auto role = static_cast<auth::v1::Role>(number);
    if (!IsRole(number)) {
      file.AddFault("principals", index, "roles",
                    absl::StrCat(number, " is not a role"));
    } else if (std::find(roles.begin(), roles.end(), role) != roles.end()) {
      file.AddFault("principals", index, "roles",
                    absl::StrCat(auth::v1::Role_Name(role), " is there twice"));
    } else {
      roles.push_back(role);
    }
  }
  if (message.roles().empty()) {
    file.AddFault("principals", index, "roles", "needs at least one role");
  }
  return roles;
}

void CheckName(const std::string& name, int index, std::set<std::string>& names,
               trust::TextFile& file) {
  if (!IsName(name)) {
    file.AddFault("principals", index, "name",
                  absl::StrCat("'", absl::CHexEscape(name),
                               "' is not 1 to 128 characters of "
                               "[A-Za-z0-9._@:/-]"));
  } else if (!names.insert(name).second) {
    file.AddFault("principals", index, "name",
                  absl::StrCat("'", name, "' is there twice"));
  }
}

}  // namespace

bool Principal::Holds(auth::v1::Role role) const {
  return std::find(roles.begin(), roles.end(), role) != roles.end();
}

std::string WordOf(auth::v1::Role role) {
  const std::string& name = auth::v1::Role_Name(role);
  return absl::AsciiStrToLower(absl::StripPrefix(name, "ROLE_"));
}

absl::StatusOr<TokenTable> TokenTable::Parse(absl::string_view text,
                                             absl::string_view name) {
  trust::TextFile file(name);
  auth::v1::TokenFile message;
  if (!file.Parse(text, &message)) return file.status();

  TokenTable table;
  std::set<std::string> names;
  std::set<std::string> hashes;
  if (message.principals().empty()) file.AddFault("has no principals");
  for (int i = 0; i < message.principals_size(); ++i) {
    const auth::v1::TokenPrincipal& principal = message.principals(i);
    CheckName(principal.name(), i, names, file);
    table.principals_.push_back(
        {principal.name(), CheckRoles(principal, i, file)});
    if (principal.token_sha256().empty()) {
      file.AddFault("principals", i, "token_sha256", "needs at least one hash");
    }
    for (const std::string& hash : principal.token_sha256()) {
      if (!trust::IsDigest(hash)) {
        file.AddFault("principals", i, "token_sha256",
                      "must be 64 lower-case hexadecimal digits, the SHA-256 "
                      "of a token and never the token");
      } else if (!hashes.insert(hash).second) {
        file.AddFault("principals", i, "token_sha256",
                      absl::StrCat(hash, " is there twice"));
      }
      table.hashes_.emplace_back(absl::HexStringToBytes(hash), i);
    }
  }
  if (!file.status().ok()) return file.status();
  return table;
}

const Principal* TokenTable::Find(absl::string_view token) const {
  if (token.empty() || token.size() > kTokenCharactersMax) return nullptr;
  const std::string hash = trust::Sha256(token);
  const Principal* found = nullptr;
  // Every hash is compared, so that the time says nothing of which one it is.
  for (const auto& [known, index] : hashes_) {
    if (trust::EqualInConstantTime(known, hash)) found = &principals_[index];
  }
  return found;
}

absl::StatusOr<TokenTable> ReadTokenTable(file::FileSystem& files,
                                          const std::string& path) {
  const absl::StatusOr<std::string> text = files.Read(path);
  if (!text.ok()) return text.status();
  return TokenTable::Parse(*text, path);
}

std::string NewToken() {
  return absl::WebSafeBase64Escape(trust::RandomBytes(kTokenBytes));
}

std::string TokenHash(absl::string_view token) {
  return trust::Sha256Hex(token);
}

absl::StatusOr<std::string> ReadClientToken(file::FileSystem& files,
                                            const std::string& path) {
  const absl::StatusOr<file::Access> access = files.AccessOf(path);
  if (!access.ok()) return access.status();
  if (*access != file::Access::kOwnerOnly) {
    return absl::PermissionDeniedError(absl::StrCat(
        "token file '", path,
        "' may be read by others than its owner; set its mode to 0600"));
  }
  const absl::StatusOr<std::string> text = files.Read(path);
  if (!text.ok()) return text.status();
  const absl::string_view token = absl::StripAsciiWhitespace(*text);
  const bool printable = std::all_of(
      token.begin(), token.end(),
      [](unsigned char letter) { return absl::ascii_isgraph(letter); });
  if (token.empty() || token.size() > kTokenCharactersMax || !printable) {
    return absl::InvalidArgumentError(absl::StrCat(
        "token file '", path, "' must hold one token on one line"));
  }
  return std::string(token);
}

}  // namespace plumbline::rpc
