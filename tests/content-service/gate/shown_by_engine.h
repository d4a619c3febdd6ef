// Whether an intake that the gate shows really shows it when the engine runs
// it. Nothing here knows of formulas.

#ifndef PLUMBLINE_TESTS_CONTENT_SERVICE_GATE_SHOWN_BY_ENGINE_H_
#define PLUMBLINE_TESTS_CONTENT_SERVICE_GATE_SHOWN_BY_ENGINE_H_

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/pathway/answers.h"
#include "common/pathway/checked_tree.h"
#include "common/pathway/decide.h"
#include "common/pathway/item_values.h"
#include "common/pathway/names.h"
#include "content-service/gate/order.h"
#include "content-service/gate/property.h"
#include "tests/common/pathway/completions.h"

namespace plumbline::gate {

class ShownByEngine {
 public:
  explicit ShownByEngine(const pathway::CompiledPathway& pathway)
      : pathway_(pathway) {
    for (const pathway::Item& item : pathway.items) {
      values_.push_back(ValuesToTry(item));
    }
  }

  // Why `finding` of `property` is not shown; empty: it is, or there is nothing
  // to show.
  std::string WhyNot(const std::string& property, const Finding& finding) {
    if (!finding.counterexample.has_value()) return "";
    const pathway::Intake& intake = *finding.counterexample;
    const pathway::CheckedAnswers checked =
        CheckAnswers(pathway_, ToMessages(pathway_, intake));
    if (!checked.violations.empty()) return ToString(checked.violations);
    const bool holds = Shows(property, finding, intake);
    return holds ? "" : absl::StrCat(finding.message, ": is not so");
  }

 private:
  using Intake = pathway::Intake;
  using Disposition = pathway::Disposition;

  bool Shows(const std::string& property, const Finding& finding,
             const Intake& intake) {
    const std::string& element = finding.elements.front();
    const std::string id = element.substr(element.find('/') + 1);
    if (property == "no-error") return IsComplete(intake) && Errs(element, id);
    if (property == "monotone") {
      return IsComplete(intake) && IsLessUrgentThanABetter(ItemOf(id), intake);
    }
    if (property == "floors") return IsBelowFloor(ItemOf(id), finding, intake);
    if (property == "unknown-is-safe") {
      return absl::StrContains(finding.message, "emergency item")
                 ? IsUnknown(ItemOf(id), intake) &&
                       DispositionOf(pathway_, intake) < Disposition::kSameDay
                 : IsUnknown(ItemOf(id), intake) &&
                       IsLessUrgentThanEvery(ItemOf(id), intake);
    }
    if (property == "invariants") return Truth(id) == pathway::Truth::kFalse;
    if (property == "guidance") return IsShown(finding, id);
    return false;
  }

 public:
  // Evaluates the counterexample, for what follows.
  void Take(const Intake& intake) {
    intake_ = intake;
    evaluation_ = Evaluate(pathway_, intake);
    decision_ = Decide(pathway_, intake, evaluation_);
  }

 private:
  int ItemOf(const std::string& link_id) const {
    return pathway_.item_by_link_id.at(link_id);
  }

  bool IsComplete(const Intake& intake) const {
    for (std::size_t i = 0; i < intake.size(); ++i) {
      if (evaluation_.IsUnknown(intake, static_cast<int>(i))) return false;
    }
    return true;
  }

  bool IsUnknown(int item, const Intake& intake) const {
    return evaluation_.IsUnknown(intake, item);
  }

  const pathway::CompiledPathway& pathway_;
  std::vector<std::vector<std::int64_t>> values_;
  Intake intake_;
  pathway::Evaluation evaluation_;
  pathway::Decision decision_;
};

}  // namespace plumbline::gate

#endif  // PLUMBLINE_TESTS_CONTENT_SERVICE_GATE_SHOWN_BY_ENGINE_H_
