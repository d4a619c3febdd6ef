#include "absl/strings/str_cat.h"
#include "cli/command.h"
#include "cli/words.h"
#include "common/trust/digest.h"

namespace plumbline::cli {
namespace {

void AddTokenOption(CLI::App& command, Remote& remote) {
  command
      .add_option("--token-file", remote.token_file,
                  "The file that holds your token, readable by you alone")
      ->envname("PLUMBLINE_TOKEN_FILE");
  command.add_flag("--allow-insecure", remote.allow_insecure,
                   "Send the token in plaintext to another machine");
}

}  // namespace

void AddContentOptions(CLI::App& command, Remote& remote) {
  command
      .add_option("--server", remote.server,
                  "The content-service, as host:port")
      ->envname("PLUMBLINE_CONTENT_SERVER");
  AddTokenOption(command, remote);
}

void AddTriageOptions(CLI::App& command, Remote& remote) {
  command
      .add_option("--server", remote.server,
                  "The triage-service, as host:port; without it, in process")
      ->envname("PLUMBLINE_TRIAGE_SERVER");
  AddTokenOption(command, remote);
}

void AddAssessorOptions(CLI::App& command, AssessorOptions& options) {
  command
      .add_option("--pathway", options.pathway,
                  "The pathway folder; with --server also the pathway's id")
      ->required();
  AddTriageOptions(command, options.triage);
  command
      .add_option("--content-server", options.content.server,
                  "The content-service that gives the content of a pathway "
                  "named by id")
      ->envname("PLUMBLINE_CONTENT_SERVER");
  command.add_option("--channel", options.channel,
                     "The channel, with --server; without it, stable");
  command.add_option("--locale", options.locale,
                     "The language of the texts: en, es");
  command.add_option("--release-digest", options.release_digest,
                     "Decide by this content and no other");
}

CLI::Option* AddOutputOption(CLI::App& command, std::string& output) {
  return command.add_option("-o,--output", output, "text or json")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
}

CLI::Option* AddKeyOption(CLI::App& command,
                          std::vector<std::string>& key_files) {
  return command
      .add_option("--key", key_files,
                  "A private key to sign with; its file name without .pem is "
                  "the key's id in the trust policy. May be repeated")
      ->allow_extra_args(false);
}

CLI::Option* AddOverlayOption(CLI::App& command, std::string& overlay) {
  return command.add_option("--overlay", overlay,
                            "A file of other words for the items, and of the "
                            "mark 'validated'; it can change nothing else");
}

void AddDigestOption(CLI::App& command, std::string& digest) {
  command
      .add_option("--digest", digest,
                  "Sign for this content and no other: the digest that plumb "
                  "pathway build printed")
      ->check(CLI::Validator(
          [](const std::string& text) {
            return trust::IsDigest(text)
                       ? std::string()
                       : absl::StrCat(
                             "'", text,
                             "' is not 64 lower-case hexadecimal digits");
          },
          "DIGEST"));
}

void AddRoleOption(CLI::App& command,
                   const google::protobuf::EnumDescriptor* roles,
                   std::vector<std::string>& words) {
  command
      .add_option("--role", words,
                  absl::StrCat(AllWords(roles), "; may be repeated"))
      ->required()
      ->allow_extra_args(false)
      ->check(WordIn(roles));
}

CLI::Validator WordIn(const google::protobuf::EnumDescriptor* descriptor) {
  return CLI::Validator(
      [descriptor](const std::string& word) {
        if (NumberOf(descriptor, word).has_value()) return std::string();
        return absl::StrCat("'", word, "' is not ", AllWords(descriptor));
      },
      "WORD");
}

}  // namespace plumbline::cli
