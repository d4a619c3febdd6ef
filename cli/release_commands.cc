// plumb release list | show
#include <ostream>
#include <string>

#include "cli/command.h"
#include "cli/json.h"
#include "cli/resource_name.h"
#include "cli/services.h"
#include "cli/words.h"

namespace plumbline::cli {
namespace {

using content::v1::Release;

struct ReleaseOptions {
  Remote remote;
  std::string name;
  std::string pathway;
  std::string output = "text";
};

void PrintLine(const Release& release, std::ostream& out) {
  out << release.name() << "  " << WordOf(release.state()) << "  "
      << release.digest() << "  by " << release.publisher() << '\n';
}

absl::Status List(const ReleaseOptions& options, Console& console) {
  const absl::StatusOr<RemoteContent> content = ConnectContent(options.remote);
  if (!content.ok()) return content.status();
  content::v1::ListReleasesRequest request;
  request.set_parent(PathwayName(options.pathway));
  const auto response =
      content->CallAllPages(&ContentStub::ListReleases, request);
  if (!response.ok()) return response.status();
  if (options.output == "json") return PrintJson(*response, console.out);
  for (const Release& release : response->releases()) {
    PrintLine(release, console.out);
  }
  return absl::OkStatus();
}

absl::Status Show(const ReleaseOptions& options, Console& console) {
  const absl::StatusOr<RemoteContent> content = ConnectContent(options.remote);
  if (!content.ok()) return content.status();
  content::v1::GetReleaseRequest request;
  request.set_name(ChildName(options.name, "releases"));
  const auto response = content->Call(&ContentStub::GetRelease, request);
  if (!response.ok()) return response.status();
  const Release& release = response->release();
  if (options.output == "json") return PrintJson(release, console.out);
  PrintLine(release, console.out);
  console.out << "  written by " << release.author() << '\n'
              << "  " << release.counts().item_count() << " items, "
              << release.counts().rule_count() << " rules, "
              << release.counts().guidance_count() << " guidance records, "
              << release.counts().case_count() << " cases, "
              << release.size_bytes() << " bytes\n";
  if (!release.note().empty()) {
    console.out << "  note: " << release.note() << '\n';
  }
  if (release.has_withdrawal()) {
    console.out << "  withdrawn by " << release.withdrawal().principal() << ": "
                << release.withdrawal().reason() << '\n';
  }
  return absl::OkStatus();
}

}  // namespace

void AddReleaseCommands(CLI::App& plumb, Chosen& chosen) {
  CommandGroup<ReleaseOptions> group(plumb, "release",
                                     "Shows published content", chosen);
  ReleaseOptions& options = group.options();
  group.AddRemote("list", "Lists a pathway's releases", List)
      ->add_option("pathway", options.pathway, "The pathway")
      ->required();
  group.AddRemote("show", "Shows one release", Show)
      ->add_option("release", options.name,
                   "The release: back-pain/7, or its full name")
      ->required();
}

}  // namespace plumbline::cli
