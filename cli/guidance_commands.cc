// plumb guidance list | show
#include <memory>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "cli/command.h"
#include "cli/json.h"
#include "cli/resource_name.h"
#include "cli/services.h"
#include "cli/text.h"
#include "cli/words.h"

namespace plumbline::cli {
namespace {

using content::v1::Guidance;

struct GuidanceOptions {
  Remote remote;
  std::string release;
  std::string name;
  std::string kind;
  std::string region;
  std::string audience;
  std::string disposition;
  std::string locale;
  std::string output = "text";
};

// Reads a filter's word; an empty one is no filter.
template <typename Enum>
absl::StatusOr<Enum> FilterOf(absl::string_view option,
                              absl::string_view word) {
  const auto* descriptor = google::protobuf::GetEnumDescriptor<Enum>();
  if (word.empty()) return static_cast<Enum>(0);
  const std::optional<int> number = NumberOf(descriptor, word);
  if (number.has_value()) return static_cast<Enum>(*number);
  return absl::InvalidArgumentError(absl::StrCat(
      "--", option, " is '", word, "', expected ", AllWords(descriptor)));
}

absl::StatusOr<content::v1::ListGuidanceRequest> ToRequest(
    const GuidanceOptions& options) {
  const auto kind = FilterOf<pathway::v1::GuidanceKind>("kind", options.kind);
  if (!kind.ok()) return kind.status();
  const auto audience =
      FilterOf<pathway::v1::Audience>("audience", options.audience);
  if (!audience.ok()) return audience.status();
  const auto disposition =
      FilterOf<pathway::v1::Disposition>("disposition", options.disposition);
  if (!disposition.ok()) return disposition.status();
  content::v1::ListGuidanceRequest request;
  request.set_parent(ChildName(options.release, "releases"));
  request.set_kind(*kind);
  request.set_region(options.region);
  request.set_audience(*audience);
  request.set_disposition(*disposition);
  request.set_locale(options.locale);
  return request;
}

const std::string& TitleOf(const Guidance& guidance) {
  return guidance.record().texts_size() > 0 ? guidance.record().texts(0).title()
                                            : guidance.record().guidance_id();
}

absl::Status List(const GuidanceOptions& options, Console& console) {
  absl::StatusOr<content::v1::ListGuidanceRequest> request = ToRequest(options);
  if (!request.ok()) return request.status();
  const absl::StatusOr<RemoteContent> content = ConnectContent(options.remote);
  if (!content.ok()) return content.status();
  do {
    const auto response = content->Call(&ContentStub::ListGuidance, *request);
    if (!response.ok()) return response.status();
    if (options.output == "json") {
      console.out << ToJson(*response);
    } else {
      for (const Guidance& guidance : response->guidance()) {
        console.out << guidance.record().guidance_id() << "  "
                    << WordOf(guidance.record().kind()) << "  "
                    << WordOf(guidance.record().audience()) << "  "
                    << TitleOf(guidance) << '\n';
      }
    }
    request->set_page_token(response->next_page_token());
  } while (!request->page_token().empty());
  return absl::OkStatus();
}

absl::Status Show(const GuidanceOptions& options, Console& console) {
  const absl::StatusOr<RemoteContent> content = ConnectContent(options.remote);
  if (!content.ok()) return content.status();
  content::v1::GetGuidanceRequest request;
  request.set_name(absl::StrCat(ChildName(options.release, "releases"),
                                "/guidance/", options.name));
  request.set_locale(options.locale);
  const auto response = content->Call(&ContentStub::GetGuidance, request);
  if (!response.ok()) return response.status();
  const Guidance& guidance = response->guidance();
  if (options.output == "json") {
    console.out << ToJson(guidance);
    return absl::OkStatus();
  }
  console.out << TitleOf(guidance) << "   [" << guidance.record().guidance_id()
              << ", revision " << guidance.record().revision() << ", "
              << WordOf(guidance.record().kind()) << ", "
              << WordOf(guidance.record().audience()) << ", review by "
              << guidance.record().review_by() << "]\n";
  if (guidance.record().texts_size() > 0) {
    console.out << FillMarkdown(guidance.record().texts(0).body(), "  ");
  }
  for (const auto& citation : guidance.citations()) {
    console.out << Fill(
        absl::StrCat(citation.source_id(), ": ", citation.citation()), "  - ",
        "    ");
  }
  return absl::OkStatus();
}

}  // namespace

void AddGuidanceCommands(CLI::App& plumb, Chosen& chosen) {
  CLI::App* group =
      plumb.add_subcommand("guidance", "Shows the guidance of a release");
  group->require_subcommand(0, 1);
  auto options = std::make_shared<GuidanceOptions>();

  CLI::App* list = group->add_subcommand("list", "Lists guidance records");
  AddContentOptions(*list, options->remote);
  AddOutputOption(*list, options->output);
  list->add_option("release", options->release,
                   "The release: back-pain/7, or its full name")
      ->required();
  list->add_option("--kind", options->kind, "urgent, comfort, self_care, …");
  list->add_option("--region", options->region, "neck, low, …");
  list->add_option("--audience", options->audience,
                   "patient, caregiver or clinician");
  list->add_option("--disposition", options->disposition,
                   "emergency_now, same_day, …");
  list->add_option("--locale", options->locale, "en, es");
  list->callback([options, &chosen] {
    chosen.action = [options](Console& console) {
      return List(*options, console);
    };
  });

  CLI::App* show = group->add_subcommand("show", "Shows one record");
  AddContentOptions(*show, options->remote);
  AddOutputOption(*show, options->output);
  show->add_option("release", options->release,
                   "The release: back-pain/7, or its full name")
      ->required();
  show->add_option("record", options->name, "The record's id")->required();
  show->add_option("--locale", options->locale, "en, es");
  show->callback([options, &chosen] {
    chosen.action = [options](Console& console) {
      return Show(*options, console);
    };
  });
}

}  // namespace plumbline::cli
