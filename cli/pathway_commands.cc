// plumb pathway check | build | fmt
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "cli/command.h"
#include "cli/pathway_folder.h"
#include "common/file/file_system.h"
#include "common/pathway/content.h"
#include "common/pathway/format_pathway.h"
#include "common/pathway/source_files.h"

namespace plumbline::cli {
namespace {

struct PathwayOptions {
  std::string folder;
  std::string output;
  bool check_only = false;
};

absl::Status Check(const PathwayOptions& options, Console& console) {
  const absl::StatusOr<pathway::ReadResult> result =
      ReadPathwayFolder(options.folder);
  if (!result.ok()) return result.status();
  const pathway::v1::Pathway& message = result->message;
  console.out << message.pathway_id() << ": no faults\n"
              << "  " << message.items_size() << " items, "
              << message.definitions_size() << " definitions, "
              << message.scores_size() << " scores, " << message.rules_size()
              << " rules, " << message.gates_size() << " gates, "
              << message.guidance_size() << " guidance records, "
              << message.invariants_size() << " invariants, "
              << message.cases_size() << " cases\n"
              << "  content " << result->pathway->digest << '\n';
  return absl::OkStatus();
}

absl::Status Build(const PathwayOptions& options, Console& console) {
  const absl::StatusOr<pathway::ReadResult> result =
      ReadPathwayFolder(options.folder);
  if (!result.ok()) return result.status();
  const std::string content = pathway::ToContent(result->message);
  const absl::Status written = file::WriteFileAtomically(
      file::PosixFileSystem(), options.output, content);
  if (!written.ok()) return written;
  console.out << result->pathway->digest << "  " << options.output << "  "
              << content.size() << " bytes\n";
  return absl::OkStatus();
}

// Formats one file; counts it in `changed` where it was not in form.
absl::Status FormatFile(const PathwayOptions& options, const std::string& path,
                        const std::string& bytes, int* changed,
                        Console& console) {
  const pathway::FormatResult formatted = pathway::FormatSource(path, bytes);
  if (!formatted.faults.empty()) {
    return FaultsStatus(options.folder, formatted.faults);
  }
  if (formatted.bytes == bytes) return absl::OkStatus();
  ++*changed;
  console.out << path
              << (options.check_only ? ": not in form\n" : ": formatted\n");
  if (options.check_only) return absl::OkStatus();
  return file::WriteFileAtomically(file::PosixFileSystem(),
                                   absl::StrCat(options.folder, "/", path),
                                   formatted.bytes);
}

absl::Status Format(const PathwayOptions& options, Console& console) {
  const absl::StatusOr<pathway::SourceFiles> files =
      pathway::LoadSourceFiles(options.folder, pathway::kContentBytesMax);
  if (!files.ok()) return files.status();
  int changed = 0;
  for (const auto& [path, bytes] : *files) {
    const absl::Status status =
        FormatFile(options, path, bytes, &changed, console);
    if (!status.ok()) return status;
  }
  if (options.check_only && changed > 0) {
    return absl::FailedPreconditionError(
        absl::StrCat(changed, changed == 1 ? " file is" : " files are",
                     " not in form; run plumb pathway fmt ", options.folder));
  }
  return absl::OkStatus();
}

}  // namespace

void AddPathwayCommands(CLI::App& plumb, Chosen& chosen) {
  CLI::App* group =
      plumb.add_subcommand("pathway", "Checks and builds pathway folders");
  group->require_subcommand(0, 1);
  auto options = std::make_shared<PathwayOptions>();

  CLI::App* check = group->add_subcommand(
      "check", "Reports every mistake with its file, line and column");
  check->add_option("folder", options->folder, "The folder")->required();
  check->callback([options, &chosen] {
    chosen.action = [options](Console& console) {
      return Check(*options, console);
    };
  });

  CLI::App* build = group->add_subcommand(
      "build", "Writes the content: the same bytes on every machine");
  build->add_option("folder", options->folder, "The folder")->required();
  build->add_option("--out", options->output, "The file to write")->required();
  build->callback([options, &chosen] {
    chosen.action = [options](Console& console) {
      return Build(*options, console);
    };
  });

  CLI::App* format = group->add_subcommand("fmt", "Formats the files in place");
  format->add_option("folder", options->folder, "The folder")->required();
  format->add_flag("--check", options->check_only,
                   "Change nothing; fail where a file is not in form");
  format->callback([options, &chosen] {
    chosen.action = [options](Console& console) {
      return Format(*options, console);
    };
  });
}

}  // namespace plumbline::cli
