// plumb keys generate | show
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "cli/command.h"
#include "cli/sign.h"
#include "cli/words.h"
#include "common/file/file_system.h"
#include "common/trust/ed25519.h"
#include "plumbline/content/v1/trust.pb.h"

namespace plumbline::cli {
namespace {

struct KeysOptions {
  std::string file;
  std::vector<std::string> roles;
};

// The entry of a trust policy file.
std::string PolicyEntry(const std::string& key_id, const std::string& key,
                        const std::vector<std::string>& roles) {
  std::string entry = absl::StrCat("keys {\n  key_id: \"", key_id,
                                   "\"\n  public_key: \"", key, "\"\n");
  for (const std::string& role : roles) {
    absl::StrAppend(&entry, "  roles: KEY_ROLE_", absl::AsciiStrToUpper(role),
                    "\n");
  }
  return entry + "}\n";
}

absl::Status Generate(const KeysOptions& options, Console& console) {
  const trust::PrivateKey key = trust::PrivateKey::Generate();
  const absl::Status written =
      trust::WritePrivateKey(file::PosixFileSystem(), options.file, key);
  if (!written.ok()) return written;
  console.out << PolicyEntry(KeyIdOf(options.file), key.PublicKeyHex(),
                             options.roles);
  return absl::OkStatus();
}

absl::Status Show(const KeysOptions& options, Console& console) {
  const absl::StatusOr<trust::PrivateKey> key =
      trust::ReadPrivateKey(file::PosixFileSystem(), options.file);
  if (!key.ok()) return key.status();
  console.out << KeyIdOf(options.file) << "  " << key->PublicKeyHex() << '\n';
  return absl::OkStatus();
}

// Checks each word against the roles of a key.
std::string CheckRole(const std::string& word) {
  const auto* roles = content::v1::KeyRole_descriptor();
  if (NumberOf(roles, word).has_value()) return "";
  return absl::StrCat("'", word, "' is no role of a key: ", AllWords(roles));
}

}  // namespace

void AddKeysCommands(CLI::App& plumb, Chosen& chosen) {
  CLI::App* group = plumb.add_subcommand(
      "keys", "Makes and shows signing keys; they never leave this machine");
  group->require_subcommand(0, 1);
  auto options = std::make_shared<KeysOptions>();

  CLI::App* generate = group->add_subcommand(
      "generate", "Makes a key; prints its entry for the trust policy");
  generate
      ->add_option("file", options->file,
                   "The file to write; its name without .pem is the key's id")
      ->required();
  generate
      ->add_option("--role", options->roles,
                   "root, author, approver, publisher or operator")
      ->required()
      ->check(CLI::Validator(CheckRole, "ROLE"));
  generate->callback([options, &chosen] {
    chosen.action = [options](Console& console) {
      return Generate(*options, console);
    };
  });

  CLI::App* show = group->add_subcommand("show", "Prints the public key");
  show->add_option("file", options->file, "The private key's file")->required();
  show->callback([options, &chosen] {
    chosen.action = [options](Console& console) {
      return Show(*options, console);
    };
  });
}

}  // namespace plumbline::cli
