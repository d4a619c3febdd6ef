#include "common/pathway/bind_instrument.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/pathway/compile_instruments.h"
#include "common/pathway/compile_item.h"
#include "common/pathway/instruments.h"

namespace plumbline::pathway {
namespace {

// The inputs of one score, and the scale that it follows.
class InputBinder {
 public:
  InputBinder(Compiler& compiler, const ElementPath& path,
              const v1::Score& message, const v1::Instrument& instrument,
              const v1::InstrumentScale& scale)
      : compiler_(compiler),
        path_(path),
        message_(message),
        instrument_(instrument),
        numbers_(NumbersOf(instrument, scale)),
        is_count_(scale.method() == v1::SCORE_METHOD_COUNT),
        score_(ScoreOfScale(instrument, scale)) {}

  // The bound score; without items where there are faults.
  Score Run() {
    const std::size_t faults_before = compiler_.FaultCount();
    for (int i = 0; i < message_.inputs_size(); ++i) {
      BindInput(message_.inputs(i), path_.Element("inputs", i));
    }
    CheckNoneMissing();
    if (is_count_) CountTicks();
    const bool is_bound = is_clear_ && compiler_.FaultCount() == faults_before;
    if (!is_bound) score_.items.clear();
    return std::move(score_);
  }

 private:
  void Fault(const ElementPath& path, std::string what) {
    compiler_.AddFault(path, std::move(what));
  }

  // "item 3 of 'phq-9'".
  std::string Named(int number) const {
    return absl::StrCat("item ", number, " of '", instrument_.instrument_id(),
                        "'");
  }

  // "'pain.now' is an integer item".
  static std::string IsA(const Item& item) {
    return absl::StrCat("'", item.link_id, "' is ",
                        item.type == ItemType::kInteger ? "an " : "a ",
                        TypeName(item.type), " item");
  }

  void BindInput(const v1::ScoreInput& input, const ElementPath& path) {
    const auto found =
        std::find(numbers_.begin(), numbers_.end(), input.number());
    if (found == numbers_.end()) {
      return Fault(
          path.Field("number"),
          absl::StrCat("the score counts no item ", input.number(), " of '",
                       instrument_.instrument_id(), "'; it counts ",
                       absl::StrJoin(numbers_, ", ")));
    }
    int& slot = score_.items[found - numbers_.begin()];
    if (slot >= 0) {
      return Fault(path.Field("number"),
                   absl::StrCat(input.number(), " is there already"));
    }
    const int item = compiler_.Find(path.Field("link_id"), input.link_id(),
                                    compiler_.pathway.item_by_link_id, "item");
    if (item < 0) return;
    slot = item;
    if (compiler_.faulty[item]) {
      is_clear_ = false;
    } else if (is_count_) {
      BindTick(input, path, item);
    } else {
      BindItem(input, path, item);
    }
    CheckEnabling(path, item);
  }

  // The items of a score are asked together.
  void CheckEnabling(const ElementPath& path, int index) {
    if (first_ < 0) first_ = index;
    const v1::Item& item = compiler_.message.items(index);
    const v1::Item& first = compiler_.message.items(first_);
    if (item.enable_when() == first.enable_when()) return;
    Fault(path.Field("link_id"),
          absl::StrCat("'", item.link_id(), "' and '", first.link_id(),
                       "' have different 'enable_when'; the items of a score "
                       "share one, written alike"));
  }

  void BindItem(const v1::ScoreInput& input, const ElementPath& path,
                int index) {
    const Item& item = compiler_.pathway.items[index];
    const v1::InstrumentItem& wanted = instrument_.items(input.number() - 1);
    const bool is_yes_or_no = wanted.minimum() == 0 && wanted.maximum() == 1;
    const bool has_type = item.type == ItemType::kInteger ||
                          (item.type == ItemType::kBoolean && is_yes_or_no);
    if (!input.option_code().empty()) {
      Fault(path.Field("option_code"),
            "only a SCORE_METHOD_COUNT names options; leave it out");
    }
    if (!has_type) {
      Fault(path.Field("link_id"),
            absl::StrCat(IsA(item), "; ", Named(input.number()),
                         is_yes_or_no ? " needs an integer or boolean item"
                                      : " needs an integer item",
                         " from ", wanted.minimum(), " to ", wanted.maximum()));
    } else if (item.type == ItemType::kInteger &&
               (item.minimum != wanted.minimum() ||
                item.maximum != wanted.maximum())) {
      Fault(path.Field("link_id"),
            absl::StrCat("'", item.link_id, "' goes from ", item.minimum,
                         " to ", item.maximum, "; ", Named(input.number()),
                         " from ", wanted.minimum(), " to ", wanted.maximum()));
    }
    if (std::count(score_.items.begin(), score_.items.end(), index) > 1) {
      Fault(path.Field("link_id"),
            absl::StrCat("'", item.link_id, "' answers another item already"));
    }
  }

  void BindTick(const v1::ScoreInput& input, const ElementPath& path,
                int index) {
    const Item& item = compiler_.pathway.items[index];
    if (item.type != ItemType::kMultiChoice) {
      return Fault(path.Field("link_id"),
                   absl::StrCat(IsA(item), "; ", Named(input.number()),
                                " is an option of a multi-choice item"));
    }
    if (first_ >= 0 && first_ != index) {
      return Fault(path.Field("link_id"),
                   "the statements of a SCORE_METHOD_COUNT are options of one "
                   "item");
    }
    const int option = item.OptionIndex(input.option_code());
    if (option < 0) {
      return Fault(path.Field("option_code"),
                   absl::StrCat("'", item.link_id, "' has no option '",
                                input.option_code(), "'"));
    }
    const std::uint64_t bit = std::uint64_t{1} << option;
    if (item.options[option].exclusive) {
      Fault(path.Field("option_code"),
            "an exclusive option is for whom no statement applies; it is none");
    } else if ((ticks_ & bit) != 0) {
      Fault(path.Field("option_code"),
            absl::StrCat("'", input.option_code(), "' is there already"));
    }
    ticks_ |= bit;
  }

  void CheckNoneMissing() {
    std::vector<int> missing;
    for (std::size_t i = 0; i < numbers_.size(); ++i) {
      if (score_.items[i] < 0) missing.push_back(numbers_[i]);
    }
    if (missing.empty()) return;
    is_clear_ = false;
    // What an input could not name is told there.
    const bool are_all_written =
        static_cast<std::size_t>(message_.inputs_size()) >= numbers_.size();
    if (are_all_written) return;
    Fault(path_.Field("inputs"),
          absl::StrCat("nothing answers ",
                       missing.size() == 1 ? "item " : "items ",
                       absl::StrJoin(missing, ", "), " of '",
                       instrument_.instrument_id(), "'"));
  }

  // Makes the statements one item, which is answered or not as a whole.
  void CountTicks() {
    if (!is_clear_ || first_ < 0) return;
    const Item& item = compiler_.pathway.items[first_];
    if (item.type != ItemType::kMultiChoice) return;
    if (item.exclusive_mask == 0) {
      Fault(path_.Field("inputs"),
            absl::StrCat("'", item.link_id,
                         "' needs an exclusive option for whom no statement "
                         "applies: nothing ticked is no answer"));
    }
    for (std::size_t i = 0; i < item.options.size(); ++i) {
      const std::uint64_t bit = std::uint64_t{1} << i;
      if (((ticks_ | item.exclusive_mask) & bit) != 0) continue;
      Fault(
          path_.Field("inputs"),
          absl::StrCat("option '", item.options[i].code, "' of '", item.link_id,
                       "' is no item of '", instrument_.instrument_id(), "'"));
    }
    Points points;
    points.maximum = static_cast<std::int64_t>(numbers_.size());
    points.ticks = ticks_;
    score_.points = {points};
    score_.items = {first_};
  }

  Compiler& compiler_;
  const ElementPath& path_;
  const v1::Score& message_;
  const v1::Instrument& instrument_;
  const std::vector<int> numbers_;
  const bool is_count_;
  Score score_;
  int first_ = -1;           // The first item bound.
  std::uint64_t ticks_ = 0;  // The options bound.
  bool is_clear_ = true;     // Whether every number has an item without faults.
};

// Refuses what the instrument has, and a score of its own says otherwise.
void RefuseOwn(Compiler& compiler, const ElementPath& path,
               const v1::Score& message) {
  const struct {
    absl::string_view field;
    bool is_set;
  } fields[] = {
      {"method", message.method() != v1::SCORE_METHOD_UNSPECIFIED},
      {"link_ids", !message.link_ids().empty()},
      {"licence_note", !message.licence_note().empty()},
      {"loinc_code", !message.loinc_code().empty()},
      {"citation", !message.citation().empty() && message.bands().empty()},
  };
  for (const auto& [field, is_set] : fields) {
    if (!is_set) continue;
    compiler.AddFault(
        path.Field(field),
        absl::StrCat("comes from the instrument; leave it out",
                     field == "link_ids"   ? ", and write 'inputs'"
                     : field == "citation" ? ", or give 'bands' of your own"
                                           : ""));
  }
  if (message.bands().empty()) return;
  compiler.CheckText(path.Field("citation"), message.citation());
}

}  // namespace

void BindInstrument(Compiler& compiler, const ElementPath& path,
                    const v1::Score& message, Score& score) {
  RefuseOwn(compiler, path, message);
  if (!compiler.CheckCount(path.Field("inputs"), message.inputs_size(),
                           kInstrumentItemsMax)) {
    return;
  }
  const int index =
      compiler.Find(path.Field("instrument_id"), message.instrument_id(),
                    compiler.instruments, "instrument");
  if (index < 0 || compiler.faulty_instruments[index]) return;
  const v1::Instrument& instrument = compiler.message.instruments(index);
  const v1::InstrumentScale* const scale =
      FindScale(instrument, message.scale_id());
  if (scale == nullptr) {
    std::vector<absl::string_view> ids;
    for (const v1::InstrumentScale& one : instrument.scales()) {
      ids.push_back(one.scale_id());
    }
    return compiler.AddFault(
        path.Field("scale_id"),
        absl::StrCat("'", instrument.instrument_id(), "' has the scales ",
                     absl::StrJoin(ids, ", "), "; name one"));
  }
  std::string name = std::move(score.name);
  score = InputBinder(compiler, path, message, instrument, *scale).Run();
  score.name = std::move(name);
  CheckBandsOfScale(compiler, path, message.bands(), instrument, *scale);
}

}  // namespace plumbline::pathway
