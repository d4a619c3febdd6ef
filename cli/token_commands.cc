// plumb token create
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "cli/command.h"
#include "cli/exit_code.h"
#include "common/file/file_system.h"
#include "common/rpc/tokens.h"
#include "plumbline/auth/v1/access.pb.h"

namespace plumbline::cli {
namespace {

struct TokenOptions {
  std::string file;
  std::string principal;
  std::vector<std::string> roles;
};

// The entry of a tokens file.
std::string TokensEntry(const TokenOptions& options, const std::string& hash) {
  std::string entry =
      absl::StrCat("principals {\n  name: \"", options.principal, "\"\n");
  for (const std::string& role : options.roles) {
    absl::StrAppend(&entry, "  roles: ROLE_", absl::AsciiStrToUpper(role),
                    "\n");
  }
  return absl::StrCat(entry, "  token_sha256: \"", hash, "\"\n}\n");
}

absl::Status Create(const TokenOptions& options, Console& console) {
  const std::string token = rpc::NewToken();
  const absl::Status written = file::PosixFileSystem().WriteNew(
      options.file, absl::StrCat(token, "\n"), file::Access::kOwnerOnly);
  if (!written.ok()) return LocalError(written);
  console.out << TokensEntry(options, rpc::TokenHash(token));
  return absl::OkStatus();
}

}  // namespace

void AddTokenCommands(CLI::App& plumb, Chosen& chosen) {
  CommandGroup<TokenOptions> group(
      plumb, "token", "Makes tokens for calling the services", chosen);
  TokenOptions& options = group.options();
  CLI::App* create = group.Add(
      "create",
      "Writes a new token to a file; prints its entry for the services' tokens "
      "file, which holds only the hash",
      Create);
  create->add_option("file", options.file, "The file to write")->required();
  create->add_option("--principal", options.principal, "Whose token it is")
      ->required();
  AddRoleOption(*create, auth::v1::Role_descriptor(), options.roles);
}

}  // namespace plumbline::cli
