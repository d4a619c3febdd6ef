#include "triage-service/rpc/describe_interview.h"

#include <algorithm>
#include <string>

#include "common/pathway/localized_item.h"
#include "common/pathway/localized_texts.h"
#include "plumbline/pathway/v1/pathway.pb.h"

namespace plumbline::triage {
namespace {

using pathway::CompiledPathway;
using pathway::LocalizedTexts;

// The numbers of both are the same.
pathway::v1::Disposition ToMessage(pathway::Disposition disposition) {
  return static_cast<pathway::v1::Disposition>(disposition);
}

std::string ElementId(const CompiledPathway& release,
                      const Influence& influence) {
  const int i = influence.element;
  switch (influence.kind) {
    case Influence::Kind::kRule:
      return release.rules[i].rule_id;
    case Influence::Kind::kGate:
      return release.gates[i].gate_id;
    case Influence::Kind::kGuidance:
      return release.guidance[i].guidance_id;
    case Influence::Kind::kScore:
      return release.scores[i].name;
    case Influence::Kind::kPolicy:
    case Influence::Kind::kEnabling:
    case Influence::Kind::kEmergency:
      return release.items[i].link_id;
  }
  return "";
}

void Describe(const CompiledPathway& release, const Influence& influence,
              v1::Influence* message) {
  message->set_kind(static_cast<v1::Influence::Kind>(influence.kind));
  message->set_element_id(ElementId(release, influence));
  const bool has_disposition = influence.kind == Influence::Kind::kRule ||
                               influence.kind == Influence::Kind::kPolicy;
  if (has_disposition)
    message->set_disposition(ToMessage(influence.disposition));
}

void Describe(const CompiledPathway& release, const OpenItem& open,
              LocalizedTexts& texts, v1::NextItem* message) {
  const pathway::v1::Item& item = release.source->items(open.item);
  message->set_link_id(item.link_id());
  *message->mutable_item() = pathway::LocalizedItem(item, texts);
  message->set_prompt(message->item().prompt());
  message->set_group_title(pathway::GroupTitle(*release.source, item, texts));
  for (const Influence& influence : open.influences) {
    Describe(release, influence, message->add_influences());
  }
}

}  // namespace

v1::NextItemsResponse DescribeInterview(const CompiledPathway& release,
                                        const Interview& interview,
                                        const pathway::Decision& decision,
                                        absl::string_view locale,
                                        int items_max) {
  v1::NextItemsResponse response;
  LocalizedTexts texts(*release.source, locale);
  const int count = static_cast<int>(interview.items.size());
  const int shown = items_max == 0 ? count : std::min(items_max, count);
  for (int i = 0; i < shown; ++i) {
    Describe(release, interview.items[i], texts, response.add_items());
  }
  response.set_disposition_settled(interview.disposition_settled);
  response.set_outcome_settled(interview.outcome_settled);
  response.set_may_stop(interview.may_stop);
  response.set_open_item_count(count);
  response.set_disposition(ToMessage(decision.disposition));
  response.set_most_urgent_possible(ToMessage(decision.most_urgent_possible));
  response.set_release_digest(release.digest);
  response.set_locale(std::string(locale));
  return response;
}

}  // namespace plumbline::triage
