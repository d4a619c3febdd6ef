// plumb keys generate | show
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "cli/command.h"
#include "cli/exit_code.h"
#include "cli/sign.h"
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
  if (!written.ok()) return LocalError(written);
  console.out << PolicyEntry(KeyIdOf(options.file), key.PublicKeyHex(),
                             options.roles);
  return absl::OkStatus();
}

absl::Status Show(const KeysOptions& options, Console& console) {
  const absl::StatusOr<trust::PrivateKey> key =
      trust::ReadPrivateKey(file::PosixFileSystem(), options.file);
  if (!key.ok()) return LocalError(key.status());
  console.out << KeyIdOf(options.file) << "  " << key->PublicKeyHex() << '\n';
  return absl::OkStatus();
}

}  // namespace

void AddKeysCommands(CLI::App& plumb, Chosen& chosen) {
  CommandGroup<KeysOptions> group(
      plumb, "keys",
      "Makes and shows signing keys; they never leave this machine", chosen);
  KeysOptions& options = group.options();

  CLI::App* generate =
      group.Add("generate",
                "Makes a key; prints its entry for the trust policy", Generate);
  generate
      ->add_option("file", options.file,
                   "The file to write; its name without .pem is the key's id")
      ->required();
  AddRoleOption(*generate, content::v1::KeyRole_descriptor(), options.roles);

  group.Add("show", "Prints the public key", Show)
      ->add_option("file", options.file, "The private key's file")
      ->required();
}

}  // namespace plumbline::cli
