// plumb token create
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "cli/command.h"
#include "cli/words.h"
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
  if (!written.ok()) return written;
  console.out << TokensEntry(options, rpc::TokenHash(token));
  return absl::OkStatus();
}

std::string CheckRole(const std::string& word) {
  const auto* roles = auth::v1::Role_descriptor();
  if (NumberOf(roles, word).has_value()) return "";
  return absl::StrCat("'", word, "' is no role: ", AllWords(roles));
}

}  // namespace

void AddTokenCommands(CLI::App& plumb, Chosen& chosen) {
  CLI::App* group =
      plumb.add_subcommand("token", "Makes tokens for calling the services");
  group->require_subcommand(0, 1);
  auto options = std::make_shared<TokenOptions>();
  CLI::App* create = group->add_subcommand(
      "create",
      "Writes a new token to a file; prints its entry for the services' tokens "
      "file, which holds only the hash");
  create->add_option("file", options->file, "The file to write")->required();
  create->add_option("--principal", options->principal, "Whose token it is")
      ->required();
  create
      ->add_option("--role", options->roles,
                   "reader, author, approver, publisher, assessor, clinician, "
                   "auditor or operator; may be repeated")
      ->required()
      ->check(CLI::Validator(CheckRole, "ROLE"));
  create->callback([options, &chosen] {
    chosen.action = [options](Console& console) {
      return Create(*options, console);
    };
  });
}

}  // namespace plumbline::cli
