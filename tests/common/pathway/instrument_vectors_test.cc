// The shipped instruments give the results that were worked out without them.
//
// Each line of tests/fixtures/instruments/*.jsonl holds answers to the items of
// one scale, in the order of their numbers (null: missing; all of them null for
// a form that is answered as a whole: not given), and what follows: the
// interval, the band, the estimate. They were derived from the published rules
// by hand and by a program that knows nothing of Plumbline.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <iterator>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/pathway/instruments.h"
#include "common/pathway/item_values.h"
#include "common/pathway/read_folder.h"
#include "tests/common/pathway/completions.h"
#include "tests/common/pathway/example_folder.h"
#include "tests/common/pathway/example_pathway.h"
#include "tests/support/status_matchers.h"

namespace plumbline::pathway {
namespace {

using ::plumbline::testing::IsOk;
using ::testing::IsSupersetOf;

constexpr char kInstruments[] = "content-service/pathways/instruments";
constexpr char kVectors[] = "tests/fixtures/instruments";

using Json = nlohmann::json;

// The definitions, by id.
std::map<std::string, v1::Instrument> ReadInstruments() {
  std::map<std::string, v1::Instrument> instruments;
  for (const auto& entry : std::filesystem::directory_iterator(kInstruments)) {
    v1::Pathway message;
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(
        ReadFileOrDie(entry.path().string()), &message))
        << entry.path();
    for (v1::Instrument& one : *message.mutable_instruments()) {
      instruments[one.instrument_id()] = one;
    }
  }
  return instruments;
}

std::vector<Json> ReadVectors() {
  std::vector<Json> vectors;
  std::set<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(kVectors)) {
    files.insert(entry.path());
  }
  for (const std::filesystem::path& file : files) {
    const std::string text = ReadFileOrDie(file.string());
    for (const absl::string_view line :
         absl::StrSplit(text, '\n', absl::SkipEmpty())) {
      vectors.push_back(Json::parse(std::string(line)));
    }
  }
  return vectors;
}

bool IsCount(const v1::InstrumentScale& scale) {
  return scale.method() == v1::SCORE_METHOD_COUNT;
}

std::string LinkId(int number) { return absl::StrCat("it.i", number); }

// An item that answers one item of an instrument.
std::string NumberItem(const v1::InstrumentItem& item) {
  return absl::StrCat(
      "items { link_id: \"", LinkId(item.number()),
      "\" group_id: \"all\" prompt: \"Item ", item.number(),
      "\" type: ITEM_TYPE_INTEGER integer_range { minimum: ", item.minimum(),
      " maximum: ", item.maximum(),
      " unit: \"{score}\" } worse { unordered: \"A test.\" } }\n");
}

// An item whose options are the statements of an instrument.
std::string TicksItem(const std::vector<int>& numbers) {
  std::string item =
      "items { link_id: \"it.all\" group_id: \"all\" prompt: \"Items\" "
      "type: ITEM_TYPE_MULTI_CHOICE worse { set_inclusion: true } "
      "options { code: \"none\" text: \"None\" exclusive: true }\n";
  for (const int number : numbers) {
    absl::StrAppend(&item, "options { code: \"s", number, "\" text: \"Item ",
                    number, "\" }\n");
  }
  return item + "}\n";
}

// A pathway with one score, which follows the scale.
std::shared_ptr<const CompiledPathway> PathwayWith(
    const v1::Instrument& instrument, const v1::InstrumentScale& scale) {
  const std::vector<int> numbers = NumbersOf(instrument, scale);
  const std::string id = instrument.instrument_id();
  std::string score =
      absl::StrCat("scores { name: \"it\" title: \"It\" instrument_id: \"", id,
                   "\" scale_id: \"", scale.scale_id(), "\"\n");
  std::string items = IsCount(scale) ? TicksItem(numbers) : "";
  for (const int number : numbers) {
    absl::StrAppend(&score, "inputs { number: ", number, " link_id: \"",
                    IsCount(scale) ? "it.all" : LinkId(number), "\" ");
    if (IsCount(scale)) {
      absl::StrAppend(&score, "option_code: \"s", number, "\" ");
    } else {
      items += NumberItem(instrument.items(number - 1));
    }
    score += "}\n";
  }
  SourceFiles files = ExampleFolder();
  files["questionnaire.txtpb"] += items;
  files["scores.txtpb"] = score + "}\n";
  const std::string file = absl::StrCat("instruments/", id, ".txtpb");
  files[file] = ReadFileOrDie(absl::StrCat(kInstruments, "/", id, ".txtpb"));
  const ReadResult read = ReadPathway(files);
  EXPECT_EQ(ToString(read.faults), "");
  return read.pathway;
}

// The answer to the statements that are ticked.
std::string Ticked(const Json& answers) {
  std::vector<std::string> codes;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    if (answers[i] == 1) codes.push_back(absl::StrCat("codes: 's", i + 1, "'"));
  }
  if (codes.empty()) codes.push_back("codes: 'none'");
  return absl::StrCat("answers { link_id: 'it.all' codes { ",
                      absl::StrJoin(codes, " "), " } }");
}

// The answers of a vector. What is missing is left out, or was declined.
std::string AnswersOf(const Json& vector, const std::vector<int>& numbers,
                      bool is_count, bool declined) {
  const Json& answers = vector["answers"];
  if (is_count && !answers.is_null()) return Ticked(answers);
  std::string text;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const std::string link_id = is_count ? "it.all" : LinkId(numbers[i]);
    if (!answers.is_null() && !answers[i].is_null()) {
      absl::StrAppend(&text, "answers { link_id: '", link_id,
                      "' integer: ", answers[i].get<int>(), " }");
    } else if (declined) {
      absl::StrAppend(&text, "answers { link_id: '", link_id,
                      "' no_value: NO_VALUE_DECLINED }");
    }
    if (is_count) break;
  }
  return text;
}

std::string BandCode(const Score& score, int band) {
  return band < 0 ? "" : score.bands[band].code;
}

// The result in the form of a vector.
Json ResultOf(const Score& score, const ScoreValue& value) {
  Json result;
  result["minimum"] = value.minimum;
  result["maximum"] = value.maximum;
  result["complete"] = value.complete;
  if (value.band >= 0) result["band"] = BandCode(score, value.band);
  if (!value.estimate.has_value()) return result;
  result["estimate"]["value"] = value.estimate->value;
  result["estimate"]["unanswered"] = value.estimate->unanswered;
  if (value.estimate->band >= 0) {
    result["estimate"]["band"] = BandCode(score, value.estimate->band);
  }
  return result;
}

Json ExpectedOf(Json vector) {
  for (const char* key : {"id", "instrument", "scale", "answers", "why"}) {
    vector.erase(key);
  }
  return vector;
}

// The shipped definitions, and a compiled pathway for each scale.
class InstrumentVectorsTest : public ::testing::Test {
 protected:
  const CompiledPathway* PathwayFor(const Json& vector) {
    const std::string id = vector["instrument"];
    const std::string scale_id = vector["scale"];
    auto& pathway = pathways_[absl::StrCat(id, "/", scale_id)];
    const v1::InstrumentScale* const scale =
        FindScale(instruments_[id], scale_id);
    if (pathway == nullptr && scale != nullptr) {
      pathway = PathwayWith(instruments_[id], *scale);
    }
    return pathway.get();
  }

  std::map<std::string, v1::Instrument> instruments_ = ReadInstruments();
  const std::vector<Json> vectors_ = ReadVectors();
  std::map<std::string, std::shared_ptr<const CompiledPathway>> pathways_;
};

TEST_F(InstrumentVectorsTest, EveryVectorHolds) {
  EXPECT_GT(vectors_.size(), 500U);
  for (const Json& vector : vectors_) {
    const CompiledPathway* const pathway = PathwayFor(vector);
    ASSERT_NE(pathway, nullptr) << vector["id"];
    const v1::Instrument& instrument = instruments_[vector["instrument"]];
    const v1::InstrumentScale& scale =
        *FindScale(instrument, std::string(vector["scale"]));
    for (const bool declined : {false, true}) {
      const CheckedAnswers checked =
          CheckText(*pathway, AnswersOf(vector, NumbersOf(instrument, scale),
                                        IsCount(scale), declined));
      const Json result =
          ResultOf(pathway->scores[0], checked.evaluation.scores[0]);
      EXPECT_TRUE(result == ExpectedOf(vector))
          << vector["id"] << ": " << vector["why"] << "\ngives " << result;
    }
  }
}

// The complete results, and the counts of missing answers, that the vectors of
// one scale show.
struct Shown {
  std::set<double> results;
  std::set<int> missing;
};

Shown ShownOf(const std::vector<Json>& vectors, const std::string& id,
              const std::string& scale_id) {
  Shown shown;
  for (const Json& vector : vectors) {
    if (vector["instrument"] != id || vector["scale"] != scale_id) continue;
    if (vector["complete"]) {
      shown.results.insert(vector["minimum"].get<double>());
    }
    const Json& answers = vector["answers"];
    const auto nulls =
        std::count(answers.begin(), answers.end(), Json(nullptr));
    shown.missing.insert(answers.is_null() ? 1 : static_cast<int>(nulls));
  }
  return shown;
}

// The first and the last result that complete answers give in each band.
std::set<double> EdgesOf(const v1::InstrumentScale& scale, const Score& score) {
  std::set<double> results;
  for (std::int64_t total = 0; total <= TotalRange(score).maximum; ++total) {
    results.insert(ScoreOf(total, score));
  }
  std::set<double> edges;
  for (const v1::Band& band : scale.bands()) {
    edges.insert(*results.lower_bound(band.minimum()));
    edges.insert(*std::prev(results.upper_bound(band.maximum())));
  }
  return edges;
}

TEST_F(InstrumentVectorsTest, EveryBandEdgeAndMissingCountIsShown) {
  EXPECT_EQ(instruments_.size(), 10U);
  for (const auto& [id, instrument] : instruments_) {
    for (const v1::InstrumentScale& scale : instrument.scales()) {
      const Shown shown = ShownOf(vectors_, id, scale.scale_id());
      const Score score = ScoreOfScale(instrument, scale);
      EXPECT_THAT(shown.results, IsSupersetOf(EdgesOf(scale, score))) << id;
      const int items =
          IsCount(scale) ? 1 : static_cast<int>(score.items.size());
      for (int missing = 0; missing <= items; ++missing) {
        EXPECT_TRUE(shown.missing.count(missing)) << id << ": " << missing;
      }
    }
  }
}

TEST(InstrumentSoundnessTest, BandsHoldUnderEveryCompletion) {
  constexpr int kIntakes = 500;
  const auto files = LoadSourceFiles("tests/fixtures/pathways/measures",
                                     /*bytes_max=*/8 << 20);
  ASSERT_THAT(files, IsOk());
  const auto pathway = ReadPathway(*files).pathway;
  ASSERT_NE(pathway, nullptr);
  std::mt19937_64 random(14);
  int bands = 0;
  for (int i = 0; i < kIntakes; ++i) {
    const Intake part = RandomPart(*pathway, random);
    const Intake complete = Completed(*pathway, part, random);
    const Evaluation before = Evaluate(*pathway, part);
    const Evaluation after = Evaluate(*pathway, complete);
    if (!IsLegal(complete, after)) continue;
    for (std::size_t s = 0; s < before.scores.size(); ++s) {
      const ScoreValue& value = after.scores[s];
      if (value.present != Truth::kTrue) continue;
      ASSERT_TRUE(value.complete);
      EXPECT_LE(before.scores[s].minimum, value.minimum);
      EXPECT_GE(before.scores[s].maximum, value.maximum);
      if (before.scores[s].band < 0) continue;
      ++bands;
      EXPECT_EQ(before.scores[s].band, value.band) << pathway->scores[s].name;
    }
  }
  EXPECT_GT(bands, kIntakes / 2);
}

std::string WordOf(v1::ScoreMethod method) {
  return absl::AsciiStrToLower(
      absl::StripPrefix(v1::ScoreMethod_Name(method), "SCORE_METHOD_"));
}

std::string BandsInWords(const v1::InstrumentScale& scale) {
  std::vector<std::string> bands;
  for (const v1::Band& band : scale.bands()) {
    bands.push_back(
        absl::StrCat(band.code(), " ", band.minimum(), "-", band.maximum()));
    if (!band.has_subscale()) continue;
    absl::StrAppend(&bands.back(), " with ", scale.subscale_id(), " ",
                    band.subscale().minimum(), "-", band.subscale().maximum());
  }
  return bands.empty() ? "-" : absl::StrJoin(bands, ", ");
}

// What the table of docs/instruments.md says of one scale.
std::string RowOf(const v1::Instrument& instrument,
                  const v1::InstrumentScale& scale) {
  const Score score = ScoreOfScale(instrument, scale);
  const IntInterval total = TotalRange(score);
  return absl::StrCat(
      "| ", instrument.title(), " (`", instrument.instrument_id(), "`) | `",
      scale.scale_id(), "` | ", score.items.size(), " | ",
      WordOf(scale.method()), ", ", ScoreOf(total.minimum, score), " to ",
      ScoreOf(total.maximum, score), " | ", BandsInWords(scale), " | ",
      scale.missing_max(), " | ",
      scale.loinc_code().empty() ? "-" : scale.loinc_code(), " |\n");
}

TEST_F(InstrumentVectorsTest, TheTableOfTheDocsIsTrue) {
  std::string rows;
  for (const auto& [id, instrument] : instruments_) {
    for (const v1::InstrumentScale& scale : instrument.scales()) {
      rows += RowOf(instrument, scale);
    }
  }
  const std::string page = ReadFileOrDie("docs/instruments.md");
  const std::string head = "|---|---|---|---|---|---|---|\n";
  const std::size_t begin = page.find(head) + head.size();
  EXPECT_EQ(page.substr(begin, page.find("\n\n", begin) + 1 - begin), rows);
}

}  // namespace
}  // namespace plumbline::pathway
