// The compiled pathway: items are slots, expressions are checked and flat.
//
// Values come from CompilePathway() and are therefore valid: ids are unique,
// references resolve, every expression is well typed. Immutable and safe to
// share between threads. Lists are in pathway order; an index into a list is
// how other parts refer to its elements.

#ifndef PLUMBLINE_COMMON_PATHWAY_MODEL_H_
#define PLUMBLINE_COMMON_PATHWAY_MODEL_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "common/pathway/expression.h"

namespace plumbline::pathway {

namespace v1 {
class Pathway;
}  // namespace v1

// Raised whenever an older engine would evaluate some content differently.
inline constexpr int kEngineVersion = 1;

// How soon care is needed, least urgent first; the numbers of v1::Disposition.
enum class Disposition : std::uint8_t {
  kSelfCare = 1,
  kRoutine = 2,
  kWithinDays = 3,
  kSameDay = 4,
  kEmergencyNow = 5,
};

// Three-valued logic: what is unknown is neither true nor false.
enum class Truth : std::uint8_t { kFalse = 0, kTrue = 1, kUnknown = 2 };

enum class ItemType : std::uint8_t {
  kChoice = 1,
  kMultiChoice = 2,
  kBoolean = 3,
  kInteger = 4,
  kDecimal = 5,
};

struct Option {
  std::string code;
  bool exclusive = false;
  bool means_unknown = false;
  std::optional<Disposition> at_least;
};

// What applies while an item is asked, and unknown.
struct ItemPolicy {
  Disposition at_least = Disposition::kSelfCare;
  int flag = 0;               // Index into CompiledPathway::flags.
  std::vector<int> guidance;  // Indices into CompiledPathway::guidance.
};

struct Item {
  std::string link_id;
  ItemType type = ItemType::kChoice;
  bool emergency = false;
  bool changeable = false;  // Whether a counterfactual may change the answer.
  std::vector<Option> options;  // At most 64.
  // Integer: the inclusive range. Decimal: the same times `scale`.
  std::int64_t minimum = 0;
  std::int64_t maximum = 0;
  // Decimal: one over the step, so that value = slot value / scale. Else 1.
  std::int64_t scale = 1;
  // Bits of the exclusive options of a multi-choice item.
  std::uint64_t exclusive_mask = 0;
  std::optional<Expression> enable_when;  // Missing: always enabled.
  std::optional<ItemPolicy> if_unknown;

  // The index of the option `code`; -1: there is none.
  int OptionIndex(absl::string_view code) const {
    for (std::size_t i = 0; i < options.size(); ++i) {
      if (options[i].code == code) return static_cast<int>(i);
    }
    return -1;
  }
};

struct Band {
  std::string code;
  double minimum = 0;
  double maximum = 0;
  // The part of the subscale's range that is this band's; -1 to -1: all of it.
  std::int64_t subscale_minimum = -1;
  std::int64_t subscale_maximum = -1;
};

// What an answer to an item counts in a score.
struct Points {
  // The least and the most that an answer can count.
  std::int64_t minimum = 0;
  std::int64_t maximum = 0;
  // Multi-choice: bits of the options that count one each. Else 0.
  std::uint64_t ticks = 0;
  // What each answer from `first` on counts. Empty: the number itself.
  std::int64_t first = 0;
  std::vector<std::int64_t> by_answer;
};

struct Score {
  // The numbers of v1::ScoreMethod.
  enum class Method : std::uint8_t {
    kTotal = 1,
    kMean = 2,
    kPercent = 3,
    kCount = 4,
  };

  std::string name;
  Method method = Method::kTotal;
  std::vector<int> items;
  std::vector<Points> points;  // By entry of `items`.
  std::vector<Band> bands;
  // Entries of `items` whose sum tells bands of one range apart.
  std::vector<int> subscale;
  // How many items may be unanswered for the rest to give an estimate.
  int missing_max = 0;
  // Whether it follows a published instrument, which is asked as a whole.
  bool follows_instrument = false;
};

// Whether expressions read such a score as an int; else as a double. No default
// label: a new method stops the build here.
inline bool IsWhole(Score::Method method) {
  switch (method) {
    case Score::Method::kTotal:
    case Score::Method::kCount:
      return true;
    case Score::Method::kMean:
    case Score::Method::kPercent:
      return false;
  }
  return false;
}

struct Definition {
  std::string name;
  Expression expression;
};

// What applies while a rule is unknown.
struct RulePolicy {
  enum class Kind : std::uint8_t { kAsk, kEscalate, kIgnore };

  Kind kind = Kind::kAsk;
  Disposition at_least = Disposition::kSelfCare;  // kEscalate.
  int flag = 0;                                   // kEscalate.
};

struct Rule {
  std::string rule_id;
  Expression when;
  Disposition disposition = Disposition::kRoutine;
  int flag = 0;
  std::vector<int> guidance;
  RulePolicy on_unknown;
};

struct Invariant {
  std::string invariant_id;
  Expression expression;
};

struct Gate {
  std::string gate_id;
  Expression withhold_when;
  int substitute = -1;  // Index into guidance; -1: none.
};

// The numbers of v1::GuidanceKind.
enum class GuidanceKind : std::uint8_t {
  kUrgent = 1,
  kCrisis = 2,
  kComfort = 3,
  kSafetyNet = 4,
  kSelfCare = 5,
  kExercise = 6,
  kMedicine = 7,
  kInformation = 8,
};

// Whether neither an urgent result nor an unanswered emergency item keeps
// records of this kind back. No default label: a new kind stops the build here.
inline bool IsAlwaysAllowed(GuidanceKind kind) {
  switch (kind) {
    case GuidanceKind::kUrgent:
    case GuidanceKind::kCrisis:
    case GuidanceKind::kComfort:
    case GuidanceKind::kSafetyNet:
      return true;
    case GuidanceKind::kSelfCare:
    case GuidanceKind::kExercise:
    case GuidanceKind::kMedicine:
    case GuidanceKind::kInformation:
      return false;
  }
  return false;
}

struct Guidance {
  std::string guidance_id;
  GuidanceKind kind = GuidanceKind::kInformation;
  std::uint8_t dispositions = 0;  // Bit d set where Disposition d is listed.
  std::optional<Expression> show_when;
  std::vector<int> gates;  // The gates whose tags select this record.
  std::vector<int> excludes;
};

// One step of an evaluation: the enabling of an item, or the value of a
// definition or a score.
struct EvaluationStep {
  enum class Kind : std::uint8_t { kItem, kDefinition, kScore };

  Kind kind = Kind::kItem;
  int index = 0;

  friend bool operator==(const EvaluationStep&,
                         const EvaluationStep&) = default;
};

struct CompiledPathway {
  std::string pathway_id;
  // The SHA-256 of the content bytes, 64 lower-case hexadecimal digits; empty
  // where it was compiled from files and not from content.
  std::string digest;
  std::vector<std::string>
      flags;  // Every flag once, in order of first mention:
              // rules, rule policies, item policies.
  std::vector<Item> items;
  std::vector<Definition> definitions;
  std::vector<Score> scores;
  std::vector<Rule> rules;
  std::vector<Invariant> invariants;
  std::vector<Gate> gates;
  std::vector<Guidance> guidance;

  // Every item, definition and score once, after all that it reads.
  std::vector<EvaluationStep> evaluation_order;

  absl::flat_hash_map<std::string, int> item_by_link_id;

  // The message that it was compiled from, for texts, sources and cases; lists
  // have the same order and indices as above.
  std::shared_ptr<const v1::Pathway> source;
};

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_COMMON_PATHWAY_MODEL_H_
