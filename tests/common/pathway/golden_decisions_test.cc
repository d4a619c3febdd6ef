// The bytes of decisions do not change by accident.
//
// golden/decisions.txt holds, for frozen content, the SHA-256 of every case's
// decision in both views, and some decisions byte for byte. The frozen content
// is golden/example.txtpb and golden/back-pain.content, a copy of the shipped
// pathway as it was when the file was last written; later content changes
// nothing here. Where this test fails, the same input gives other bytes, and
// old decisions no longer replay: raise kDecisionFormat, or undo the change.
//
// To write the file again, with the shipped pathway as it is now, run
//   PLUMBLINE_REGENERATE_GOLDEN=1
//   build/<preset>/bin/common_pathway_golden_decisions_test
// from the root of the checkout. While kDecisionFormat is that of the file this
// is refused unless the frozen content gives every line of the file: lines may
// be added, and the shipped pathway may change, but no bytes.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "common/pathway/content.h"
#include "common/pathway/encode_decision.h"
#include "common/pathway/read_folder.h"
#include "common/pathway/texts.h"
#include "common/trust/digest.h"
#include "tests/common/pathway/example_pathway.h"
#include "tests/support/status_matchers.h"

namespace plumbline::pathway {
namespace {

using ::plumbline::testing::IsOk;
using ::testing::ElementsAreArray;
using ::testing::IsEmpty;
using ::testing::IsSubsetOf;

constexpr char kGoldenFile[] = "tests/common/pathway/golden/decisions.txt";
constexpr char kFrozenContent[] =
    "tests/common/pathway/golden/back-pain.content";

// How many cases of each pathway are written byte for byte.
constexpr int kWholeCases = 2;

std::string Encode(const CompiledPathway& pathway, const v1::Case& one,
                   const std::string& locale, DecisionView view) {
  const CheckedAnswers answers = CheckAnswers(pathway, one.answers());
  EXPECT_THAT(answers.violations, IsEmpty()) << one.case_id();
  return EncodeDecision(pathway, answers.intake, answers.evaluation,
                        Decide(pathway, answers.intake, answers.evaluation),
                        ResolveLocale(pathway, locale), view);
}

// What golden/decisions.txt says of one pathway in `locale`; empty: its
// default.
void AddLines(const std::string& content, const std::string& locale,
              std::vector<std::string>& lines) {
  const absl::StatusOr<std::shared_ptr<const CompiledPathway>> loaded =
      LoadContent(content);
  ASSERT_THAT(loaded, IsOk());
  const CompiledPathway& pathway = **loaded;
  lines.push_back(
      absl::StrCat("content ", pathway.pathway_id, " ", pathway.digest));
  int whole = 0;
  for (const v1::Case& one : pathway.source->cases()) {
    const std::string basic =
        Encode(pathway, one, locale, DecisionView::kBasic);
    const std::string full = Encode(pathway, one, locale, DecisionView::kFull);
    lines.push_back(
        absl::StrCat("basic ", one.case_id(), " ", trust::Sha256Hex(basic)));
    lines.push_back(
        absl::StrCat("full ", one.case_id(), " ", trust::Sha256Hex(full)));
    if (++whole > kWholeCases) continue;
    lines.push_back(absl::StrCat("basic_bytes ", one.case_id(), " ",
                                 absl::BytesToHexString(basic)));
    lines.push_back(absl::StrCat("full_bytes ", one.case_id(), " ",
                                 absl::BytesToHexString(full)));
  }
}

// The example with Spanish texts that are not those of the default locale.
v1::Pathway TranslatedExample() {
  v1::Pathway message = ExampleMessage();
  AddSpanish("es: ", message);
  return message;
}

std::vector<std::string> LinesFor(const std::string& back_pain) {
  std::vector<std::string> lines = {
      absl::StrCat("decision_format ", kDecisionFormat)};
  AddLines(ToContent(ExampleMessage()), "", lines);
  AddLines(back_pain, "", lines);
  AddLines(ToContent(TranslatedExample()), "es", lines);
  return lines;
}

std::vector<std::string> GoldenLines() {
  return absl::StrSplit(ReadFileOrDie(kGoldenFile), '\n', absl::SkipEmpty());
}

bool Exists(const std::string& path) { return std::ifstream(path).good(); }

void Write(const std::string& path, const std::string& bytes) {
  std::ofstream file(path, std::ios::binary);
  file << bytes;
  ASSERT_TRUE(file.flush().good()) << "cannot write " << path;
}

void Regenerate() {
  if (Exists(kGoldenFile) &&
      GoldenLines().front() ==
          absl::StrCat("decision_format ", kDecisionFormat)) {
    ASSERT_THAT(GoldenLines(),
                IsSubsetOf(LinesFor(ReadFileOrDie(kFrozenContent))))
        << "refused: the same content gives other bytes; raise "
           "kDecisionFormat first";
  }
  const absl::StatusOr<SourceFiles> files =
      LoadSourceFiles("content-service/pathways/back-pain", kContentBytesMax);
  ASSERT_THAT(files, IsOk());
  const ReadResult read = ReadPathway(*files);
  ASSERT_THAT(read.faults, IsEmpty()) << ToString(read.faults);
  const std::string back_pain = ToContent(read.message);
  const std::vector<std::string> lines = LinesFor(back_pain);
  Write(kFrozenContent, back_pain);
  Write(kGoldenFile, absl::StrCat(absl::StrJoin(lines, "\n"), "\n"));
}

TEST(GoldenDecisionsTest, FrozenContentGivesTheSameBytes) {
  if (std::getenv("PLUMBLINE_REGENERATE_GOLDEN") != nullptr) Regenerate();
  ASSERT_TRUE(Exists(kGoldenFile)) << kGoldenFile;
  EXPECT_THAT(LinesFor(ReadFileOrDie(kFrozenContent)),
              ElementsAreArray(GoldenLines()))
      << "the same input gives other bytes; see the top of this file";
}

}  // namespace
}  // namespace plumbline::pathway
