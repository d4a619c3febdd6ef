// Random pathways that are so small that every legal intake of them can be
// tried: a hand-written message of seven items, of which some are kept, and
// which is mutated. One part after the other is made with care, so that it has
// the properties of the gate, or without.
//
// The same seed gives the same pathway on every machine: no two random parts
// are made in one statement, whose order the compiler would choose.

#ifndef PLUMBLINE_TESTS_CONTENT_SERVICE_GATE_RANDOM_SMALL_PATHWAY_H_
#define PLUMBLINE_TESTS_CONTENT_SERVICE_GATE_RANDOM_SMALL_PATHWAY_H_

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/pathway/compile.h"
#include "common/pathway/names.h"
#include "plumbline/pathway/v1/pathway.pb.h"
#include "tests/common/pathway/random_expression.h"
#include "tests/common/pathway/random_intake.h"
#include "tests/common/pathway/random_literal.h"

namespace plumbline::gate {

// Rules, gates and guidance are added; items are kept or not.
inline constexpr char kSmallPathway[] = R"(
pathway_id: "small" title: "Small" description: "Invented."
engine_version_min: 1 default_locale: "en" locales: "en"
dispositions { disposition: DISPOSITION_SELF_CARE title: "Rest" instruction:
    "Rest." }
dispositions { disposition: DISPOSITION_ROUTINE title: "Book" instruction:
    "Book." }
dispositions { disposition: DISPOSITION_WITHIN_DAYS title: "Soon" instruction:
    "Come soon." }
dispositions { disposition: DISPOSITION_SAME_DAY title: "Today" instruction:
    "Call today." }
dispositions { disposition: DISPOSITION_EMERGENCY_NOW title: "Now" instruction:
    "Go now." }
emergency_signs { sign_id: "bone" text: "A bone shows." sources: "book" }
groups { group_id: "all" title: "All" }
items {
  link_id: "em.now" group_id: "all" prompt: "Now?" type: ITEM_TYPE_BOOLEAN
  worse { true_is_worse: true }
}
items {
  link_id: "sign.kind" group_id: "all" prompt: "Which?" type: ITEM_TYPE_CHOICE
  options { code: "no" text: "No" }
  options { code: "some" text: "Some" }
  options { code: "lots" text: "Lots" }
  options { code: "unsure" text: "Not sure" means_unknown: true }
  worse { options { chains { levels { codes: "no" } levels { codes: "some" }
    levels { codes: "lots" } } } }
}
items {
  link_id: "pain.now" group_id: "all" prompt: "How bad?" type: ITEM_TYPE_INTEGER
  integer_range { minimum: 0 maximum: 2 unit: "1" }
  worse { direction: DIRECTION_UP }
}
items {
  link_id: "med.taken" group_id: "all" prompt: "What?" type:
    ITEM_TYPE_MULTI_CHOICE
  options { code: "none" text: "Nothing" exclusive: true }
  options { code: "answered" text: "A pill" }
  options { code: "closed" text: "A drug" }
  worse { set_inclusion: true }
}
items {
  link_id: "pain.days" group_id: "all" prompt: "How long?" type:
    ITEM_TYPE_DECIMAL
  decimal_range { minimum: 0 maximum: 0.5 step: 0.5 unit: "d" }
  worse { direction: DIRECTION_UP }
}
items {
  link_id: "mood.low" group_id: "all" prompt: "How low?" type: ITEM_TYPE_INTEGER
  integer_range { minimum: 1 maximum: 2 unit: "1" }
  worse { direction: DIRECTION_UP }
}
items {
  link_id: "psy.harm" group_id: "all" prompt: "Harm?" type: ITEM_TYPE_CHOICE
  options { code: "no" text: "No" }
  options { code: "yes" text: "Yes" }
  worse { options { chains { levels { codes: "no" } levels { codes: "yes" } } }
    }
}
sources { source_id: "book" kind: SOURCE_KIND_LOCAL citation: "A book." note:
    "Invented." }
)";

struct SmallPathway {
  std::shared_ptr<const pathway::CompiledPathway> pathway;
  std::string text;  // For people.
};

class SmallPathwayMaker {
 public:
  explicit SmallPathwayMaker(std::mt19937_64& random) : random_(random) {
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(kSmallPathway,
                                                              &message_));
  }

  SmallPathway Make() {
    care_ = {.guards = !OnceIn(2),
             .influence = !OnceIn(4),
             .order = !OnceIn(2),
             .guidance = !OnceIn(3),
             .floors = !OnceIn(2),
             .invariants = !OnceIn(2)};
    ChooseItems();
    VaryItems();
    AddEnabling();
    AddScore();
    AddDefinitions();
    ShuffleItems();
    PrepareExpressions();
    AddGuidance();
    AddRules();
    AddGates();
    AddPolicies();
    AddFloors();
    AddExceptions();
    AddInvariants();
    pathway::CompileResult result = pathway::CompilePathway(message_, "");
    EXPECT_TRUE(result.faults.empty()) << ToString(result.faults);
    if (result.pathway == nullptr) return {};
    return {WithEmergencyItems(*result.pathway), Text()};
  }

 private:
  using Message = pathway::v1::Pathway;

  // Which parts are made with care.
  struct Care {
    bool guards = true;
    bool influence = true;
    bool order = true;
    bool guidance = true;
    bool floors = true;
    bool invariants = true;
  };

  bool OnceIn(std::uint64_t n) { return pathway::OnceIn(n, random_); }

  std::size_t Below(std::size_t n) { return pathway::Below(random_, n); }

  std::string Pick(std::initializer_list<const char*> choices) {
    return pathway::Pick(random_, choices);
  }

  template <typename T>
  void Shuffle(T& list) {
    for (int i = list.size() - 1; i > 0; --i) {
      const int other = static_cast<int>(Below(i + 1));
      if (other != i) std::swap(list[i], list[other]);
    }
  }

  // From ROUTINE on, or from SELF_CARE on.
  pathway::v1::Disposition AnyDisposition(int least = 2) {
    return static_cast<pathway::v1::Disposition>(least + Below(6 - least));
  }

  // Four to six, among them the first.
  void ChooseItems() {
    const int count = 4 + static_cast<int>(Below(3));
    while (message_.items_size() > count) {
      const int gone = 1 + static_cast<int>(Below(message_.items_size() - 1));
      message_.mutable_items()->DeleteSubrange(gone, 1);
    }
  }

  void VaryItems() {
    for (pathway::v1::Item& item : *message_.mutable_items()) {
      switch (item.type()) {
        case pathway::v1::ITEM_TYPE_CHOICE:
          VaryChoice(item);
          break;
        case pathway::v1::ITEM_TYPE_INTEGER:
          item.mutable_integer_range()->set_maximum(
              item.integer_range().maximum() + (OnceIn(4) ? 1 : 0));
          VaryDirection(item);
          break;
        case pathway::v1::ITEM_TYPE_DECIMAL:
          if (OnceIn(3)) item.mutable_decimal_range()->set_maximum(1);
          VaryDirection(item);
          break;
        case pathway::v1::ITEM_TYPE_MULTI_CHOICE:
          if (OnceIn(6)) item.mutable_options(2)->set_exclusive(true);
          if (OnceIn(3)) item.mutable_options()->DeleteSubrange(2, 1);
          if (OnceIn(8)) item.mutable_options(0)->set_exclusive(false);
          break;
        default:
          break;
      }
      if (OnceIn(9)) item.mutable_worse()->set_unordered("Invented.");
    }
  }

  void VaryDirection(pathway::v1::Item& item) {
    if (OnceIn(5)) {
      item.mutable_worse()->set_direction(pathway::v1::Worse::DIRECTION_DOWN);
    }
  }

  // Fewer options; a shorter chain, so that some are in none; or two chains.
  void VaryChoice(pathway::v1::Item& item) {
    if (item.options_size() != 4) return;
    pathway::v1::OptionOrder& order = *item.mutable_worse()->mutable_options();
    auto& levels = *order.mutable_chains(0)->mutable_levels();
    switch (Below(6)) {
      case 0:
        item.mutable_options()->DeleteSubrange(3, 1);
        break;
      case 1:  // "some" and "lots" are equally bad.
        levels[1].add_codes("lots");
        levels.DeleteSubrange(2, 1);
        break;
      case 2:  // "some" and "lots" are each worse than "no".
        levels.DeleteSubrange(2, 1);
        *order.add_chains() = order.chains(0);
        order.mutable_chains(1)->mutable_levels(1)->set_codes(0, "lots");
        break;
      case 3:  // "some" is in no chain.
        levels.DeleteSubrange(1, 1);
        break;
      default:
        break;
    }
  }

  // Each reads items before it.
  void AddEnabling() {
    for (int i = 0; i < message_.items_size(); ++i) {
      pathway::v1::Item& item = *message_.mutable_items(i);
      const bool late = i >= 3;
      if (i > 0 && OnceIn(late ? 2 : 5)) {
        item.set_enable_when(OnceIn(8) ? TwoLeavesOfOne()
                                       : Condition(OnceIn(3) ? 1 : 0));
      }
      const int pain = ItemIndex("pain.now");
      if (item.link_id() == "mood.low" && pain >= 0 && OnceIn(2)) {
        // A score can have both.
        item.set_enable_when(message_.items(pain).enable_when());
      }
      Offer(item);
    }
  }

  // What expressions can read of an item.
  struct Readable {
    std::string name;
    bool conditional = false;
    // Bools, each true of more answers that are worse.
    std::vector<std::string> rising;
    // Other bools.
    std::vector<std::string> others;
    // By option that is not least: what is true of it alone.
    std::vector<std::string> options;
  };

  void Offer(const pathway::v1::Item& item) {
    Readable offered{.name = item.link_id(),
                     .conditional = !item.enable_when().empty()};
    const std::string& name = item.link_id();
    switch (item.type()) {
      case pathway::v1::ITEM_TYPE_BOOLEAN:
        offered.rising = {name};
        offered.others = {absl::StrCat("!", name),
                          absl::StrCat(name, " == false")};
        break;
      case pathway::v1::ITEM_TYPE_CHOICE:
        OfferChoice(item, offered);
        break;
      case pathway::v1::ITEM_TYPE_MULTI_CHOICE:
        OfferSet(item, offered);
        break;
      case pathway::v1::ITEM_TYPE_INTEGER:
        OfferNumbers(item.worse(), item.integer_range().minimum(),
                     item.integer_range().maximum(), 1, offered);
        break;
      case pathway::v1::ITEM_TYPE_DECIMAL:
        OfferNumbers(item.worse(), item.decimal_range().minimum(),
                     item.decimal_range().maximum(), 0.5, offered);
        break;
      default:
        break;
    }
    readable_.push_back(std::move(offered));
  }

  static void OfferChoice(const pathway::v1::Item& item, Readable& offered) {
    std::vector<std::string> worse;
    for (int i = item.options_size() - 1; i >= 0; --i) {
      if (item.options(i).means_unknown()) continue;
      const std::string code = absl::StrCat("'", item.options(i).code(), "'");
      const std::string is = absl::StrCat(offered.name, " == ", code);
      worse.push_back(code);
      if (i > 0) {
        offered.rising.push_back(absl::StrCat(offered.name, " in [",
                                              absl::StrJoin(worse, ", "), "]"));
        offered.options.push_back(is);
      }
      offered.others.push_back(is);
      offered.others.push_back(absl::StrCat(offered.name, " != ", code));
    }
  }

  static void OfferSet(const pathway::v1::Item& item, Readable& offered) {
    for (const pathway::v1::Option& option : item.options()) {
      const std::string in =
          absl::StrCat("'", option.code(), "' in ", offered.name);
      if (option.exclusive()) {
        offered.others.push_back(in);
      } else {
        offered.rising.push_back(in);
        offered.options.push_back(in);
      }
    }
    if (offered.rising.size() < 2) return;
    const std::string size = absl::StrCat("size(", offered.name, ")");
    offered.rising.push_back(absl::StrCat(size, " >= 2"));
    offered.others.push_back(absl::StrCat(size, " < 2"));
  }

  void OfferNumbers(const pathway::v1::Worse& worse, double minimum,
                    double maximum, double step, Readable& offered) {
    const bool down = worse.direction() == pathway::v1::Worse::DIRECTION_DOWN;
    for (double bound = minimum; bound < maximum; bound += step) {
      const std::string text = pathway::FormatNumber(bound);
      const std::string above = absl::StrCat(offered.name, " > ", text);
      const std::string below = absl::StrCat(offered.name, " <= ", text);
      offered.rising.push_back(down ? below : above);
      offered.others.push_back(down ? above : below);
      offered.others.push_back(absl::StrCat(offered.name, " == ", text));
    }
  }

  std::string Guarded(const Readable& read, const std::string& test) {
    if (!read.conditional) return test;
    // What is certainly read is refused.
    if (!care_.guards && OnceIn(3)) {
      return absl::StrCat("(", Pick({"false ||", "em.now ||", "em.now &&"}),
                          " ", test, ")");
    }
    const std::string has = absl::StrCat("has(", read.name, ")");
    if (care_.order || OnceIn(2)) {
      return absl::StrCat("(", has, " && ", test, ")");
    }
    if (OnceIn(2)) return absl::StrCat("(!", has, " || ", test, ")");
    return absl::StrCat("(", has, " ? ", test, " : ",
                        Pick({"true", "false", "em.now"}), ")");
  }

  std::string Leaf() {
    const Readable& read = readable_[Below(readable_.size())];
    if (!care_.order && read.conditional && OnceIn(6)) {
      return absl::StrCat("has(", read.name, ")");
    }
    const bool rising = care_.order || OnceIn(2) || read.others.empty();
    return Guarded(read,
                   pathway::Pick(random_, rising ? read.rising : read.others));
  }

  // Perhaps false whatever the answer is, and unknown without.
  std::string TwoLeavesOfOne() {
    const Readable& read = readable_[Below(readable_.size())];
    const auto& others = read.others.empty() ? read.rising : read.others;
    const std::string first =
        Guarded(read, pathway::Pick(random_, read.rising));
    const std::string second = Guarded(read, pathway::Pick(random_, others));
    return absl::StrCat(first, " && ", second);
  }

  std::string Condition(int depth) {
    if (!care_.order && depth > 0 && OnceIn(4)) return AnyExpression();
    const std::size_t kind = depth == 0 ? 0 : Below(care_.order ? 5 : 7);
    if (kind <= 1) return Leaf();
    const std::string first = Condition(depth - 1);
    if (kind == 5) return absl::StrCat("!(", first, ")");
    const std::string second = Condition(depth - 1);
    if (kind == 2) return absl::StrCat("(", first, " || ", second, ")");
    if (kind != 6) return absl::StrCat("(", first, " && ", second, ")");
    const std::string third = Condition(depth - 1);
    return absl::StrCat("(", first, " ? ", second, " : ", third, ")");
  }

  // Written in any way that the grammar allows; at times it reads what may be
  // absent. Refused ones are not taken.
  std::string AnyExpression() {
    for (int i = 0; i < 10 && expressions_ != nullptr; ++i) {
      const std::string text = expressions_->Bool(OnceIn(2) ? 2 : 1);
      if (!care_.guards || OnceIn(2)) {
        skeleton_.mutable_rules(0)->set_when(text);
      } else {
        skeleton_.mutable_rules(0)->set_when(guarded_->Bool(1));
      }
      if (pathway::CompilePathway(skeleton_, "").pathway != nullptr) {
        return absl::StrCat("(", skeleton_.rules(0).when(), "\n)");
      }
    }
    return Leaf();
  }

  int ItemIndex(const std::string& link_id) const {
    for (int i = 0; i < message_.items_size(); ++i) {
      if (message_.items(i).link_id() == link_id) return i;
    }
    return -1;
  }

  // Over one or both of the integer items, in two or three bands.
  void AddScore() {
    const int pain = ItemIndex("pain.now");
    const int mood = ItemIndex("mood.low");
    if ((pain < 0 && mood < 0) || OnceIn(3)) return;
    std::vector<int> items;
    if (pain >= 0) items.push_back(pain);
    if (mood >= 0 && (pain < 0 || message_.items(mood).enable_when() ==
                                      message_.items(pain).enable_when())) {
      items.push_back(mood);
    }
    pathway::v1::Score& score = *message_.add_scores();
    score.set_name("load");
    score.set_title("Load");
    score.set_citation("Invented.");
    score.set_licence_note("Our own.");
    const bool mean = OnceIn(3);
    score.set_method(mean ? pathway::v1::SCORE_METHOD_MEAN
                          : pathway::v1::SCORE_METHOD_TOTAL);
    double minimum = 0;
    double maximum = 0;
    for (const int item : items) {
      score.add_link_ids(message_.items(item).link_id());
      const auto& range = message_.items(item).integer_range();
      minimum += static_cast<double>(range.minimum());
      maximum += static_cast<double>(range.maximum());
    }
    const double count = mean ? static_cast<double>(items.size()) : 1;
    AddBands(minimum / count, maximum / count, mean, score);
    Readable offered{
        .name = "score.load",
        .conditional = !message_.items(items[0]).enable_when().empty()};
    OfferNumbers({}, minimum / count, maximum / count, mean ? 0.5 : 1, offered);
    readable_.push_back(std::move(offered));
  }

  void AddBands(double minimum, double maximum, bool mean,
                pathway::v1::Score& score) {
    // A band of a mean that lies between two values has no intake.
    const double step = mean && !care_.influence && OnceIn(2) ? 0.25 : 1;
    double begin = minimum;
    while (begin <= maximum) {
      pathway::v1::Band& band = *score.add_bands();
      band.set_code(absl::StrCat("b", score.bands_size()));
      band.set_label("Band");
      band.set_minimum(begin);
      const double next = begin + step * static_cast<double>(1 + Below(2));
      const bool last = mean ? next >= maximum : next > maximum;
      band.set_maximum(last ? maximum : mean ? next : next - 1);
      if (last) break;
      begin = next;
    }
  }

  void AddDefinition(const std::string& name, const std::string& expression) {
    pathway::v1::Definition& definition = *message_.add_definitions();
    definition.set_name(name);
    definition.set_expression(expression);
    definition.set_rationale("Invented.");
    definition.add_sources("book");
  }

  // A bool that conditions read; and of each type one, that any expression may
  // read.
  void AddDefinitions() {
    AddDefinition("given", Condition(1));
    AddDefinition("word", "em.now ? 'yes' : 'no'");
    AddDefinition("half",
                  absl::StrCat("em.now ? ", Pick({"1.5", "0.0"}), " : 0.5"));
    const Readable& read = readable_[Below(readable_.size())];
    const std::string test = Guarded(read, read.rising[0]);
    AddDefinition("count", absl::StrCat(test, " ? 2 : ", Below(3)));
    readable_.push_back({.name = "given",
                         .rising = {"given"},
                         .others = {"!given", "count == 2", "word == 'yes'"}});
    AddLevel();
  }

  // A number that is that of an item, at times also where it has none.
  void AddLevel() {
    const int mood = ItemIndex("mood.low");
    const int item = mood < 0 ? ItemIndex("pain.now") : mood;
    if (item < 0) return;
    const std::string& name = message_.items(item).link_id();
    const bool conditional = !message_.items(item).enable_when().empty();
    const bool guarded = conditional && (care_.guards || OnceIn(3));
    AddDefinition("level",
                  absl::StrCat(guarded ? absl::StrCat("has(", name, ")")
                                       : std::string("em.now"),
                               " ? 2 * ", name, " - 1 : 0"));
    readable_.push_back({.name = "level",
                         .rising = {"level > 1"},
                         .others = {"level <= 1", "level == 0"}});
  }

  // The order in which they are asked is not that in which they depend.
  void ShuffleItems() {
    if (OnceIn(2)) return;
    auto& items = *message_.mutable_items();
    for (int i = items.size() - 1; i > 0; --i) {
      items.SwapElements(i, static_cast<int>(Below(i + 1)));
    }
  }

  // Needs an integer item of this name, and a set.
  void PrepareExpressions() {
    skeleton_ = message_;
    pathway::v1::Rule& rule = *skeleton_.add_rules();
    rule.set_rule_id("R");
    rule.set_when("true");
    rule.set_disposition(pathway::v1::DISPOSITION_ROUTINE);
    rule.set_flag("F");
    rule.set_rationale("Invented.");
    rule.add_sources("book");
    pathway::CompileResult result = pathway::CompilePathway(skeleton_, "");
    EXPECT_TRUE(result.faults.empty()) << ToString(result.faults);
    readings_ = result.pathway;
    if (readings_ == nullptr || ItemIndex("pain.now") < 0 ||
        ItemIndex("med.taken") < 0) {
      return;
    }
    using pathway::RandomExpressions;
    expressions_ = std::make_unique<RandomExpressions>(
        *readings_, RandomExpressions::Guards::kOften, random_);
    guarded_ = std::make_unique<RandomExpressions>(
        *readings_, RandomExpressions::Guards::kAlways, random_);
  }

  pathway::v1::GuidanceRecord& AddRecord(const std::string& id,
                                         pathway::v1::GuidanceKind kind,
                                         int first, int last) {
    pathway::v1::GuidanceRecord& record = *message_.add_guidance();
    record.set_guidance_id(id);
    record.set_revision(1);
    record.set_kind(kind);
    record.set_audience(pathway::v1::AUDIENCE_PATIENT);
    for (int d = first; d <= last; ++d) {
      record.add_dispositions(static_cast<pathway::v1::Disposition>(d));
    }
    record.set_order(message_.guidance_size());
    record.add_sources("book");
    record.set_review_by("2030-01-01");
    pathway::v1::GuidanceText& text = *record.add_texts();
    text.set_locale("en");
    text.set_title("Read");
    text.set_body("Read this.");
    return record;
  }

  void AddGuidance() {
    using pathway::v1::GUIDANCE_KIND_MEDICINE;
    using pathway::v1::GUIDANCE_KIND_SAFETY_NET;
    using pathway::v1::GUIDANCE_KIND_SELF_CARE;
    using pathway::v1::GUIDANCE_KIND_URGENT;
    auto& net = AddRecord("net", GUIDANCE_KIND_SAFETY_NET, 1, 5);
    net.set_show_when(care_.guidance || OnceIn(2) ? "true" : Condition(1));
    if (!care_.guidance && OnceIn(2)) {
      net.mutable_dispositions()->SwapElements(static_cast<int>(Below(5)), 4);
      net.mutable_dispositions()->RemoveLast();
    }
    const bool reached = care_.influence;
    AddRecord("go", GUIDANCE_KIND_URGENT,
              reached ? 2 : 3 + static_cast<int>(Below(3)), 5);
    auto& rest = AddRecord("rest", GUIDANCE_KIND_SELF_CARE, 1,
                           reached ? 3 : 1 + static_cast<int>(Below(3)));
    rest.set_show_when(reached && OnceIn(2) ? "true" : Condition(1));
    auto& pill = AddRecord("pill", GUIDANCE_KIND_MEDICINE, 1, 3);
    pill.add_tags("drug");
    pill.set_show_when(care_.influence ? "true" : Condition(1));
    AddRecord("instead", GUIDANCE_KIND_MEDICINE, 1, 3);
    if (OnceIn(3)) pill.add_excludes("instead");
    if (OnceIn(6)) {
      message_.mutable_guidance(static_cast<int>(Below(5)))->add_excludes("go");
      if (message_.guidance(1).excludes_size() > 0) {
        message_.mutable_guidance(1)->clear_excludes();
      }
    }
  }

  void AddGates() {
    const int count = static_cast<int>(Below(3));
    for (int i = 0; i < count; ++i) {
      pathway::v1::Gate& gate = *message_.add_gates();
      gate.set_gate_id(absl::StrCat("gate", i));
      gate.set_withhold_when(Needed(1));
      gate.add_tags("drug");
      gate.set_rationale("Invented.");
      gate.add_sources("book");
      if (i == 0 || OnceIn(2)) gate.set_substitute_guidance_id("instead");
    }
    if (count == 0) {
      message_.mutable_guidance(4)->set_show_when(Condition(1));
    } else if (!care_.guidance && OnceIn(3)) {
      message_.mutable_guidance(0)->add_tags("drug");
    }
  }

  // A condition of a rule or a gate: with care what makes an option count that
  // nothing else read so far, while there are any.
  std::string Needed(int depth) {
    if (!prepared_) {
      prepared_ = true;
      for (const Readable& read : readable_) {
        for (const std::string& option : read.options) {
          if (!care_.influence && OnceIn(4)) continue;
          needed_.push_back(Guarded(read, option));
        }
      }
      Shuffle(needed_);
    }
    if (needed_.empty()) return Condition(depth);
    const std::string next = needed_.back();
    needed_.pop_back();
    return next;
  }

  // Four to eight at all urgencies.
  void AddRules() {
    int count = 4 + static_cast<int>(Below(5));
    for (int i = 0; i < count; ++i) {
      pathway::v1::Rule& rule = *message_.add_rules();
      rule.set_rule_id(absl::StrCat("R-", i));
      const bool more = i > 0 && needed_.empty();
      rule.set_when(i == 0 ? "em.now" : Needed(2));
      if (!needed_.empty() && i + 1 == count && count < 8) ++count;
      rule.set_disposition(AnyDisposition());
      // Nothing is more urgent.
      const bool most_urgent = i == 0 ? OnceIn(2) : more && care_.influence;
      if (most_urgent) {
        rule.set_disposition(pathway::v1::DISPOSITION_EMERGENCY_NOW);
      }
      if (more && care_.influence) {
        const std::string first = Leaf();
        const std::string second = Leaf();
        rule.set_when(absl::StrCat(first, " && ", second, " && ", rule.when()));
      }
      rule.set_flag(OnceIn(6) ? "SHARED" : absl::StrCat("F_", i));
      rule.set_rationale("Invented.");
      rule.add_sources("book");
      if (OnceIn(3)) rule.add_guidance_ids(Pick({"go", "rest", "instead"}));
    }
    message_.mutable_rules(0)->clear_guidance_ids();
    message_.mutable_rules(0)->add_guidance_ids("go");
    if (OnceIn(care_.influence ? 10 : 3)) AddComplement();
  }

  // Of two rules, one or the other is true; where it is unknown, neither.
  void AddComplement() {
    const int of = static_cast<int>(Below(message_.rules_size()));
    pathway::v1::Rule rule = message_.rules(of);
    rule.set_rule_id("R-not");
    rule.set_when(absl::StrCat("!(", rule.when(), "\n)"));
    rule.set_disposition(AnyDisposition());
    rule.set_flag("NOT");
    *message_.add_rules() = rule;
  }

  // For what is unknown.
  void AddPolicies() {
    for (pathway::v1::Rule& rule : *message_.mutable_rules()) {
      const bool emergency =
          rule.disposition() == pathway::v1::DISPOSITION_EMERGENCY_NOW;
      pathway::v1::OnUnknown policy;
      switch (Below(5)) {
        case 0:
          policy.set_ask(true);
          break;
        case 1:
          policy.set_ignore("Invented.");
          break;
        case 2:
        case 3:
          policy.mutable_escalate()->set_at_least(AnyDisposition());
          policy.mutable_escalate()->set_flag(
              Pick({"SHARED", "UNKNOWN", "F_1"}));
          break;
        default:
          if (!emergency) continue;
          policy.set_ask(true);
      }
      *rule.mutable_on_unknown() = policy;
    }
    for (pathway::v1::Item& item : *message_.mutable_items()) {
      const bool conditional = !item.enable_when().empty();
      if (!OnceIn(conditional ? 2 : 3)) continue;
      pathway::v1::IfUnknown& policy = *item.mutable_if_unknown();
      policy.set_at_least(AnyDisposition(1));
      policy.set_flag(Pick({"SHARED", "MISSING"}));
      policy.set_rationale("Invented.");
      policy.add_sources("book");
      if (conditional || OnceIn(2))
        policy.add_guidance_ids(Pick({"go", "rest", "instead"}));
      const bool may_be_emergency =
          item.enable_when().empty() &&
          policy.at_least() >= pathway::v1::DISPOSITION_SAME_DAY;
      if (may_be_emergency && OnceIn(2)) item.set_emergency(true);
    }
  }

  void AddFloors() {
    for (pathway::v1::Item& item : *message_.mutable_items()) {
      for (pathway::v1::Option& option : *item.mutable_options()) {
        if (option.means_unknown()) continue;
        if (OnceIn(9)) {
          option.set_informational("Invented.");
        } else if (OnceIn(2)) {
          SetFloor(item, option);
        }
      }
    }
  }

  // With care: what a rule that reads nothing else gives.
  void SetFloor(const pathway::v1::Item& item, pathway::v1::Option& option) {
    if (!care_.floors && OnceIn(2)) {
      return option.set_at_least(AnyDisposition());
    }
    const std::string is =
        absl::StrCat(item.link_id(), " == '", option.code(), "'");
    const std::string in =
        absl::StrCat("'", option.code(), "' in ", item.link_id());
    for (const pathway::v1::Rule& rule : message_.rules()) {
      if (rule.when() == is || rule.when() == in) {
        option.set_at_least(rule.disposition());
      }
    }
  }

  // Rules with an exception are at times some that need one.
  void AddExceptions() {
    for (pathway::v1::Item& item : *message_.mutable_items()) {
      if (!OnceIn(5)) continue;
      pathway::v1::OrderException& exception =
          *item.mutable_worse()->add_exceptions();
      exception.set_reason("Invented.");
      const int first = static_cast<int>(Below(message_.rules_size()));
      exception.add_rule_ids(message_.rules(first).rule_id());
      if (OnceIn(2)) ReadAgainstTheOrder(item, *message_.mutable_rules(first));
      if (OnceIn(3)) {
        pathway::v1::OrderException& another =
            OnceIn(2) ? exception : *item.mutable_worse()->add_exceptions();
        another.set_reason("Invented.");
        const int second = static_cast<int>(Below(message_.rules_size()));
        if (second != first) {
          another.add_rule_ids(message_.rules(second).rule_id());
        } else {
          another.add_rule_ids(
              message_.rules((first + 1) % message_.rules_size()).rule_id());
        }
      }
    }
  }

  void ReadAgainstTheOrder(const pathway::v1::Item& item,
                           pathway::v1::Rule& rule) {
    for (const Readable& read : readable_) {
      if (read.name != item.link_id() || read.rising.empty()) continue;
      const std::string test = pathway::Pick(random_, read.rising);
      rule.set_when(Guarded(read, absl::StrCat("!(", test, ")")));
    }
  }

  void AddInvariants() {
    const int count = 1 + static_cast<int>(Below(3));
    for (int i = 0; i < count; ++i) {
      pathway::v1::Invariant& invariant = *message_.add_invariants();
      invariant.set_invariant_id(absl::StrCat("always", i));
      invariant.set_expression(Statement());
      invariant.set_rationale("Invented.");
      invariant.add_sources("book");
    }
  }

  // With care it holds.
  std::string Statement() {
    const pathway::v1::Rule& rule =
        message_.rules(static_cast<int>(Below(message_.rules_size())));
    const int rank = static_cast<int>(rule.disposition());
    const bool wrong = !care_.invariants && OnceIn(2);
    switch (Below(5)) {
      case 0:
        return absl::StrCat("!('", rule.flag(),
                            "' in flags) || disposition_rank",
                            wrong ? " == " : " >= ", wrong ? rank : 1);
      case 1: {
        const auto other = AnyDisposition(1);
        const std::string name = pathway::v1::Disposition_Name(other).substr(
            sizeof("DISPOSITION_") - 1);
        const std::string condition = wrong ? Condition(1) : "true";
        return absl::StrCat("disposition != '", name, "' || ", condition);
      }
      case 2:
        return wrong ? "size(flags) <= 1" : "size(flags) >= 0";
      case 3:
        if (wrong) return Condition(1);
        return absl::StrCat("(", rule.when(), "\n) ? '", rule.flag(),
                            "' in flags : true");
      default:
        return absl::StrCat("!(", rule.when(), "\n) || disposition_rank",
                            wrong ? " > " : " >= ", rank);
    }
  }

  // A line each for what was made at random.
  std::string Text() const {
    std::string text;
    const auto add = [&text](absl::string_view kind, const auto& elements) {
      for (const auto& element : elements) {
        absl::StrAppend(&text, kind, " { ", element.ShortDebugString(), "}\n");
      }
    };
    add("items", message_.items());
    add("definitions", message_.definitions());
    add("scores", message_.scores());
    add("rules", message_.rules());
    add("gates", message_.gates());
    add("guidance", message_.guidance());
    add("invariants", message_.invariants());
    return text;
  }

  // The compiler refuses emergency items that may be unknown without a policy
  // or without being asked; the gate must find them too.
  std::shared_ptr<const pathway::CompiledPathway> WithEmergencyItems(
      const pathway::CompiledPathway& compiled) {
    auto marked = std::make_shared<pathway::CompiledPathway>(compiled);
    if (OnceIn(5)) marked->items[Below(marked->items.size())].emergency = true;
    return marked;
  }

  std::mt19937_64& random_;
  Message message_;
  Care care_;
  std::vector<Readable> readable_;
  // What has no rules yet but one, which is replaced.
  Message skeleton_;
  std::shared_ptr<const pathway::CompiledPathway> readings_;
  std::unique_ptr<pathway::RandomExpressions> expressions_;
  std::unique_ptr<pathway::RandomExpressions> guarded_;
  bool prepared_ = false;
  std::vector<std::string> needed_;
};

}  // namespace plumbline::gate

#endif  // PLUMBLINE_TESTS_CONTENT_SERVICE_GATE_RANDOM_SMALL_PATHWAY_H_
