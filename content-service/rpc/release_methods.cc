#include "content-service/rpc/release_methods.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "content-service/domain/diff.h"
#include "content-service/domain/find.h"
#include "content-service/domain/guidance.h"
#include "content-service/domain/questionnaire.h"
#include "content-service/domain/timestamp.h"
#include "content-service/domain/withdraw.h"
#include "content-service/rpc/pager.h"
#include "content-service/rpc/request_checks.h"
#include "content-service/rpc/statements.h"
#include "plumbline/pathway/v1/pathway.pb.h"

namespace plumbline::content {
namespace {

constexpr int kChannelsMax = 1000;
constexpr int kExamplesDefault = 3;
constexpr int kExamplesMax = 20;

// The number that a listing is pinned to: that of its first page.
absl::StatusOr<std::int64_t> Pin(const Reader& reader, const Pager& pager) {
  if (!pager.is_first()) return pager.SnapshotNumber(0);
  return reader.NewestSequence();
}

bool Matches(const v1::ListReleasesRequest& in, const v1::Release& release) {
  return in.state() == v1::Release::STATE_UNSPECIFIED ||
         in.state() == release.state();
}

GuidanceFilter FilterOf(const v1::ListGuidanceRequest& in) {
  return {in.kind(), in.region(), in.audience(), in.disposition()};
}

}  // namespace

absl::StatusOr<ReleaseMethods::Found> ReleaseMethods::Find(
    const ReleaseId& id) {
  Found found;
  const absl::Status status = store_.Read([&](const Reader& reader) {
    absl::StatusOr<v1::Release> release = FindRelease(reader, id);
    if (!release.ok()) return release.status();
    found.release = *std::move(release);
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  auto content = cache_.Find(found.release.digest());
  if (!content.ok()) return ExplainStoreFailure(content.status());
  auto compiled = (*content)->Compiled();
  if (!compiled.ok()) return compiled.status();
  found.pathway = *std::move(compiled);
  return found;
}

absl::StatusOr<v1::PathwaySummary> ReleaseMethods::Summarize(
    const Reader& reader, const std::string& pathway_id,
    std::string* newest_digest) {
  const absl::Status known = RequirePathway(reader, pathway_id);
  if (!known.ok()) return known;
  const absl::StatusOr<PathwayRecord> pathway = reader.FindPathway(pathway_id);
  if (!pathway.ok()) return pathway.status();
  v1::PathwaySummary summary;
  *summary.mutable_create_time() = ToTimestamp(pathway->create_time);
  summary.set_name(absl::StrCat("pathways/", pathway_id));
  summary.set_pathway_id(pathway_id);
  const auto releases =
      reader.ListReleases(pathway_id, kAnySequence, kAnySequence, 1);
  if (!releases.ok()) return releases.status();
  if (!releases->empty()) {
    const ReleaseRecord& newest = releases->front();
    summary.set_latest_release(ToString(ReleaseId{pathway_id, newest.number}));
    summary.set_release_count(newest.number);  // Numbered without gaps.
    *newest_digest = newest.digest;
  }
  const auto channels =
      reader.ListChannels(pathway_id, "", kAnySequence, kChannelsMax);
  if (!channels.ok()) return channels.status();
  for (const MoveRecord& move : *channels) {
    summary.add_channel_ids(move.channel_id);
  }
  return summary;
}

absl::Status ReleaseMethods::AddTexts(const std::string& digest,
                                      v1::PathwaySummary& summary) {
  if (digest.empty()) return absl::OkStatus();
  const auto content = cache_.Find(digest);
  if (!content.ok()) return ExplainStoreFailure(content.status());
  // Its texts can be read even where this engine does not take its rules.
  pathway::v1::Pathway source;
  if (!source.ParseFromString((*content)->bytes)) {
    return ExplainStoreFailure(
        absl::DataLossError("content in the store is damaged"));
  }
  summary.set_title(source.title());
  summary.set_description(source.description());
  summary.add_locales(source.default_locale());
  for (const std::string& locale : source.locales()) {
    if (locale != source.default_locale()) summary.add_locales(locale);
  }
  return absl::OkStatus();
}

absl::Status ReleaseMethods::GetPathway(const v1::GetPathwayRequest& in,
                                        v1::GetPathwayResponse& out) {
  RequestChecks checks;
  const std::string pathway_id = checks.PathwayName("name", in.name());
  if (!checks.status().ok()) return checks.status();
  std::string digest;
  const absl::Status status = store_.Read([&](const Reader& reader) {
    auto summary = Summarize(reader, pathway_id, &digest);
    if (!summary.ok()) return summary.status();
    *out.mutable_pathway() = *std::move(summary);
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  return AddTexts(digest, *out.mutable_pathway());
}

absl::Status ReleaseMethods::ListPathways(const rpc::Call& call,
                                          const v1::ListPathwaysRequest& in,
                                          v1::ListPathwaysResponse& out) {
  Pager pager(tokens_);
  absl::Status status = pager.Start(call, in);
  if (!status.ok()) return status;
  std::vector<std::string> digests;
  status = store_.Read([&](const Reader& reader) -> absl::Status {
    const absl::StatusOr<std::int64_t> pin = Pin(reader, pager);
    if (!pin.ok()) return pin.status();
    const auto records =
        reader.ListPathways(pager.after(), *pin, pager.limit());
    if (!records.ok()) return records.status();
    for (const PathwayRecord& record : *records) {
      if (out.pathways_size() == pager.size()) {
        out.set_next_page_token(
            pager.Next(absl::StrCat(*pin),
                       out.pathways(out.pathways_size() - 1).pathway_id()));
        break;
      }
      auto summary =
          Summarize(reader, record.pathway_id, &digests.emplace_back());
      if (!summary.ok()) return summary.status();
      *out.add_pathways() = *std::move(summary);
    }
    return absl::OkStatus();
  });
  for (int i = 0; status.ok() && i < out.pathways_size(); ++i) {
    status = AddTexts(digests[i], *out.mutable_pathways(i));
  }
  return status;
}

absl::Status ReleaseMethods::GetRelease(const v1::GetReleaseRequest& in,
                                        v1::GetReleaseResponse& out) {
  RequestChecks checks;
  const ReleaseId id = checks.ReleaseName("name", in.name());
  if (!checks.status().ok()) return checks.status();
  return store_.Read([&](const Reader& reader) -> absl::Status {
    absl::StatusOr<v1::Release> release = FindRelease(reader, id);
    if (!release.ok()) return release.status();
    if (in.view() == v1::RELEASE_VIEW_FULL) {
      absl::StatusOr<std::string> content =
          reader.FindContent(release->digest());
      if (!content.ok()) return content.status();
      release->set_content(*std::move(content));
      const auto attestations = FindAttestations(reader, release->digest());
      if (!attestations.ok()) return attestations.status();
      for (const v1::Attestation& attestation : *attestations) {
        *release->add_attestations() = attestation;
      }
    }
    *out.mutable_release() = *std::move(release);
    return absl::OkStatus();
  });
}

absl::Status ReleaseMethods::ListReleases(const rpc::Call& call,
                                          const v1::ListReleasesRequest& in,
                                          v1::ListReleasesResponse& out) {
  RequestChecks checks;
  const std::string pathway_id = checks.PathwayName("parent", in.parent());
  if (!checks.status().ok()) return checks.status();
  Pager pager(tokens_);
  const absl::Status started = pager.Start(call, in);
  if (!started.ok()) return started;
  return store_.Read([&](const Reader& reader) -> absl::Status {
    const absl::Status pathway = RequirePathway(reader, pathway_id);
    if (!pathway.ok()) return pathway;
    const absl::StatusOr<std::int64_t> pin = Pin(reader, pager);
    if (!pin.ok()) return pin.status();
    std::int64_t before = pager.AfterNumber(kAnySequence);
    while (true) {
      const auto records =
          reader.ListReleases(pathway_id, before, *pin, pager.limit());
      if (!records.ok()) return records.status();
      for (const ReleaseRecord& record : *records) {
        absl::StatusOr<v1::Release> release = ToRelease(record);
        if (!release.ok()) return release.status();
        if (Matches(in, *release)) {
          if (out.releases_size() == pager.size()) {
            out.set_next_page_token(
                pager.Next(absl::StrCat(*pin), absl::StrCat(before)));
            return absl::OkStatus();
          }
          *out.add_releases() = *std::move(release);
        }
        before = record.number;
      }
      if (static_cast<int>(records->size()) < pager.limit()) {
        return absl::OkStatus();
      }
    }
  });
}

absl::Status ReleaseMethods::DiffReleases(const rpc::Call& call,
                                          const v1::DiffReleasesRequest& in,
                                          v1::DiffReleasesResponse& out) {
  RequestChecks checks;
  const ReleaseId base = checks.ReleaseName("base_release", in.base_release());
  const ReleaseId target =
      checks.ReleaseName("target_release", in.target_release());
  if (checks.status().ok() && base.pathway_id != target.pathway_id) {
    checks.Add("target_release",
               absl::StrCat("is of ", target.pathway_id,
                            ", and base_release of ", base.pathway_id,
                            "; only releases of one pathway are compared"));
  }
  if (in.max_examples() < 0 || in.max_examples() > kExamplesMax) {
    checks.Add("max_examples", absl::StrCat("must be from 1 to ", kExamplesMax,
                                            ", or 0 for ", kExamplesDefault));
  }
  if (!checks.status().ok()) return checks.status();
  const absl::StatusOr<Found> before = Find(base);
  if (!before.ok()) return before.status();
  const absl::StatusOr<Found> after = Find(target);
  if (!after.ok()) return after.status();
  absl::StatusOr<v1::ReleaseDiff> diff =
      Diff(*before->pathway, *after->pathway,
           {.examples_max =
                in.max_examples() == 0 ? kExamplesDefault : in.max_examples(),
            .clock = [this] { return store_.Now(); },
            .cancelled = [&call] { return call.Expired(); }});
  if (!diff.ok()) return diff.status();
  diff->set_base_release(before->release.name());
  diff->set_target_release(after->release.name());
  *out.mutable_diff() = *std::move(diff);
  return absl::OkStatus();
}

absl::Status ReleaseMethods::SearchGuidance(const rpc::Call& call,
                                            const v1::SearchGuidanceRequest& in,
                                            v1::SearchGuidanceResponse& out) {
  RequestChecks checks;
  const ReleaseId id = checks.ReleaseName("parent", in.parent());
  const std::vector<SearchWord> words = ParseQuery(in.query());
  checks.Query("query", in.query(), words);
  if (!checks.status().ok()) return checks.status();
  Pager pager(tokens_);
  const absl::Status started = pager.Start(call, in);
  if (!started.ok()) return started;
  const absl::StatusOr<Found> found = Find(id);
  if (!found.ok()) return found.status();
  const auto index = search_.IndexOf(*found->pathway, in.locale());
  if (!index.ok()) return index.status();
  const absl::StatusOr<std::vector<int>> texts = (*index)->Search(words);
  if (!texts.ok()) return texts.status();
  // Content never changes, and so neither do the matches.
  for (std::size_t i = static_cast<std::size_t>(pager.AfterNumber(0));
       i < texts->size(); ++i) {
    const auto& record = found->pathway->source->guidance((*texts)[i]);
    if (!Matches({.audience = in.audience()}, record)) continue;
    if (out.matches_size() == pager.size()) {
      out.set_next_page_token(
          pager.Next(found->release.digest(), absl::StrCat(i)));
      break;
    }
    const absl::StatusOr<Snippet> snippet =
        (*index)->SnippetOf((*texts)[i], words);
    if (!snippet.ok()) return snippet.status();
    v1::GuidanceMatch& match = *out.add_matches();
    *match.mutable_guidance() =
        MakeGuidance(found->release, *found->pathway, record, in.locale());
    match.set_snippet(snippet->text);
    for (const TextSpan& span : snippet->highlights) {
      v1::TextRange& range = *match.add_highlights();
      range.set_start(span.start);
      range.set_end(span.end);
    }
  }
  return absl::OkStatus();
}

absl::Status ReleaseMethods::Withdraw(const rpc::Call& call,
                                      const v1::WithdrawReleaseRequest& in,
                                      v1::WithdrawReleaseResponse& out) {
  RequestChecks checks;
  const WithdrawalOrder order = {
      .release = checks.ReleaseName("name", in.name()),
      .reason = in.reason(),
      .force = in.force()};
  checks.Reason("reason", in.reason());
  checks.RequestId(in.request_id());
  if (!checks.status().ok()) return checks.status();
  std::vector<ChannelId> channels;
  bool is_new = false;
  const absl::Status status = store_.Change(
      call, in, out, [&](Transaction& transaction) -> absl::Status {
        const Actor publisher = store_.ActorOf(call);
        if (in.validate_only()) {
          absl::StatusOr<PreparedWithdrawal> prepared =
              PrepareWithdrawal(transaction, policy_, publisher, order);
          if (!prepared.ok()) return prepared.status();
          *out.mutable_release() = std::move(prepared->release);
          return SetStatement(prepared->statement, out.mutable_statement());
        }
        absl::StatusOr<v1::Release> release = WithdrawRelease(
            transaction, policy_, publisher, order, GivenStatement(in));
        if (!release.ok()) return release.status();
        absl::StatusOr<std::vector<v1::ChannelMove>> newest =
            NewestMoves(transaction, order.release.pathway_id);
        if (!newest.ok()) return newest.status();
        for (const v1::ChannelMove& move : *newest) {
          channels.push_back(ChannelOf(move));
        }
        *out.mutable_release() = *std::move(release);
        is_new = true;
        return absl::OkStatus();
      });
  // Not where a request that was answered is repeated.
  if (status.ok() && is_new) on_withdrawn_(out.release(), channels);
  return status;
}

absl::Status ReleaseMethods::GetQuestionnaire(
    const v1::GetQuestionnaireRequest& in, v1::GetQuestionnaireResponse& out) {
  RequestChecks checks;
  const ReleaseId id = checks.QuestionnaireName("name", in.name());
  if (!checks.status().ok()) return checks.status();
  const absl::StatusOr<Found> found = Find(id);
  if (!found.ok()) return found.status();
  *out.mutable_questionnaire() =
      MakeQuestionnaire(found->release, *found->pathway, in.locale());
  return absl::OkStatus();
}

absl::Status ReleaseMethods::GetGuidance(const v1::GetGuidanceRequest& in,
                                         v1::GetGuidanceResponse& out) {
  RequestChecks checks;
  const GuidanceId id = checks.GuidanceName("name", in.name());
  if (!checks.status().ok()) return checks.status();
  const absl::StatusOr<Found> found = Find(id.release);
  if (!found.ok()) return found.status();
  absl::StatusOr<v1::Guidance> guidance = FindGuidance(
      found->release, *found->pathway, id.guidance_id, in.locale());
  if (!guidance.ok()) return guidance.status();
  *out.mutable_guidance() = *std::move(guidance);
  return absl::OkStatus();
}

absl::Status ReleaseMethods::ListGuidance(const rpc::Call& call,
                                          const v1::ListGuidanceRequest& in,
                                          v1::ListGuidanceResponse& out) {
  RequestChecks checks;
  ReleaseId id = checks.ReleaseName("parent", in.parent());
  if (!checks.status().ok()) return checks.status();
  Pager pager(tokens_);
  const absl::Status started = pager.Start(call, in);
  if (!started.ok()) return started;
  // Content never changes: the release itself is what the pages are pinned to.
  const absl::StatusOr<Found> found = Find(id);
  if (!found.ok()) return found.status();
  const pathway::CompiledPathway& pathway = *found->pathway;
  const auto& records = pathway.source->guidance();
  for (int i = static_cast<int>(pager.AfterNumber(-1)) + 1; i < records.size();
       ++i) {
    if (!Matches(FilterOf(in), records[i])) continue;
    if (out.guidance_size() == pager.size()) {
      out.set_next_page_token(
          pager.Next(found->release.digest(), absl::StrCat(i - 1)));
      break;
    }
    *out.add_guidance() =
        MakeGuidance(found->release, pathway, records[i], in.locale());
  }
  return absl::OkStatus();
}

}  // namespace plumbline::content
