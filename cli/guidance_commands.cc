// plumb guidance list | show | search
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
  std::string query;
  std::string output = "text";
};

// The value of a filter's word, which parsing has checked; an empty one is no
// filter.
template <typename Enum>
Enum FilterOf(const std::string& word) {
  const auto* descriptor = google::protobuf::GetEnumDescriptor<Enum>();
  return static_cast<Enum>(NumberOf(descriptor, word).value_or(0));
}

content::v1::ListGuidanceRequest ToRequest(const GuidanceOptions& options) {
  content::v1::ListGuidanceRequest request;
  request.set_parent(ChildName(options.release, "releases"));
  request.set_kind(FilterOf<pathway::v1::GuidanceKind>(options.kind));
  request.set_region(options.region);
  request.set_audience(FilterOf<pathway::v1::Audience>(options.audience));
  request.set_disposition(
      FilterOf<pathway::v1::Disposition>(options.disposition));
  request.set_locale(options.locale);
  return request;
}

const std::string& TitleOf(const Guidance& guidance) {
  return guidance.record().texts_size() > 0 ? guidance.record().texts(0).title()
                                            : guidance.record().guidance_id();
}

absl::Status List(const GuidanceOptions& options, Console& console) {
  const absl::StatusOr<RemoteContent> content = ConnectContent(options.remote);
  if (!content.ok()) return content.status();
  const auto response =
      content->CallAllPages(&ContentStub::ListGuidance, ToRequest(options));
  if (!response.ok()) return response.status();
  if (options.output == "json") return PrintJson(*response, console.out);
  for (const Guidance& guidance : response->guidance()) {
    console.out << guidance.record().guidance_id() << "  "
                << WordOf(guidance.record().kind()) << "  "
                << WordOf(guidance.record().audience()) << "  "
                << TitleOf(guidance) << '\n';
  }
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
  if (options.output == "json") return PrintJson(guidance, console.out);
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

// The snippet with what was found between brackets, as far as the ranges are
// some.
std::string Marked(const content::v1::GuidanceMatch& match) {
  const absl::string_view snippet = match.snippet();
  std::string text;
  int from = 0;
  for (const content::v1::TextRange& range : match.highlights()) {
    if (range.start() < from || range.end() < range.start() ||
        range.end() > static_cast<int>(snippet.size())) {
      break;
    }
    absl::StrAppend(&text, snippet.substr(from, range.start() - from), "[",
                    snippet.substr(range.start(), range.end() - range.start()),
                    "]");
    from = range.end();
  }
  return absl::StrCat(text, snippet.substr(from));
}

absl::Status Search(const GuidanceOptions& options, Console& console) {
  const absl::StatusOr<RemoteContent> content = ConnectContent(options.remote);
  if (!content.ok()) return content.status();
  content::v1::SearchGuidanceRequest request;
  request.set_parent(ChildName(options.release, "releases"));
  request.set_query(options.query);
  request.set_locale(options.locale);
  request.set_audience(FilterOf<pathway::v1::Audience>(options.audience));
  const auto response =
      content->CallAllPages(&ContentStub::SearchGuidance, request);
  if (!response.ok()) return response.status();
  if (options.output == "json") return PrintJson(*response, console.out);
  for (const content::v1::GuidanceMatch& match : response->matches()) {
    console.out << match.guidance().record().guidance_id() << "  "
                << TitleOf(match.guidance()) << '\n'
                << Fill(Marked(match), "    ", "    ");
  }
  return absl::OkStatus();
}

void AddRelease(CLI::App* command, GuidanceOptions& options) {
  command
      ->add_option("release", options.release,
                   "The release: back-pain/7, or its full name")
      ->required();
}

// A filter by the words of an enum.
template <typename Enum>
void AddFilter(CLI::App* command, const char* name, std::string& word) {
  const auto* descriptor = google::protobuf::GetEnumDescriptor<Enum>();
  command->add_option(name, word, AllWords(descriptor))
      ->check(WordIn(descriptor));
}

}  // namespace

void AddGuidanceCommands(CLI::App& plumb, Chosen& chosen) {
  CommandGroup<GuidanceOptions> group(
      plumb, "guidance", "Shows the guidance of a release", chosen);
  GuidanceOptions& options = group.options();

  CLI::App* list = group.AddRemote("list", "Lists guidance records", List);
  AddRelease(list, options);
  AddFilter<pathway::v1::GuidanceKind>(list, "--kind", options.kind);
  list->add_option("--region", options.region, "neck, low, …");
  AddFilter<pathway::v1::Audience>(list, "--audience", options.audience);
  AddFilter<pathway::v1::Disposition>(list, "--disposition",
                                      options.disposition);
  list->add_option("--locale", options.locale, "en, es");

  CLI::App* show = group.AddRemote("show", "Shows one record", Show);
  AddRelease(show, options);
  show->add_option("record", options.name, "The record's id")->required();
  show->add_option("--locale", options.locale, "en, es");

  CLI::App* search =
      group.AddRemote("search", "Searches the texts, best match first", Search);
  AddRelease(search, options);
  search
      ->add_option("query", options.query,
                   "Words, all of which must be there; the beginning of one "
                   "with *: 'heat pad*'")
      ->required();
  AddFilter<pathway::v1::Audience>(search, "--audience", options.audience);
  search->add_option("--locale", options.locale, "en, es");
}

}  // namespace plumbline::cli
