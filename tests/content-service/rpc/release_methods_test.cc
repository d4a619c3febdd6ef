// What readers get of published content, against a running server.

#include "content-service/rpc/release_methods.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>
#include <thread>
#include <vector>

#include "common/pathway/content.h"
#include "common/rpc/error_details.h"
#include "common/trust/statement.h"
#include "content-service/domain/compile_sources.h"
#include "content-service/domain/questionnaire.h"
#include "tests/content-service/support/content_server.h"
#include "tests/support/status_matchers.h"

namespace plumbline::content {
namespace {

using ::plumbline::testing::IsOk;
using ::plumbline::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Stub = v1::ContentService::Stub;

class ReleaseMethodsTest : public ::testing::Test {
 protected:
  ReleaseMethodsTest() : ReleaseMethodsTest(ContentServer::Options()) {}
  explicit ReleaseMethodsTest(ContentServer::Options options)
      : server_(options), release_(server_.Release(SourcesOf(kTinyFolder))) {}

  std::string In(const std::string& rest) const {
    return release_.name() + rest;
  }

  absl::StatusOr<v1::Questionnaire> Questionnaire(const std::string& locale) {
    v1::GetQuestionnaireRequest request;
    request.set_name(In("/questionnaire"));
    request.set_locale(locale);
    const auto response =
        server_.Call("assessor", &Stub::GetQuestionnaire, request);
    if (!response.ok()) return response.status();
    return response->questionnaire();
  }

  std::vector<std::string> GuidanceIds(v1::ListGuidanceRequest request) {
    request.set_parent(release_.name());
    const auto response = server_.Call("reader", &Stub::ListGuidance, request);
    EXPECT_THAT(response, IsOk());
    std::vector<std::string> ids;
    if (!response.ok()) return ids;
    for (const v1::Guidance& guidance : response->guidance()) {
      ids.push_back(guidance.record().guidance_id());
    }
    return ids;
  }

  ContentServer server_;
  const v1::Release release_;
};

TEST_F(ReleaseMethodsTest, SummarizesAPathway) {
  server_.Move("pathways/tiny/channels/stable", release_.name());
  v1::GetPathwayRequest request;
  request.set_name("pathways/tiny");
  const auto response = server_.Call("reader", &Stub::GetPathway, request);
  ASSERT_THAT(response, IsOk());
  const v1::PathwaySummary& pathway = response->pathway();
  EXPECT_EQ(pathway.title(), "Sore finger");
  EXPECT_EQ(pathway.latest_release(), "pathways/tiny/releases/1");
  EXPECT_EQ(pathway.release_count(), 1);
  EXPECT_THAT(pathway.locales(), ElementsAre("en", "es"));
  EXPECT_THAT(pathway.channel_ids(), ElementsAre("stable"));
  EXPECT_TRUE(pathway.has_create_time());
}

TEST_F(ReleaseMethodsTest, ListsPathwaysWithoutReleasesToo) {
  v1::CreateDraftRequest create;
  create.set_parent("pathways/another");
  ASSERT_THAT(server_.Call("author", &Stub::CreateDraft, create), IsOk());
  const auto response =
      server_.Call("reader", &Stub::ListPathways, v1::ListPathwaysRequest());
  ASSERT_THAT(response, IsOk());
  ASSERT_EQ(response->pathways_size(), 2);
  EXPECT_EQ(response->pathways(0).name(), "pathways/another");
  EXPECT_EQ(response->pathways(0).latest_release(), "");
  EXPECT_EQ(response->pathways(1).title(), "Sore finger");
}

TEST_F(ReleaseMethodsTest, NamesWhatDoesNotExist) {
  const auto failure = [&](const std::string& name) {
    v1::GetReleaseRequest request;
    request.set_name(name);
    return server_.Call("reader", &Stub::GetRelease, request).status();
  };
  EXPECT_THAT(
      failure("pathways/absent/releases/1"),
      StatusIs(absl::StatusCode::kNotFound, "there is no pathways/absent"));
  EXPECT_EQ(rpc::ReasonOf(failure("pathways/absent/releases/1")),
            "PATHWAY_NOT_FOUND");
  EXPECT_THAT(failure("pathways/tiny/releases/2"),
              StatusIs(absl::StatusCode::kNotFound,
                       "there is no pathways/tiny/releases/2"));
  EXPECT_EQ(rpc::ReasonOf(failure("pathways/tiny/releases/2")),
            "RELEASE_NOT_FOUND");
  const std::string unknown(64, 'f');
  EXPECT_EQ(rpc::ReasonOf(failure("pathways/tiny/releases/" + unknown)),
            "RELEASE_NOT_FOUND");
  v1::GetGuidanceRequest guidance;
  guidance.set_name(In("/guidance/absent"));
  const absl::Status missing =
      server_.Call("reader", &Stub::GetGuidance, guidance).status();
  EXPECT_THAT(missing,
              StatusIs(absl::StatusCode::kNotFound,
                       "there is no pathways/tiny/releases/1/guidance/absent"));
  EXPECT_EQ(rpc::ReasonOf(missing), "GUIDANCE_NOT_FOUND");
}

TEST_F(ReleaseMethodsTest, PinsTheListOfReleases) {
  server_.Release(TinyWith("pathway.txtpb", "Sore finger", "Sore thumb"));
  v1::ListReleasesRequest list;
  list.set_parent("pathways/tiny");
  list.set_page_size(1);
  const auto first = server_.Call("reader", &Stub::ListReleases, list);
  ASSERT_THAT(first, IsOk());
  EXPECT_EQ(first->releases(0).number(), 2);
  EXPECT_EQ(first->releases(0).content(), "");
  server_.Release(TinyWith("pathway.txtpb", "Sore finger", "Sore toe"));
  list.set_page_token(first->next_page_token());
  const auto second = server_.Call("reader", &Stub::ListReleases, list);
  ASSERT_THAT(second, IsOk());
  ASSERT_EQ(second->releases_size(), 1);
  EXPECT_EQ(second->releases(0).number(), 1);
  EXPECT_EQ(second->next_page_token(), "");
}

TEST_F(ReleaseMethodsTest, RefusesPagesThatCannotBe) {
  v1::ListReleasesRequest list;
  list.set_parent("pathways/tiny");
  list.set_page_size(-1);
  EXPECT_THAT(server_.Call("reader", &Stub::ListReleases, list),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "page_size: must not be negative: -1"));
  list.clear_page_size();
  list.set_page_token("bm90IGEgdG9rZW4");
  EXPECT_EQ(
      rpc::ReasonOf(server_.Call("reader", &Stub::ListReleases, list).status()),
      "PAGE_TOKEN_INVALID");
}

TEST_F(ReleaseMethodsTest, GivesTheQuestionnaireInALocale) {
  const auto english = Questionnaire("");
  ASSERT_THAT(english, IsOk());
  EXPECT_EQ(english->locale(), "en");
  EXPECT_EQ(english->digest(), release_.digest());
  EXPECT_EQ(english->name(), "pathways/tiny/releases/1/questionnaire");
  EXPECT_EQ(english->title(), "Sore finger");
  ASSERT_EQ(english->items_size(), 3);
  EXPECT_EQ(english->items(0).prompt(), "Does it bleed?");
  EXPECT_EQ(english->dispositions(0).title(), "Go now");
  EXPECT_EQ(english->dispositions(4).title(), "At home");
  EXPECT_EQ(english->review_note(), "");

  const auto spanish = Questionnaire("es-MX");
  ASSERT_THAT(spanish, IsOk());
  EXPECT_EQ(spanish->locale(), "es");
  EXPECT_EQ(spanish->title(), "Dedo dolorido");
  EXPECT_EQ(spanish->items(0).prompt(), "¿Sangra?");
  EXPECT_EQ(spanish->items(0).help(), "Primero presione diez minutos.");
  EXPECT_EQ(spanish->items(0).options(1).text(), "Sí, y no para");
  EXPECT_EQ(spanish->items(1).bands(0).label(), "Leve");
  EXPECT_EQ(spanish->groups(0).title(), "Su dedo");
  EXPECT_EQ(spanish->dispositions(0).title(), "Ya");
  EXPECT_EQ(spanish->emergency_signs(0).text(), "Un sangrado que no para.");
  EXPECT_EQ(spanish->review_note(), "A translator has still to review this.");
  EXPECT_THAT(spanish->untranslated(), IsEmpty());

  EXPECT_EQ(Questionnaire("fr")->locale(), "en");
}

TEST(QuestionnaireTest, HasTheInstrumentsWhoseNoticesAreShown) {
  const CompiledSources compiled =
      CompileSources("measures", SourcesOf("tests/fixtures/pathways/measures"),
                     [] { return absl::UnixEpoch(); });
  const auto pathway = pathway::LoadContent(compiled.content);
  ASSERT_THAT(pathway, IsOk());
  const v1::Questionnaire questionnaire =
      MakeQuestionnaire(v1::Release(), **pathway, "es");
  ASSERT_EQ(questionnaire.instruments_size(), 10);
  EXPECT_EQ(questionnaire.instruments(0).instrument_id(), "gad-2");
  EXPECT_EQ(questionnaire.items(2).prompt(), "PHQ-9, pregunta 1");
}

TEST_F(ReleaseMethodsTest, GivesGuidanceWithItsSourcesInWords) {
  v1::GetGuidanceRequest request;
  request.set_name(In("/guidance/ice"));
  request.set_locale("es");
  const auto response = server_.Call("reader", &Stub::GetGuidance, request);
  ASSERT_THAT(response, IsOk());
  const v1::Guidance& guidance = response->guidance();
  EXPECT_EQ(guidance.locale(), "es");
  ASSERT_EQ(guidance.record().texts_size(), 1);
  EXPECT_EQ(guidance.record().texts(0).title(), "Hielo");
  ASSERT_EQ(guidance.citations_size(), 2);
  EXPECT_EQ(guidance.citations(0).source_id(), "book");
  EXPECT_EQ(guidance.citations(0).citation(), "Invented handbook of fingers.");
  EXPECT_EQ(guidance.citations(1).source_id(), "E-01");
  EXPECT_EQ(guidance.citations(1).citation(), "Invented handbook of fingers.");
  EXPECT_EQ(guidance.citations(1).statement(), "Strong pain is worth a visit.");
}

TEST_F(ReleaseMethodsTest, FiltersGuidance) {
  EXPECT_THAT(GuidanceIds({}), ElementsAre("press", "ice", "rest"));
  v1::ListGuidanceRequest by_kind;
  by_kind.set_kind(pathway::v1::GUIDANCE_KIND_URGENT);
  EXPECT_THAT(GuidanceIds(by_kind), ElementsAre("press"));
  v1::ListGuidanceRequest by_disposition;
  by_disposition.set_disposition(pathway::v1::DISPOSITION_ROUTINE);
  EXPECT_THAT(GuidanceIds(by_disposition), ElementsAre("ice", "rest"));
  v1::ListGuidanceRequest by_region;
  by_region.set_region("knee");
  EXPECT_THAT(GuidanceIds(by_region), ElementsAre("press", "rest"));
  v1::ListGuidanceRequest by_audience;
  by_audience.set_audience(pathway::v1::AUDIENCE_CLINICIAN);
  EXPECT_THAT(GuidanceIds(by_audience), IsEmpty());
}

TEST_F(ReleaseMethodsTest, ListsGuidancePageByPage) {
  v1::ListGuidanceRequest list;
  list.set_parent(release_.name());
  list.set_page_size(2);
  const auto first = server_.Call("reader", &Stub::ListGuidance, list);
  ASSERT_THAT(first, IsOk());
  EXPECT_EQ(first->guidance_size(), 2);
  list.set_page_token(first->next_page_token());
  const auto second = server_.Call("reader", &Stub::ListGuidance, list);
  ASSERT_THAT(second, IsOk());
  ASSERT_EQ(second->guidance_size(), 1);
  EXPECT_EQ(second->guidance(0).name(),
            "pathways/tiny/releases/1/guidance/rest");
  EXPECT_EQ(second->next_page_token(), "");
}

class DiffReleasesTest : public ReleaseMethodsTest {
 protected:
  absl::StatusOr<v1::DiffReleasesResponse> Diff(const std::string& base,
                                                const std::string& target,
                                                int max_examples = 0) {
    v1::DiffReleasesRequest request;
    request.set_base_release(base);
    request.set_target_release(target);
    request.set_max_examples(max_examples);
    return server_.Call("reader", &Stub::DiffReleases, request);
  }
};

TEST_F(DiffReleasesTest, TellsElementsAndEffects) {
  const v1::Release second = server_.Release(
      TinyWith("rules.txtpb", "pain.now >= 7", "pain.now >= 8"));
  const auto response = Diff(release_.name(), second.name());
  ASSERT_THAT(response, IsOk());
  const v1::ReleaseDiff& diff = response->diff();
  EXPECT_EQ(diff.base_release(), release_.name());
  EXPECT_EQ(diff.target_release(), second.name());
  ASSERT_EQ(diff.changes_size(), 1);
  EXPECT_EQ(diff.changes(0).element(), "rules/R-R01/when");
  ASSERT_EQ(diff.effects_size(), 4);
  EXPECT_EQ(diff.effects(0).verdict(), v1::DispositionEffect::VERDICT_SOME);
  EXPECT_EQ(diff.effects(0).examples(0).intake().answers(1).integer(), 7);
  EXPECT_EQ(diff.effects(1).verdict(), v1::DispositionEffect::VERDICT_NONE);
}

TEST_F(DiffReleasesTest, TakesDigestsAndNamesReleases) {
  const std::string by_digest = "pathways/tiny/releases/" + release_.digest();
  const auto response = Diff(by_digest, by_digest);
  ASSERT_THAT(response, IsOk());
  EXPECT_EQ(response->diff().base_release(), release_.name());
  EXPECT_EQ(response->diff().changes_size(), 0);
}

TEST_F(DiffReleasesTest, NamesAllThatIsWrong) {
  EXPECT_THAT(Diff("tiny/1", release_.name(), 21),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       ::testing::AllOf(
                           ::testing::HasSubstr("base_release: "),
                           ::testing::HasSubstr(
                               "max_examples: must be from 1 to 20, or 0 for "
                               "3"))));
  EXPECT_THAT(
      Diff("pathways/other/releases/1", release_.name()),
      StatusIs(absl::StatusCode::kInvalidArgument,
               ::testing::HasSubstr("target_release: is of tiny, and "
                                    "base_release of other; only releases of "
                                    "one pathway are compared")));
  EXPECT_THAT(Diff(release_.name(), "pathways/tiny/releases/9"),
              StatusIs(absl::StatusCode::kNotFound));
}

// Four wait, and one is made; or none yet, where all come at once.
TEST_F(DiffReleasesTest, RefusesMoreThanCanWait) {
  constexpr int kCalls = 60;
  std::array<absl::Status, kCalls> answers;
  std::vector<std::thread> callers;
  for (absl::Status& answer : answers) {
    callers.emplace_back([this, &answer] {
      answer = Diff(release_.name(), release_.name()).status();
    });
  }
  for (std::thread& caller : callers) caller.join();
  const auto done = std::count_if(answers.begin(), answers.end(),
                                  [](const auto& is) { return is.ok(); });
  EXPECT_GE(done, 4);
  EXPECT_LT(done, kCalls);
  for (const absl::Status& answer : answers) {
    if (answer.ok()) continue;
    EXPECT_THAT(answer, StatusIs(absl::StatusCode::kResourceExhausted));
  }
}

TEST_F(ReleaseMethodsTest, SearchesGuidanceAndMarksWhatItFound) {
  v1::SearchGuidanceRequest request;
  request.set_parent(release_.name());
  request.set_query("hielo*");
  request.set_locale("es");
  const auto found = server_.Call("reader", &Stub::SearchGuidance, request);
  ASSERT_THAT(found, IsOk());
  ASSERT_EQ(found->matches_size(), 1);
  const v1::GuidanceMatch& match = found->matches(0);
  EXPECT_EQ(match.guidance().record().guidance_id(), "ice");
  ASSERT_EQ(match.highlights_size(), 1);
  const v1::TextRange& range = match.highlights(0);
  EXPECT_EQ(match.snippet().substr(range.start(), range.end() - range.start()),
            "hielo");
  request.set_audience(pathway::v1::AUDIENCE_CLINICIAN);
  EXPECT_THAT(server_.Call("reader", &Stub::SearchGuidance, request)->matches(),
              IsEmpty());
}

TEST_F(ReleaseMethodsTest, SearchGoesOnPageByPage) {
  v1::SearchGuidanceRequest request;
  request.set_parent(release_.name());
  request.set_query("the*");
  const auto whole = server_.Call("reader", &Stub::SearchGuidance, request);
  ASSERT_THAT(whole, IsOk());
  ASSERT_GT(whole->matches_size(), 1);
  request.set_page_size(1);
  std::vector<std::string> names;
  do {
    const auto page = server_.Call("reader", &Stub::SearchGuidance, request);
    ASSERT_THAT(page, IsOk());
    for (const v1::GuidanceMatch& match : page->matches()) {
      names.push_back(match.guidance().name());
    }
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  ASSERT_EQ(static_cast<int>(names.size()), whole->matches_size());
  for (int i = 0; i < whole->matches_size(); ++i) {
    EXPECT_EQ(names[i], whole->matches(i).guidance().name());
  }
}

TEST_F(ReleaseMethodsTest, RefusesAQueryWithoutWords) {
  v1::SearchGuidanceRequest request;
  request.set_parent(release_.name());
  std::string many;
  for (int i = 0; i < 17; ++i) many += "w" + std::to_string(i) + " ";
  for (const std::string& query :
       {std::string(), std::string("\" * --"), std::string(201, 'a'), many,
        std::string("heat\0pad", 8)}) {
    request.set_query(query);
    EXPECT_THAT(server_.Call("reader", &Stub::SearchGuidance, request).status(),
                StatusIs(absl::StatusCode::kInvalidArgument,
                         ::testing::HasSubstr("query")));
  }
}

class WithdrawTest : public ReleaseMethodsTest {
 protected:
  using ReleaseMethodsTest::ReleaseMethodsTest;

  v1::WithdrawReleaseRequest Request(bool force = false) {
    v1::WithdrawReleaseRequest request;
    request.set_name(release_.name());
    request.set_reason("The dose is wrong.");
    request.set_force(force);
    return request;
  }

  // With the statement that is to be signed now.
  v1::WithdrawReleaseRequest Stated(bool force = false) {
    v1::WithdrawReleaseRequest request = Request(force);
    request.set_validate_only(true);
    const auto checked =
        server_.Call("publisher", &Stub::WithdrawRelease, request);
    EXPECT_THAT(checked, IsOk());
    if (checked.ok()) request.set_statement(checked->statement());
    request.set_validate_only(false);
    return request;
  }

  absl::StatusOr<v1::WithdrawReleaseResponse> Withdraw(bool force = false) {
    v1::WithdrawReleaseRequest request = Stated(force);
    server_.Sign("publisher-1", &request);
    return server_.Call("publisher", &Stub::WithdrawRelease, request);
  }

  v1::Release Now() {
    v1::GetReleaseRequest request;
    request.set_name(release_.name());
    const auto got = server_.Call("reader", &Stub::GetRelease, request);
    EXPECT_THAT(got, IsOk());
    return got.ok() ? got->release() : v1::Release();
  }
};

TEST_F(WithdrawTest, StatesWhatThePublisherSigns) {
  const v1::WithdrawReleaseRequest request = Stated();
  const auto statement = trust::ParseStatement(request.statement());
  ASSERT_THAT(statement, IsOk());
  EXPECT_EQ(statement->kind(), v1::STATEMENT_KIND_WITHDRAWAL);
  EXPECT_EQ(statement->role(), v1::KEY_ROLE_PUBLISHER);
  EXPECT_EQ(statement->release_number(), 1);
  EXPECT_EQ(statement->digest(), release_.digest());
  EXPECT_EQ(statement->reason(), "The dose is wrong.");
  EXPECT_EQ(Now().state(), v1::Release::STATE_PUBLISHED);
}

TEST_F(WithdrawTest, KeepsTheReleaseAndRefusesMovesToIt) {
  ASSERT_THAT(Withdraw(), IsOk());
  const v1::Release release = Now();
  EXPECT_EQ(release.state(), v1::Release::STATE_WITHDRAWN);
  EXPECT_EQ(release.withdrawal().principal(), "publisher");
  EXPECT_EQ(release.withdrawal().reason(), "The dose is wrong.");
  EXPECT_EQ(release.withdrawal().digest(), release_.digest());
  EXPECT_THAT(release.withdrawal().attestation().signatures(),
              ::testing::SizeIs(1));
  v1::MoveChannelRequest move;
  move.set_name("pathways/tiny/channels/stable");
  move.set_release(release_.name());
  move.set_reason("again");
  move.set_validate_only(true);
  const absl::Status refused =
      server_.Call("operator", &Stub::MoveChannel, move).status();
  EXPECT_EQ(rpc::ReasonOf(refused), "RELEASE_WITHDRAWN");
  EXPECT_EQ(
      rpc::ReasonOf(server_.Call("publisher", &Stub::WithdrawRelease, Request())
                        .status()),
      "RELEASE_WITHDRAWN");
  server_.Restart();
  EXPECT_EQ(Now().state(), v1::Release::STATE_WITHDRAWN);
}

TEST_F(WithdrawTest, NeedsForceWhereAChannelPointsToIt) {
  server_.Move("pathways/tiny/channels/stable", release_.name());
  v1::WithdrawReleaseRequest request = Request();
  request.set_validate_only(true);
  const absl::Status refused =
      server_.Call("publisher", &Stub::WithdrawRelease, request).status();
  EXPECT_EQ(rpc::ReasonOf(refused), "RELEASE_ACTIVE");
  EXPECT_THAT(refused,
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       "pathways/tiny/channels/stable points to "
                       "pathways/tiny/releases/1; move it elsewhere first, or "
                       "withdraw with force: replicas then go on serving it, "
                       "marked, until the channel is moved"));
  ASSERT_THAT(Withdraw(/*force=*/true), IsOk());
  v1::GetChannelRequest get;
  get.set_name("pathways/tiny/channels/stable");
  const auto channel = server_.Call("reader", &Stub::GetChannel, get);
  ASSERT_THAT(channel, IsOk());
  EXPECT_TRUE(channel->channel().withdrawn());
}

TEST_F(WithdrawTest, IsMadeOnceHoweverOftenItIsAsked) {
  v1::WithdrawReleaseRequest request = Stated();
  server_.Sign("publisher-1", &request);
  request.set_request_id("again");
  const auto first = server_.Call("publisher", &Stub::WithdrawRelease, request);
  ASSERT_THAT(first, IsOk());
  const auto second =
      server_.Call("publisher", &Stub::WithdrawRelease, request);
  ASSERT_THAT(second, IsOk());
  EXPECT_EQ(second->SerializeAsString(), first->SerializeAsString());
}

// The statement says nothing of channels.
TEST_F(WithdrawTest, SeesAMoveBetweenItsStatementAndItsCall) {
  v1::WithdrawReleaseRequest request = Stated();
  server_.Move("pathways/tiny/channels/stable", release_.name());
  server_.Sign("publisher-1", &request);
  EXPECT_EQ(
      rpc::ReasonOf(
          server_.Call("publisher", &Stub::WithdrawRelease, request).status()),
      "RELEASE_ACTIVE");
  EXPECT_EQ(Now().state(), v1::Release::STATE_PUBLISHED);
}

TEST_F(WithdrawTest, TakesADigestForAName) {
  v1::WithdrawReleaseRequest request = Stated();
  request.set_name("pathways/tiny/releases/" + release_.digest());
  server_.Sign("publisher-1", &request);
  const auto withdrawn =
      server_.Call("publisher", &Stub::WithdrawRelease, request);
  ASSERT_THAT(withdrawn, IsOk());
  EXPECT_EQ(withdrawn->release().name(), release_.name());
}

TEST_F(WithdrawTest, IsSignedByAPublisher) {
  v1::WithdrawReleaseRequest unsigned_request = Request();
  EXPECT_EQ(
      rpc::ReasonOf(
          server_.Call("publisher", &Stub::WithdrawRelease, unsigned_request)
              .status()),
      "STATEMENT_REQUIRED");
  v1::WithdrawReleaseRequest wrong_role = Stated();
  server_.Sign("approver-1", &wrong_role);
  EXPECT_EQ(rpc::ReasonOf(
                server_.Call("publisher", &Stub::WithdrawRelease, wrong_role)
                    .status()),
            "KEY_ROLE");
  v1::WithdrawReleaseRequest other_reason = Stated();
  other_reason.set_reason("Another.");
  server_.Sign("publisher-1", &other_reason);
  EXPECT_EQ(rpc::ReasonOf(
                server_.Call("publisher", &Stub::WithdrawRelease, other_reason)
                    .status()),
            "STATEMENT_MISMATCH");
  EXPECT_EQ(Now().state(), v1::Release::STATE_PUBLISHED);
}

class TwoPublishersTest : public WithdrawTest {
 protected:
  TwoPublishersTest() : WithdrawTest({.publishers_required = 2}) {}
};

TEST_F(TwoPublishersTest, BothMustSign) {
  v1::WithdrawReleaseRequest request = Stated();
  server_.Sign("publisher-1", &request);
  const absl::Status refused =
      server_.Call("publisher", &Stub::WithdrawRelease, request).status();
  EXPECT_EQ(rpc::ReasonOf(refused), "THRESHOLD_NOT_MET");
  EXPECT_THAT(
      refused.message(),
      ::testing::HasSubstr("1 of 2 required signatures in the role publisher"));
  EXPECT_EQ(Now().state(), v1::Release::STATE_PUBLISHED);

  server_.Sign("publisher-2", &request);
  const auto withdrawn =
      server_.Call("publisher", &Stub::WithdrawRelease, request);
  ASSERT_THAT(withdrawn, IsOk());
  EXPECT_THAT(withdrawn->release().withdrawal().attestation().signatures(),
              ::testing::SizeIs(2));
}

TEST_F(TwoPublishersTest, OneDoesNotSignTwice) {
  v1::WithdrawReleaseRequest request = Stated();
  server_.Sign("publisher-1", &request);
  server_.Sign("publisher-1", &request);
  EXPECT_EQ(
      rpc::ReasonOf(
          server_.Call("publisher", &Stub::WithdrawRelease, request).status()),
      "SIGNATURE_INVALID");
  EXPECT_EQ(Now().state(), v1::Release::STATE_PUBLISHED);
}

}  // namespace
}  // namespace plumbline::content
