#include "cli/command.h"

namespace plumbline::cli {
namespace {

void AddTokenOption(CLI::App& command, Remote& remote) {
  command
      .add_option("--token-file", remote.token_file,
                  "The file that holds your token, readable by you alone")
      ->envname("PLUMBLINE_TOKEN_FILE");
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
                  "The content-service that gives the questionnaire of a "
                  "pathway named by id")
      ->envname("PLUMBLINE_CONTENT_SERVER");
  command.add_option("--channel", options.channel, "The channel")
      ->capture_default_str();
  command.add_option("--locale", options.locale,
                     "The language of the texts: en, es");
  command.add_option("--release-digest", options.release_digest,
                     "Decide by this content and no other (with --server)");
}

void AddOutputOption(CLI::App& command, std::string& output) {
  command.add_option("-o,--output", output, "text or json")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
}

void AddKeyOption(CLI::App& command, std::vector<std::string>& key_files) {
  command.add_option(
      "--key", key_files,
      "A private key to sign with; its file name without .pem is "
      "the key's id in the trust policy. May be repeated");
}

}  // namespace plumbline::cli
