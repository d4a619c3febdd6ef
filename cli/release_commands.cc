// plumb release list | show | diff | prove | get | verify | withdraw
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "cli/command.h"
#include "cli/content_source.h"
#include "cli/json.h"
#include "cli/pathway_folder.h"
#include "cli/print_diff.h"
#include "cli/print_report.h"
#include "cli/release_bundle.h"
#include "cli/resource_name.h"
#include "cli/services.h"
#include "cli/signed_call.h"
#include "cli/verify_pathway.h"
#include "cli/words.h"
#include "common/file/file_system.h"
#include "common/pathway/content.h"
#include "common/trust/trust_policy.h"
#include "content-service/domain/diff.h"
#include "content-service/domain/gate.h"

namespace plumbline::cli {
namespace {

using content::v1::GateReport;
using content::v1::Release;
using content::v1::ReleaseDiff;

struct ReleaseOptions {
  Remote remote;
  std::string name;
  std::string target;
  std::string pathway;
  int examples_max = 3;
  std::string reason;
  bool force = false;
  std::string digest;
  std::string file;
  std::string trust_policy;
  std::vector<std::string> key_files;
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

// As content-service does it, of content that need not be published.
absl::StatusOr<ReleaseDiff> DiffHere(const ReleaseOptions& options,
                                     Console& console) {
  const auto base = LoadContentFrom(options.name, options.remote);
  if (!base.ok()) return base.status();
  const auto target = LoadContentFrom(options.target, options.remote);
  if (!target.ok()) return target.status();
  if ((*base)->pathway_id != (*target)->pathway_id) {
    return absl::InvalidArgumentError(
        absl::StrCat(options.name, " is of ", (*base)->pathway_id, ", and ",
                     options.target, " of ", (*target)->pathway_id,
                     "; only content of one pathway is compared"));
  }
  absl::StatusOr<ReleaseDiff> diff = content::Diff(
      **base, **target,
      {.examples_max = options.examples_max,
       .clock = absl::Now,
       .on_effect = [&console](int done, int total) {
         console.err << "comparing (" << done + 1 << " of " << total << ")\n";
       }});
  if (!diff.ok()) return diff.status();
  diff->set_base_release(options.name);
  diff->set_target_release(options.target);
  return diff;
}

absl::StatusOr<ReleaseDiff> DiffThere(const ReleaseOptions& options) {
  const absl::StatusOr<RemoteContent> content = ConnectContent(options.remote);
  if (!content.ok()) return content.status();
  content::v1::DiffReleasesRequest request;
  request.set_base_release(ChildName(options.name, "releases"));
  request.set_target_release(ChildName(options.target, "releases"));
  request.set_max_examples(options.examples_max);
  auto response =
      content->Call(&ContentStub::DiffReleases, request, absl::Minutes(30));
  if (!response.ok()) return response.status();
  return std::move(*response->mutable_diff());
}

absl::Status DiffTwo(const ReleaseOptions& options, Console& console) {
  const bool here =
      IsLocalContent(options.name) || IsLocalContent(options.target);
  const absl::StatusOr<ReleaseDiff> diff =
      here ? DiffHere(options, console) : DiffThere(options);
  if (!diff.ok()) return diff.status();
  if (options.output == "json") return PrintJson(*diff, console.out);
  console.out << diff->base_release() << " -> " << diff->target_release()
              << "\n\n";
  PrintDiff(*diff, console.out);
  return absl::OkStatus();
}

absl::StatusOr<GateReport> FindReport(const Release& release) {
  for (const auto& attestation : release.attestations()) {
    if (attestation.kind() != content::v1::STATEMENT_KIND_GATE_REPORT) continue;
    GateReport report;
    if (report.ParseFromString(attestation.payload())) return report;
  }
  return absl::DataLossError(
      absl::StrCat(release.name(), " has no gate report"));
}

// Makes the report of a release again from its content alone.
absl::Status Prove(const ReleaseOptions& options, Console& console) {
  const absl::StatusOr<Release> release =
      GetWholeRelease(options.name, options.remote);
  if (!release.ok()) return release.status();
  const absl::StatusOr<GateReport> told = FindReport(*release);
  if (!told.ok()) return told.status();
  const auto pathway = pathway::LoadContent(release->content());
  if (!pathway.ok()) return pathway.status();
  const absl::StatusOr<GateReport> made =
      RunGateHere(**pathway, {}, told->as_of_date(), console);
  if (!made.ok()) return made.status();
  const bool same = made->result_digest() == told->result_digest() &&
                    told->result_digest() == content::ResultDigest(*told);
  if (options.output == "json") {
    const absl::Status printed = PrintJson(*made, console.out);
    if (!printed.ok()) return printed;
  } else {
    PrintLine(*release, console.out);
    PrintReport(*made, "", console.out);
    console.out << "\n  result " << made->result_digest() << '\n'
                << "  report " << told->result_digest() << '\n';
  }
  if (same) return absl::OkStatus();
  return absl::FailedPreconditionError(
      absl::StrCat("the report of ", release->name(), ", made by engine ",
                   told->engine_version(), " and ", told->solver_version(),
                   ", does not come out of its content by engine ",
                   made->engine_version(), " and ", made->solver_version()));
}

absl::Status GetFile(const ReleaseOptions& options, Console& console) {
  const absl::StatusOr<Release> release =
      GetWholeRelease(options.name, options.remote);
  if (!release.ok()) return release.status();
  const std::string bytes = ToBundle(*release);
  const absl::Status written =
      file::WriteFileAtomically(file::PosixFileSystem(), options.file, bytes);
  if (!written.ok()) return written;
  if (options.output == "json") return PrintJson(*release, console.out);
  if (release->has_withdrawal()) {
    console.err << release->name()
                << " is withdrawn: " << release->withdrawal().reason() << '\n';
  }
  console.out << options.file << "  " << bytes.size() << " bytes, "
              << release->name() << "  " << release->digest() << '\n';
  return absl::OkStatus();
}

absl::Status VerifyFile(const ReleaseOptions& options, Console& console) {
  const absl::StatusOr<trust::TrustPolicy> policy =
      trust::ReadTrustPolicy(file::PosixFileSystem(), options.trust_policy);
  if (!policy.ok()) return policy.status();
  const absl::StatusOr<std::string> bytes = ReadWholeFile(options.file);
  if (!bytes.ok()) return bytes.status();
  return VerifyBundle(*bytes, *policy, options.digest, console);
}

absl::Status Withdraw(const ReleaseOptions& options, Console& console) {
  const absl::StatusOr<RemoteContent> content = ConnectContent(options.remote);
  if (!content.ok()) return content.status();
  content::v1::GetReleaseRequest get;
  get.set_name(ChildName(options.name, "releases"));
  const auto before = content->Call(&ContentStub::GetRelease, get);
  if (!before.ok()) return before.status();
  const Release& release = before->release();
  content::v1::WithdrawReleaseRequest request;
  request.set_name(release.name());
  request.set_reason(options.reason);
  request.set_force(options.force);
  content::v1::Statement expected = ExpectedStatement(
      content::v1::STATEMENT_KIND_WITHDRAWAL, PathwayIdOf(release.name()),
      options.digest.empty() ? release.digest() : options.digest);
  expected.set_release_number(release.number());
  expected.set_reason(options.reason);
  const auto response =
      CallSigned(*content, &ContentStub::WithdrawRelease, request, expected,
                 options.key_files, console);
  if (!response.ok()) return response.status();
  if (options.output == "json") {
    return PrintJson(response->release(), console.out);
  }
  PrintLine(response->release(), console.out);
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
  CLI::App* diff = group.AddRemote(
      "diff", "Shows what changed, and whose disposition", DiffTwo);
  diff->add_option("base", options.name,
                   "The release before: back-pain/7; or a pathway folder, or "
                   "a file of plumb pathway build")
      ->required();
  diff->add_option("target", options.target, "The same of after")->required();
  diff->add_option("--examples", options.examples_max,
                   "The most intakes to show of each kind")
      ->check(CLI::Range(1, 20))
      ->capture_default_str();
  group
      .AddRemote("prove", "Makes a release's gate report again, and compares",
                 Prove)
      ->add_option("release", options.name,
                   "The release: back-pain/7, or its full name")
      ->required();
  CLI::App* get = group.AddRemote(
      "get", "Writes a release, with all that was said about it, to a file",
      GetFile);
  get->add_option("release", options.name,
                  "The release: back-pain/7, or its full name")
      ->required();
  get->add_option("file", options.file, "The file to write")->required();
  CLI::App* verify = group.Add(
      "verify", "Verifies a file of plumb release get; asks no service",
      VerifyFile);
  verify->add_option("file", options.file, "The file")->required();
  verify
      ->add_option("--trust-policy", options.trust_policy,
                   "The trust policy, as the services have it")
      ->required();
  AddDigestOption(*verify, options.digest);
  verify->get_option("--digest")
      ->description(
          "Only this content: the digest that plumb pathway build printed");
  CLI::App* withdraw = group.AddRemote(
      "withdraw", "Says that a release must not become active again", Withdraw);
  withdraw
      ->add_option("release", options.name,
                   "The release: back-pain/7, or its full name")
      ->required();
  withdraw
      ->add_option("--reason", options.reason,
                   "Why, for clinicians and operators")
      ->required();
  withdraw->add_flag("--force", options.force,
                     "Also where a channel points to it: its replicas go on "
                     "serving it, marked, until the channel is moved");
  AddKeyOption(*withdraw, options.key_files)->required();
  AddDigestOption(*withdraw, options.digest);
}

}  // namespace plumbline::cli
