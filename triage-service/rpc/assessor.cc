#include "triage-service/rpc/assessor.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "common/pathway/names.h"
#include "common/rpc/error_details.h"
#include "triage-service/content/verify_release.h"
#include "triage-service/rpc/proto_time.h"

namespace plumbline::triage {
namespace {

// When a client may ask again for content that is on its way.
constexpr absl::Duration kNoContentRetryDelay = absl::Seconds(1);

std::string NameOf(const ReleaseChoice& choice) {
  return absl::StrCat(
      "pathways/", choice.pathway_id, "/channels/",
      choice.channel_id.empty() ? kDefaultChannel : choice.channel_id);
}

// "pathways/back-pain/channels/stable, …": what a caller could have meant.
std::string Followed(const std::vector<ChannelKey>& channels) {
  return absl::StrJoin(channels, ", ",
                       [](std::string* text, const ChannelKey& key) {
                         absl::StrAppend(text, ChannelName(key));
                       });
}

absl::Status UnknownPathway(const ReleaseChoice& choice,
                            const std::vector<ChannelKey>& channels) {
  const std::string name = absl::StrCat("pathways/", choice.pathway_id);
  return rpc::WithReason(absl::NotFoundError(absl::StrCat(
                             "this replica follows no channel of ", name,
                             "; it follows ", Followed(channels))),
                         "PATHWAY_NOT_FOUND", {{"pathway", name}});
}

absl::Status UnknownChannel(const ReleaseChoice& choice,
                            std::vector<ChannelKey> channels) {
  const std::string name = NameOf(choice);
  channels.erase(std::remove_if(channels.begin(), channels.end(),
                                [&choice](const ChannelKey& key) {
                                  return key.pathway_id != choice.pathway_id;
                                }),
                 channels.end());
  return rpc::WithReason(
      absl::NotFoundError(absl::StrCat("this replica does not follow ", name,
                                       "; it follows ", Followed(channels))),
      "CHANNEL_NOT_FOUND", {{"channel", name}});
}

absl::Status NoContent(const ReleaseChoice& choice) {
  const std::string name = NameOf(choice);
  return rpc::WithRetryDelay(
      rpc::WithReason(absl::UnavailableError(absl::StrCat(
                          "this replica has no content of ", name, " yet")),
                      "NO_CONTENT", {{"channel", name}}),
      kNoContentRetryDelay);
}

absl::Status NotHeld(const ReleaseChoice& choice,
                     const std::string& active_digest) {
  return rpc::WithReason(
      absl::FailedPreconditionError(
          absl::StrCat("this replica does not hold release ", choice.pin,
                       "; start again with the active one, ", active_digest)),
      "RELEASE_NOT_HELD",
      {{"release_digest", choice.pin}, {"active_digest", active_digest}});
}

std::size_t Index(pathway::Disposition disposition) {
  return static_cast<std::size_t>(disposition) -
         static_cast<std::size_t>(pathway::Disposition::kSelfCare);
}

}  // namespace

Assessor::Assessor(const ReleaseTable& table, const ChannelStatuses& statuses,
                   rpc::Metrics& metrics)
    : table_(table), statuses_(statuses) {
  auto& family = prometheus::BuildCounter()
                     .Name("plumbline_assessments_total")
                     .Help("Intakes that were decided.")
                     .Register(metrics.registry());
  for (const ChannelKey& key : table.channels()) {
    Counters& counters = counters_[key.pathway_id];
    for (const pathway::Disposition disposition : pathway::kDispositions) {
      for (const bool is_final : {false, true}) {
        counters[Index(disposition)][is_final ? 1 : 0] = &family.Add(
            {{"pathway", key.pathway_id},
             {"disposition", std::string(pathway::ToString(disposition))},
             {"certainty", is_final ? "FINAL" : "PROVISIONAL"}});
      }
    }
  }
}

absl::StatusOr<ChosenRelease> Assessor::Choose(
    const ReleaseChoice& choice) const {
  FoundRelease found =
      table_.Find(choice.pathway_id, choice.channel_id, choice.pin);
  switch (found.outcome) {
    case FoundRelease::Outcome::kFound:
      return ChosenRelease{{choice.pathway_id, std::move(found.channel_id)},
                           std::move(found.release)};
    case FoundRelease::Outcome::kUnknownPathway:
      return UnknownPathway(choice, table_.channels());
    case FoundRelease::Outcome::kUnknownChannel:
      return UnknownChannel(choice, table_.channels());
    case FoundRelease::Outcome::kNoContent:
      return NoContent(choice);
    case FoundRelease::Outcome::kNotHeld:
      return NotHeld(choice, found.active_digest);
  }
  return absl::InternalError("a look-up without an outcome");
}

absl::Status Assessor::Assess(const ChosenRelease& chosen,
                              const pathway::AnswerMessages& answers,
                              const DecisionForm& form, pathway::Faults faults,
                              v1::Assessment* assessment) const {
  const Release& release = *chosen.release;
  // A request of too many answers was refused for that alone.
  if (answers.size() > kAnswersMax) return rpc::InvalidArgument(faults);
  Assessed assessed =
      triage::Assess(*release.pathway, answers, form.locale, form.view);
  for (pathway::Fault& violation : assessed.violations) {
    faults.push_back(std::move(violation));
  }
  if (!faults.empty()) return rpc::InvalidArgument(faults);

  if (!assessment->mutable_decision()->ParseFromString(
          assessed.decision_bytes)) {
    return absl::InternalError("the decision's bytes do not parse");
  }
  const absl::Time now = absl::Now();
  SetTimestamp(now, assessment->mutable_create_time());
  assessment->set_engine_version(pathway::kEngineVersion);
  SetDuration(statuses_.at(chosen.key).Get().age.At(now),
              assessment->mutable_content_age());
  assessment->set_log_state(v1::LOG_STATE_OFF);
  assessment->set_decision_digest(assessed.decision_digest);
  assessment->set_release(release.name);
  assessment->set_release_digest(release.pathway->digest);
  assessment->set_release_withdrawn(release.withdrawn);
  Count(chosen.key.pathway_id, assessed);
  return absl::OkStatus();
}

void Assessor::Count(const std::string& pathway_id,
                     const Assessed& assessed) const {
  counters_.at(pathway_id)[Index(assessed.disposition)][assessed.final ? 1 : 0]
      ->Increment();
}

}  // namespace plumbline::triage
