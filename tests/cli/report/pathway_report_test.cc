// The whole page, of an invented pathway and of the shipped one.

#include "cli/report/pathway_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/pathway_folder.h"
#include "tests/support/plumb.h"

namespace plumbline::cli {
namespace {

using ::plumbline::testing::kBackPain;
using ::plumbline::testing::kTiny;
using ::testing::HasSubstr;
using ::testing::Not;

// What the cases and the texts say; the proofs are others' to test.
content::v1::GateReport GateOf(const pathway::CompiledPathway& pathway) {
  content::v1::GateReport gate;
  gate.set_digest(pathway.digest);
  gate.set_passed(true);
  gate.set_as_of_date("2027-05-01");
  content::v1::PropertyResult& monotone = *gate.add_properties();
  monotone.set_property("monotone");
  monotone.set_verdict(content::v1::PropertyResult::VERDICT_PROVED);
  return gate;
}

std::string ReportOf(const std::string& folder,
                     const MutationTally* mutations = nullptr) {
  const auto read = ReadPathwayFolder(folder);
  EXPECT_TRUE(read.ok()) << read.status();
  if (!read.ok()) return "";
  return PathwayReport(*read->pathway, GateOf(*read->pathway), mutations);
}

// Every value of an attribute.
std::vector<std::string> ValuesOf(const std::string& page,
                                  const std::string& attribute) {
  std::vector<std::string> values;
  const std::string begin = absl::StrCat(" ", attribute, "=\"");
  for (std::size_t at = page.find(begin); at != std::string::npos;
       at = page.find(begin, at + 1)) {
    const std::size_t first = at + begin.size();
    values.push_back(page.substr(first, page.find('"', first) - first));
  }
  return values;
}

// The elements that are open where another is closed, or at the end.
std::string UnbalancedIn(const std::string& page) {
  std::vector<std::string> open;
  for (std::size_t at = page.find('<'); at != std::string::npos;
       at = page.find('<', at + 1)) {
    const std::size_t end = page.find_first_of(" >/", at + 1);
    if (page[at + 1] == '!') continue;
    if (page[at + 1] == '/') {
      const std::string name = page.substr(at + 2, page.find('>', at) - at - 2);
      if (open.empty() || open.back() != name) return absl::StrCat("/", name);
      open.pop_back();
      continue;
    }
    const std::string name = page.substr(at + 1, end - at - 1);
    const bool is_closed = page[page.find('>', at) - 1] == '/';
    if (name != "meta" && !is_closed) open.push_back(name);
  }
  return absl::StrJoin(open, " ");
}

class PathwayReportTest : public ::testing::TestWithParam<const char*> {};

TEST_P(PathwayReportTest, LinksLeadSomewhere) {
  const std::string page = ReportOf(GetParam());
  const std::vector<std::string> ids = ValuesOf(page, "id");
  const std::set<std::string> places(ids.begin(), ids.end());
  EXPECT_EQ(places.size(), ids.size()) << "an id is there twice";
  std::set<std::string> astray;
  for (const std::string& link : ValuesOf(page, "href")) {
    if (link[0] != '#' || places.count(link.substr(1)) == 0) {
      astray.insert(link);
    }
  }
  EXPECT_EQ(absl::StrJoin(astray, "\n"), "");
}

TEST_P(PathwayReportTest, IsWholeByItself) {
  const std::string page = ReportOf(GetParam());
  EXPECT_EQ(UnbalancedIn(page), "");
  for (const char* outside :
       {"<script", "<link", "<img", " src=", "@import", "url(", "http"}) {
    EXPECT_THAT(page, Not(HasSubstr(outside)));
  }
  EXPECT_EQ(page, ReportOf(GetParam()));
}

INSTANTIATE_TEST_SUITE_P(Pathways, PathwayReportTest,
                         ::testing::Values(kTiny, kBackPain));

TEST(PathwayReportTinyTest, SaysThatAClinicianMustApprove) {
  EXPECT_THAT(ReportOf(kTiny), HasSubstr("A clinician must approve it before "
                                         "it is used with patients."));
}

TEST(PathwayReportTinyTest, ShowsQuestionsInBothLanguages) {
  const std::string page = ReportOf(kTiny);
  EXPECT_THAT(page, HasSubstr("<p class=\"prompt\">Does it bleed?</p>"));
  EXPECT_THAT(page, HasSubstr("<div lang=\"es\"><p class=\"prompt\">"));
  EXPECT_THAT(page, HasSubstr("Left open: at least <span class=\"disposition "
                              "d4\">Same day</span> We do not know whether it "
                              "bleeds."));
  EXPECT_THAT(page, HasSubstr("<code>yes</code> 1 case, at least"));
}

// What a clinician would have to gather from all over the page.
TEST(PathwayReportOfBackPainTest, SaysWhatToLookAtBeforeApproval) {
  const std::string page = ReportOf(kBackPain);
  const std::size_t begin = page.find("Before you approve");
  ASSERT_NE(begin, std::string::npos);
  const std::string section =
      page.substr(begin, page.find("<h2", begin) - begin);
  EXPECT_THAT(section,
              HasSubstr("<li>Rules that are a choice of the authors alone: <a "
                        "href=\"#rules/R-E18\">R-E18 HEAD_NECK</a>, "));
  EXPECT_THAT(section, HasSubstr("<a href=\"#sources/haematoma-series\">"));
  EXPECT_THAT(section, HasSubstr("The texts in 'es' carry a remark"));
  EXPECT_THAT(section, HasSubstr("Scores that are not validated:"));
  EXPECT_THAT(section, HasSubstr("<td>Clinician who speaks 'es'</td>"));
}

TEST(PathwayReportTinyTest, SaysWhatABlankGives) {
  const std::string page = ReportOf(kTiny);
  EXPECT_THAT(page,
              HasSubstr("At least <span class=\"disposition d4\">Same day"
                        "</span> where that keeps one of these from being "
                        "decided: <a href=\"#rules/R-E01\">R-E01</a>."));
  EXPECT_THAT(page, HasSubstr("Left open: nothing of its own;"));
}

TEST(PathwayReportTinyTest, LinksRulesToTheirCases) {
  EXPECT_THAT(ReportOf(kTiny),
              HasSubstr("<summary>1 case</summary><a href=\"#cases/T-1\">T-1"
                        "</a>"));
}

TEST(PathwayReportTinyTest, SaysWhichAnswersAreWorse) {
  const std::string page = ReportOf(kTiny);
  EXPECT_THAT(page, HasSubstr("From better to worse: <q>No</q> → <q>Yes, and "
                              "it does not stop</q>."));
  EXPECT_THAT(page, HasSubstr("A larger number is worse."));
  EXPECT_THAT(page, HasSubstr("No answer is worse: It changes the advice and "
                              "not the urgency."));
}

TEST(PathwayReportTinyTest, TellsCaseByCase) {
  EXPECT_THAT(ReportOf(kTiny),
              HasSubstr("<tr id=\"cases/T-1\"><td class=\"name\"><code>T-1"
                        "</code></td><td>"));
}

TEST(PathwayReportTinyTest, TellsEachRuleInASentence) {
  EXPECT_THAT(
      ReportOf(kTiny),
      HasSubstr("<span class=\"disposition d2\">Routine</span> when <a "
                "href=\"#items/pain.now\">How bad is the pain?</a> <i>7</i> or "
                "more.</p>"));
}

TEST(PathwayReportTinyTest, ShowsGuidanceAsItIsRead) {
  const std::string page = ReportOf(kTiny);
  EXPECT_THAT(page, HasSubstr("<h4>Hielo</h4>"));
  EXPECT_THAT(page, HasSubstr("<p class=\"when\">Asked for by <a "
                              "href=\"#rules/R-E01\">rules/R-E01</a>.</p>"));
}

TEST(PathwayReportTinyTest, ShowsWhatTheGateFound) {
  EXPECT_THAT(ReportOf(kTiny),
              HasSubstr("<td class=\"name\">monotone</td><td>A worse answer "
                        "never makes the result less urgent"));
  const auto read = ReadPathwayFolder(kTiny);
  ASSERT_TRUE(read.ok());
  content::v1::GateReport gate = GateOf(*read->pathway);
  gate.set_passed(false);
  content::v1::PropertyResult& floors = *gate.add_properties();
  floors.set_property("floors");
  floors.set_verdict(content::v1::PropertyResult::VERDICT_REFUTED);
  content::v1::Finding& finding = *floors.add_findings();
  finding.set_failure(true);
  finding.add_elements("items/em.bleeding");
  finding.set_message("'yes' gives less");
  finding.set_advice("its floor");
  content::v1::CaseFailure& failure = *gate.add_case_failures();
  failure.set_case_id("TINY-1");
  failure.add_differences("disposition is ROUTINE, expected SAME_DAY");
  const std::string page = PathwayReport(*read->pathway, gate, nullptr);
  EXPECT_THAT(page, HasSubstr("Not passed: nobody can approve this content."));
  EXPECT_THAT(page, HasSubstr("<p class=\"bad\">floors: <a "
                              "href=\"#items/em.bleeding\">items/em.bleeding"
                              "</a> 'yes' gives less.</p>"));
  EXPECT_THAT(page, HasSubstr("What to do: its floor."));
  EXPECT_THAT(page, HasSubstr("disposition is ROUTINE, expected SAME_DAY"));
}

TEST(PathwayReportTinyTest, TellsWhatNothingRefuses) {
  EXPECT_THAT(ReportOf(kTiny),
              HasSubstr("They were not tried for this report."));
  MutationTally tally;
  tally.total.all = 4;
  tally.total.caught_by = {{gate::CaughtBy::kCases, 3},
                           {gate::CaughtBy::kNothing, 1}};
  tally.by_kind[gate::MutationKind::kShiftBound] = tally.total;
  tally.survivors.push_back({.kind = gate::MutationKind::kShiftBound,
                             .element = "rules/R-R01",
                             .what = "when: 7 becomes 8",
                             .apply = nullptr});
  const std::string page = ReportOf(kTiny, &tally);
  EXPECT_THAT(page, HasSubstr("Of those that change a decision, 75.0 % are "
                              "refused."));
  EXPECT_THAT(page, HasSubstr("<tr><td>shift-bound</td><td>4</td><td>1</td>"
                              "<td>0</td><td>0</td><td>3</td><td>0</td></tr>"));
  EXPECT_THAT(page, HasSubstr("<a href=\"#rules/R-R01\">rules/R-R01</a> when: "
                              "7 becomes 8"));
}

TEST(PathwayReportOfBackPainTest, TellsWhatIsLocalFirst) {
  const std::string page = ReportOf(kBackPain);
  const std::size_t local = page.find("<p id=\"sources/local-unknown\">");
  EXPECT_NE(local, std::string::npos);
  EXPECT_LT(local, page.find("<p id=\"sources/article-000\">"));
}

TEST(PathwayReportOfBackPainTest, SaysWhereAnOrderIsNotKept) {
  EXPECT_THAT(ReportOf(kBackPain),
              HasSubstr("A larger number is worse. Exception: by <a "
                        "href=\"#rules/R-E11\">R-E11</a>, <a "
                        "href=\"#rules/R-S19\">R-S19</a> a worse answer may "
                        "give less. A body temperature"));
}

TEST(PathwayReportOfBackPainTest, AccountsForEveryFact) {
  const std::string page = ReportOf(kBackPain);
  EXPECT_THAT(page, HasSubstr("conflicts between sources</a></td><td>57</td>"
                              "<td>54</td><td>3</td><td>0</td>"));
  EXPECT_THAT(page, HasSubstr("article-002</a></td><td>93</td><td>90</td>"
                              "<td>3</td><td>0</td>"));
  EXPECT_THAT(page, Not(HasSubstr("Nothing is said of it.")));
}

}  // namespace
}  // namespace plumbline::cli
