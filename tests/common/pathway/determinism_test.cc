// Decisions are the same bytes whatever compiler built the engine, however many
// threads decide, whatever the locale and the time zone, and after a restart.
//
// golden/random_decisions.txt holds, for the frozen content of
// golden_decisions_test.cc, one SHA-256 over the decisions of random intakes in
// both views. Each preset runs this test, so that both compilers, with and
// without optimisation, must come to the same: sanitized ones to the short
// line, others also to the long one, PLUMBLINE_INTAKES=20000.
//
// The file is written anew as golden/decisions.txt is, by
//   PLUMBLINE_REGENERATE_GOLDEN=1 PLUMBLINE_INTAKES=20000
//   build/<preset>/bin/common_pathway_determinism_test
// and only where the content or kDecisionFormat has changed.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <clocale>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <locale>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/pathway/content.h"
#include "common/pathway/decide.h"
#include "common/pathway/encode_decision.h"
#include "common/trust/digest.h"
#include "tests/common/pathway/example_pathway.h"
#include "tests/common/pathway/random_intake.h"
#include "tests/support/status_matchers.h"

namespace plumbline::pathway {
namespace {

using ::plumbline::testing::IsOk;

constexpr char kFrozenContent[] =
    "tests/common/pathway/golden/back-pain.content";
constexpr char kGoldenFile[] =
    "tests/common/pathway/golden/random_decisions.txt";
constexpr int kShortRun = 200;

std::shared_ptr<const CompiledPathway> LoadFrozen() {
  auto loaded = LoadContent(ReadFileOrDie(kFrozenContent));
  EXPECT_THAT(loaded, IsOk());
  return *loaded;
}

// The decision of one intake in both views; intake `seed` is the same anywhere.
std::string DigestOfOne(const CompiledPathway& pathway, int seed) {
  std::mt19937_64 random(static_cast<std::uint64_t>(seed));
  const CheckedAnswers answers = RandomAnswers(pathway, random);
  const Decision decision = Decide(pathway, answers.intake, answers.evaluation);
  std::string bytes;
  for (const DecisionView view : {DecisionView::kBasic, DecisionView::kFull}) {
    absl::StrAppend(&bytes,
                    EncodeDecision(pathway, answers.intake, answers.evaluation,
                                   decision, "en", view));
  }
  return trust::Sha256(bytes);
}

// One SHA-256 over intakes 1 to `count`.
std::string DigestOf(const CompiledPathway& pathway, int count, int threads) {
  std::vector<std::string> digests(static_cast<std::size_t>(count));
  std::vector<std::thread> workers;
  for (int worker = 0; worker < threads; ++worker) {
    workers.emplace_back([&, worker] {
      for (int i = worker; i < count; i += threads) {
        digests[static_cast<std::size_t>(i)] = DigestOfOne(pathway, i + 1);
      }
    });
  }
  for (std::thread& worker : workers) worker.join();
  std::string all;
  for (const std::string& digest : digests) absl::StrAppend(&all, digest);
  return trust::Sha256Hex(all);
}

int IntakesToRun() {
  const char* const asked = std::getenv("PLUMBLINE_INTAKES");
  int count = kShortRun;
  if (asked == nullptr) return count;
  EXPECT_TRUE(absl::SimpleAtoi(asked, &count)) << asked;
  return count;
}

// What the golden file says: a word, and what it stands for.
std::map<std::string, std::string> Golden() {
  std::map<std::string, std::string> golden;
  std::ifstream file(kGoldenFile);
  for (std::string line; std::getline(file, line);) {
    golden.insert(absl::StrSplit(line, absl::MaxSplits(' ', 1)));
  }
  return golden;
}

void Regenerate(const CompiledPathway& pathway) {
  const std::string format = absl::StrCat(kDecisionFormat);
  std::map<std::string, std::string> golden = Golden();
  const bool same_input = golden["decision_format"] == format &&
                          golden["content"] == pathway.digest;
  ASSERT_FALSE(same_input)
      << "refused: content and kDecisionFormat are those of the file";
  const int count = IntakesToRun();
  std::ofstream file(kGoldenFile);
  file << "decision_format " << format << "\ncontent " << pathway.digest << "\n"
       << kShortRun << " " << DigestOf(pathway, kShortRun, 2) << "\n"
       << count << " " << DigestOf(pathway, count, 2) << "\n";
  ASSERT_TRUE(file.flush().good()) << "cannot write " << kGoldenFile;
}

TEST(DeterminismTest, EveryBuildComesToTheSame) {
  const std::shared_ptr<const CompiledPathway> pathway = LoadFrozen();
  if (std::getenv("PLUMBLINE_REGENERATE_GOLDEN") != nullptr) {
    Regenerate(*pathway);
  }
  const int count = IntakesToRun();
  std::map<std::string, std::string> golden = Golden();
  EXPECT_EQ(golden["content"], pathway->digest);
  EXPECT_EQ(golden["decision_format"], absl::StrCat(kDecisionFormat));
  EXPECT_EQ(golden[absl::StrCat(count)], DigestOf(*pathway, count, 1));
}

TEST(DeterminismTest, ThreadsAndLoadingAgainChangeNothing) {
  const std::string expected = DigestOf(*LoadFrozen(), 40, 1);
  for (const int threads : {2, 3, 8}) {
    EXPECT_EQ(DigestOf(*LoadFrozen(), 40, threads), expected) << threads;
  }
}

// Writes 1.234.567,5 where it is asked to.
class CommaForPoint final : public std::numpunct<char> {
 protected:
  char do_decimal_point() const override { return ','; }
  char do_thousands_sep() const override { return '.'; }
  std::string do_grouping() const override { return "\3"; }
};

TEST(DeterminismTest, LocaleAndTimeZoneChangeNothing) {
  const std::string expected = DigestOf(*LoadFrozen(), 40, 1);

  const std::locale before =
      std::locale::global(std::locale(std::locale(), new CommaForPoint));
  const std::string with_comma = DigestOf(*LoadFrozen(), 40, 1);
  std::locale::global(before);
  EXPECT_EQ(with_comma, expected);

  // Those that are installed; a bare machine has only the first.
  for (const char* name : {"C.UTF-8", "de_DE.UTF-8", "tr_TR.UTF-8"}) {
    if (std::setlocale(LC_ALL, name) == nullptr) continue;
    EXPECT_EQ(DigestOf(*LoadFrozen(), 40, 1), expected) << name;
  }
  std::setlocale(LC_ALL, "C");

  for (const char* zone : {"UTC", "Asia/Kathmandu", "<-1245>12:45"}) {
    ASSERT_EQ(setenv("TZ", zone, 1), 0);
    tzset();
    EXPECT_EQ(DigestOf(*LoadFrozen(), 40, 1), expected) << zone;
  }
  unsetenv("TZ");
  tzset();
}

}  // namespace
}  // namespace plumbline::pathway
