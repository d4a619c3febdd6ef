// What formulas come to at one intake, for tests that compare them with the
// engine.

#ifndef PLUMBLINE_TESTS_CONTENT_SERVICE_GATE_FORMULAS_AT_H_
#define PLUMBLINE_TESTS_CONTENT_SERVICE_GATE_FORMULAS_AT_H_

#include <gtest/gtest.h>
#include <z3++.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/string_view.h"
#include "common/pathway/evaluate_expression.h"
#include "common/pathway/intake.h"
#include "content-service/gate/encode.h"

namespace plumbline::gate {

inline void Assign(z3::model& model, const z3::expr& variable,
                   const z3::expr& value) {
  z3::func_decl declared = variable.decl();
  z3::expr constant = value;
  model.add_const_interp(declared, constant);
}

// The model in which the free answers of `evaluation` are those of `intake`.
inline z3::model ModelOf(z3::context& z3, const SymbolicEvaluation& evaluation,
                         const pathway::Intake& intake) {
  using State = pathway::SlotAnswer::State;
  z3::model model(z3);
  for (std::size_t i = 0; i < intake.size(); ++i) {
    const SymbolicAnswer& answer = evaluation.answers[i];
    const pathway::SlotAnswer& slot = intake[i];
    Assign(model, answer.answered, z3.bool_val(slot.IsAnswered()));
    Assign(model, answer.closed, z3.bool_val(slot.state == State::kClosed));
    if (answer.value.has_value()) {
      // Without an answer it is any legal value.
      const z3::expr& place = answer.value->place;
      Assign(model, place,
             z3.bv_val(slot.IsAnswered() ? slot.value : answer.value->minimum,
                       place.get_sort().bv_size()));
    }
    for (std::size_t option = 0; option < answer.chosen.size(); ++option) {
      Assign(model, answer.chosen[option],
             z3.bool_val((slot.value >> option & 1) != 0));
    }
  }
  return model;
}

// Formulas that are evaluated together: one by one, each would walk again
// through what they have in common.
class FormulasAt {
 public:
  explicit FormulasAt(z3::context& z3) : z3_(z3), all_(z3.bv_val(0, 1)) {}

  // The bit of a bool.
  std::size_t Add(const z3::expr& truth) {
    return AddBits(z3::ite(truth, z3_.bv_val(1, 1), z3_.bv_val(0, 1)));
  }

  // The first of the bits of a bit-vector, of which the most significant is
  // first.
  std::size_t AddBits(const z3::expr& bits) {
    const std::size_t first = count_;
    parts_.push_back(bits);
    count_ += bits.get_sort().bv_size();
    return first;
  }

  // A place that Place() reads.
  std::size_t Add(const SymbolicNumber& number) {
    const unsigned width = number.place.get_sort().bv_size();
    return AddBits(z3::sext(number.place, 64 - width));
  }

  // Once everything is added: '0' or '1' by bit.
  std::string At(const z3::model& model) {
    if (!parts_.empty()) Join();
    std::string bits;
    EXPECT_TRUE(model.eval(all_, true).as_binary(bits)) << "not decided";
    return std::string(count_ + 1 - bits.size(), '0').append(bits).substr(1);
  }

  static std::int64_t Place(const std::string& bits, std::size_t first) {
    std::uint64_t place = 0;
    for (std::size_t i = first; i < first + 64; ++i) {
      place = place << 1 | (bits[i] == '1' ? 1 : 0);
    }
    return static_cast<std::int64_t>(place);
  }

 private:
  // Neighbours first, so that no term is deep. One more bit stands in front,
  // which is 0.
  void Join() {
    parts_.insert(parts_.begin(), all_);
    while (parts_.size() > 1) {
      std::vector<z3::expr> joined;
      for (std::size_t i = 0; i + 1 < parts_.size(); i += 2) {
        joined.push_back(z3::concat(parts_[i], parts_[i + 1]));
      }
      if (parts_.size() % 2 != 0) joined.push_back(parts_.back());
      parts_ = joined;
    }
    all_ = parts_.front();
    parts_.clear();
  }

  z3::context& z3_;
  z3::expr all_;
  std::vector<z3::expr> parts_;
  std::size_t count_ = 0;
};

// The value of an expression as formulas, to be compared with the engine's.
class SymbolicValueAt {
 public:
  SymbolicValueAt(const SymbolicValue& value, FormulasAt& formulas)
      : unknown_(formulas.Add(value.unknown)) {
    if (value.truth.has_value()) {
      is_true_ = formulas.Add(value.truth->is_true);
      is_false_ = formulas.Add(value.truth->is_false);
    }
    for (const auto& [text, is_text] : value.texts) {
      texts_.emplace_back(text, formulas.Add(is_text));
    }
    if (!value.number.has_value()) return;
    first_scale_ = value.number->first.scale;
    last_scale_ = value.number->last.scale;
    first_ = formulas.Add(value.number->first);
    last_ = formulas.Add(value.number->last);
  }

  bool Agrees(const pathway::Value& value, const std::string& bits) const {
    const auto holds = [&bits](std::size_t bit) { return bits[bit] == '1'; };
    if (holds(unknown_) != std::holds_alternative<pathway::Unknown>(value)) {
      return false;
    }
    if (is_true_.has_value()) {
      const pathway::Truth truth = ToTruth(value);
      return holds(*is_true_) == (truth == pathway::Truth::kTrue) &&
             holds(*is_false_) == (truth == pathway::Truth::kFalse);
    }
    for (const auto& [text, bit] : texts_) {
      const bool is_text = value == pathway::Value(absl::string_view(text));
      if (holds(bit) != is_text) return false;
    }
    return !first_.has_value() || holds(unknown_) ||
           IsNumber(value, FormulasAt::Place(bits, *first_),
                    FormulasAt::Place(bits, *last_));
  }

 private:
  bool IsNumber(const pathway::Value& value, std::int64_t first,
                std::int64_t last) const {
    if (const auto* ints = std::get_if<pathway::IntInterval>(&value)) {
      return first_scale_ == nullptr && ints->minimum == first &&
             ints->maximum == last;
    }
    const auto* doubles = std::get_if<pathway::DoubleInterval>(&value);
    return doubles != nullptr && first_scale_ != nullptr &&
           doubles->minimum == (*first_scale_)(first) &&
           doubles->maximum == (*last_scale_)(last);
  }

  const std::size_t unknown_;
  std::optional<std::size_t> is_true_;
  std::optional<std::size_t> is_false_;
  std::vector<std::pair<std::string, std::size_t>> texts_;
  std::shared_ptr<const Scale> first_scale_;
  std::shared_ptr<const Scale> last_scale_;
  std::optional<std::size_t> first_;
  std::optional<std::size_t> last_;
};

}  // namespace plumbline::gate

#endif  // PLUMBLINE_TESTS_CONTENT_SERVICE_GATE_FORMULAS_AT_H_
