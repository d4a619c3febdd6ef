#include "common/pathway/compile_instruments.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/pathway/check_bands.h"
#include "common/pathway/instruments.h"
#include "common/pathway/item_values.h"
#include "common/pathway/names.h"

namespace plumbline::pathway {
namespace {

// Checks one instrument; each part only where those that it reads are clear.
class InstrumentChecker {
 public:
  InstrumentChecker(Compiler& compiler, const v1::Instrument& message,
                    ElementPath path)
      : compiler_(compiler), message_(message), path_(std::move(path)) {}

  // Returns whether scores can follow it.
  bool Run() {
    if (message_.revision() < 1) {
      compiler_.AddFault(path_.Field("revision"), "must be at least 1");
    }
    compiler_.CheckText(path_.Field("title"), message_.title());
    compiler_.CheckText(path_.Field("citation"), message_.citation());
    compiler_.CheckText(path_.Field("licence_note"), message_.licence_note());
    compiler_.CheckOptionalText(path_.Field("note"), message_.note());
    compiler_.CheckLoinc(path_.Field("loinc_code"), message_.loinc_code());
    const bool items_ok = CheckItems();
    return CheckScales(items_ok) && items_ok;
  }

 private:
  // Adds a fault; false, for checks to return.
  bool Fail(const ElementPath& path, std::string what) {
    compiler_.AddFault(path, std::move(what));
    return false;
  }

  bool CheckItems() {
    const ElementPath path = path_.Field("items");
    if (message_.items().empty()) {
      return Fail(path, "required: at least one item");
    }
    if (!compiler_.CheckCount(path, message_.items_size(),
                              kInstrumentItemsMax)) {
      return false;
    }
    bool ok = true;
    for (int i = 0; i < message_.items_size(); ++i) {
      ok = CheckItem(message_.items(i), i) && ok;
    }
    return ok;
  }

  bool CheckItem(const v1::InstrumentItem& item, int index) {
    const ElementPath path = path_.Element("items", index);
    compiler_.CheckLoinc(path.Field("loinc_code"), item.loinc_code());
    if (item.number() != index + 1) {
      return Fail(path.Field("number"),
                  absl::StrCat("must be ", index + 1,
                               ": items are numbered from 1, in order"));
    }
    const bool ascends = 0 <= item.minimum() &&
                         item.minimum() < item.maximum() &&
                         item.maximum() <= kInstrumentNumberMax;
    if (!ascends) {
      return Fail(path, absl::StrCat("'minimum' to 'maximum' must ascend "
                                     "within 0 to ",
                                     kInstrumentNumberMax));
    }
    return item.points().empty() || CheckPoints(item, path);
  }

  bool CheckPoints(const v1::InstrumentItem& item, const ElementPath& path) {
    const int answers = item.maximum() - item.minimum() + 1;
    if (item.points_size() != answers) {
      return Fail(path.Field("points"),
                  absl::StrCat("there are ", item.points_size(), ", but ",
                               answers, " answers from ", item.minimum(),
                               " to ", item.maximum()));
    }
    const auto [least, most] =
        std::minmax_element(item.points().begin(), item.points().end());
    if (*least < 0 || *most > kInstrumentNumberMax) {
      return Fail(path.Field("points"),
                  absl::StrCat("must be from 0 to ", kInstrumentNumberMax));
    }
    return *least < *most ||
           Fail(path.Field("points"),
                "are all alike; then the answer makes no difference");
  }

  bool CheckScales(bool items_ok) {
    const ElementPath path = path_.Field("scales");
    if (message_.scales().empty()) {
      return Fail(path, "required: at least one scale");
    }
    if (!compiler_.CheckCount(path, message_.scales_size(), kScalesMax)) {
      return false;
    }
    IndexById ids;
    const std::vector<ElementPath> paths = compiler_.CheckIds(
        path_, "scales", message_.scales(), "scale_id",
        [](const v1::InstrumentScale& scale) { return scale.scale_id(); },
        kWordForm, &ids);
    bool ok = ids.size() == paths.size();
    for (int i = 0; i < message_.scales_size(); ++i) {
      const v1::InstrumentScale& scale = message_.scales(i);
      compiler_.CheckText(paths[i].Field("missing_note"), scale.missing_note());
      compiler_.CheckLoinc(paths[i].Field("loinc_code"), scale.loinc_code());
      ok = CheckMethod(scale, paths[i]) && items_ok &&
           CheckNumbers(scale, paths[i]) && CheckCounted(scale, paths[i]) &&
           CheckMissing(scale, paths[i]) && ok;
    }
    // A subscale is another scale, so that all are checked before.
    for (int i = 0; ok && i < message_.scales_size(); ++i) {
      ok = CheckSubscale(message_.scales(i), paths[i], ids);
    }
    for (int i = 0; ok && i < message_.scales_size(); ++i) {
      CheckBandsOfScale(compiler_, paths[i], message_.scales(i).bands(),
                        message_, message_.scales(i));
    }
    return ok;
  }

  bool CheckMethod(const v1::InstrumentScale& scale, const ElementPath& path) {
    const bool is_one = v1::ScoreMethod_IsValid(scale.method()) &&
                        scale.method() != v1::SCORE_METHOD_UNSPECIFIED;
    return is_one || Fail(path.Field("method"),
                          "required: a method, such as SCORE_METHOD_TOTAL");
  }

  bool CheckNumbers(const v1::InstrumentScale& scale, const ElementPath& path) {
    int before = 0;
    for (int i = 0; i < scale.numbers_size(); ++i) {
      const int number = scale.numbers(i);
      if (number <= before || number > message_.items_size()) {
        return Fail(path.Element("numbers", i),
                    absl::StrCat("must ascend within the items, 1 to ",
                                 message_.items_size()));
      }
      before = number;
    }
    return true;
  }

  bool CheckCounted(const v1::InstrumentScale& scale, const ElementPath& path) {
    for (const int number : NumbersOf(message_, scale)) {
      const v1::InstrumentItem& item = message_.items(number - 1);
      const bool is_tick = item.minimum() == 0 && item.maximum() == 1 &&
                           item.points().empty() && !item.reversed();
      if (scale.method() == v1::SCORE_METHOD_COUNT && !is_tick) {
        return Fail(path.Field("method"),
                    absl::StrCat("SCORE_METHOD_COUNT counts ticks; item ",
                                 number, " must be 0 to 1, as it is"));
      }
      if (scale.method() == v1::SCORE_METHOD_PERCENT && LeastOf(item) != 0) {
        return Fail(path.Field("method"),
                    absl::StrCat("SCORE_METHOD_PERCENT begins at 0; item ",
                                 number, " counts at least ", LeastOf(item)));
      }
    }
    return true;
  }

  static int LeastOf(const v1::InstrumentItem& item) {
    if (item.points().empty()) return item.minimum();
    return *std::min_element(item.points().begin(), item.points().end());
  }

  bool CheckMissing(const v1::InstrumentScale& scale, const ElementPath& path) {
    const ElementPath missing_path = path.Field("missing_max");
    const std::vector<int> numbers = NumbersOf(message_, scale);
    const int most = scale.method() == v1::SCORE_METHOD_COUNT
                         ? 0
                         : static_cast<int>(numbers.size()) - 1;
    if (scale.missing_max() < 0 || scale.missing_max() > most) {
      return Fail(missing_path, absl::StrCat("must be from 0 to ", most));
    }
    if (scale.missing_max() == 0) return true;
    const Score score = ScoreOfScale(message_, WithoutSubscale(scale));
    for (std::size_t i = 1; i < numbers.size(); ++i) {
      const bool alike = score.points[i].minimum == score.points[0].minimum &&
                         score.points[i].maximum == score.points[0].maximum;
      if (alike) continue;
      return Fail(
          missing_path,
          absl::StrCat("must be 0: items ", numbers[0], " and ", numbers[i],
                       " have not the same range, and one cannot "
                       "stand for the other"));
    }
    return true;
  }

  static v1::InstrumentScale WithoutSubscale(v1::InstrumentScale scale) {
    scale.clear_subscale_id();
    return scale;
  }

  bool CheckSubscale(const v1::InstrumentScale& scale, const ElementPath& path,
                     const IndexById& ids) {
    if (scale.subscale_id().empty()) return true;
    const ElementPath subscale_path = path.Field("subscale_id");
    const int index =
        compiler_.Find(subscale_path, scale.subscale_id(), ids, "scale");
    if (index < 0) return false;
    const v1::InstrumentScale& subscale = message_.scales(index);
    const std::vector<int> whole = NumbersOf(message_, scale);
    const std::vector<int> part = NumbersOf(message_, subscale);
    const bool fits =
        subscale.method() == v1::SCORE_METHOD_TOTAL &&
        part.size() < whole.size() &&
        std::includes(whole.begin(), whole.end(), part.begin(), part.end());
    return fits || Fail(subscale_path,
                        absl::StrCat("'", scale.subscale_id(),
                                     "' must be a SCORE_METHOD_TOTAL of some, "
                                     "and not all, of the items of '",
                                     scale.scale_id(), "'"));
  }

  Compiler& compiler_;
  const v1::Instrument& message_;
  const ElementPath path_;
};

// Refuses bands between which a result can fall: they end and begin with whole
// numbers, and a percentage need not be one.
void CheckNoneBetween(Compiler& compiler, const ElementPath& element,
                      const BandMessages& bands, const Score& score) {
  const std::int64_t greatest = TotalRange(score).maximum;
  for (std::int64_t total = 0; total <= greatest; ++total) {
    const double value = ScoreOf(total, score);
    const bool is_held =
        std::any_of(bands.begin(), bands.end(), [value](const v1::Band& band) {
          return band.minimum() <= value && value <= band.maximum();
        });
    if (is_held) continue;
    return compiler.AddFault(
        element.Field("bands"),
        absl::StrCat("a result of ", FormatNumber(value),
                     " lies between two bands; let one of them hold it"));
  }
}

}  // namespace

void CheckBandsOfScale(Compiler& compiler, const ElementPath& element,
                       const BandMessages& bands,
                       const v1::Instrument& instrument,
                       const v1::InstrumentScale& scale) {
  if (bands.empty()) return;
  const Score score = ScoreOfScale(instrument, scale);
  const IntInterval total = TotalRange(score);
  BandRange range = {.minimum = ScoreOf(total.minimum, score),
                     .maximum = ScoreOf(total.maximum, score),
                     .whole_numbers = score.method != Score::Method::kMean,
                     .cover = true,
                     .subscale = std::nullopt};
  if (!score.subscale.empty()) {
    range.subscale = TotalRange(
        ScoreOfScale(instrument, *FindScale(instrument, scale.subscale_id())));
  }
  const std::size_t faults_before = compiler.FaultCount();
  CheckBands(compiler, element, bands, range);
  const bool are_sound = compiler.FaultCount() == faults_before;
  if (are_sound && score.method == Score::Method::kPercent) {
    CheckNoneBetween(compiler, element, bands, score);
  }
}

void CompileInstruments(Compiler& compiler) {
  const auto& messages = compiler.message.instruments();
  const std::vector<ElementPath> paths = compiler.CheckIds(
      {}, "instruments", messages, "instrument_id",
      [](const v1::Instrument& one) { return one.instrument_id(); }, kSlugForm,
      &compiler.instruments);
  for (int i = 0; i < messages.size(); ++i) {
    const bool is_clear =
        InstrumentChecker(compiler, messages[i], paths[i]).Run();
    compiler.faulty_instruments.push_back(!is_clear);
    const auto& scores = compiler.message.scores();
    const bool is_used =
        std::any_of(scores.begin(), scores.end(), [&](const v1::Score& score) {
          return score.instrument_id() == messages[i].instrument_id();
        });
    if (is_used) continue;
    compiler.AddFault(paths[i], "no score follows it; leave it out");
  }
}

}  // namespace plumbline::pathway
