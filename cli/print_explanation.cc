#include "cli/print_explanation.h"

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "cli/answer_text.h"
#include "cli/print_decision.h"
#include "cli/text.h"
#include "cli/words.h"

namespace plumbline::cli {
namespace {

using google::protobuf::RepeatedPtrField;
using pathway::v1::Answer;
using pathway::v1::Disposition;
using pathway::v1::Item;
using pathway::v1::UnknownItem;
using triage::v1::Counterfactual;
using triage::v1::ExplainAssessmentResponse;
using triage::v1::Reason;
using triage::v1::UndecidedReason;

constexpr absl::string_view kInner = "    ";
constexpr absl::string_view kItem = "      ";
constexpr absl::string_view kValue = "        ";

class Printer {
 public:
  Printer(const ExplainAssessmentResponse& explanation, const Answers& answers,
          const PathwayTexts& texts, std::ostream& out)
      : explanation_(explanation), texts_(texts), out_(out) {
    for (const Item& item : explanation.items()) {
      item_by_link_id_[item.link_id()] = &item;
    }
    for (const Answer& answer : answers) {
      answer_by_link_id_[answer.link_id()] = &answer;
    }
    for (const auto& text : explanation.disposition_texts()) {
      title_[text.disposition()] = text.title();
    }
  }

  void Print() {
    const pathway::v1::Decision& decision = explanation_.decision();
    PrintDisposition(decision, TitleOf(decision.most_urgent_possible()), out_);
    if (explanation_.release_withdrawn()) PrintWithdrawn(out_);
    PrintRules();
    PrintPolicies();
    PrintUndecided();
    PrintAlsoNeeded();
    if (explanation_.reasons().empty() &&
        decision.certainty() == pathway::v1::CERTAINTY_FINAL) {
      out_ << "\nNothing that was answered asks for more.\n";
    }
    PrintCounterfactuals();
    if (!decision.flags().empty()) {
      out_ << '\n'
           << Fill(absl::StrJoin(decision.flags(), ", "), "Flags: ", "  ");
    }
    out_ << '\n';
    if (!explanation_.release().empty()) {
      out_ << "Release   " << explanation_.release() << '\n';
    }
    out_ << "Content   " << decision.release_digest() << '\n'
         << "Not medical advice. A clinician must approve the content before "
            "use.\n";
  }

 private:
  std::string TitleOf(Disposition disposition) const {
    const auto found = title_.find(disposition);
    return found == title_.end() ? WordOf(disposition) : found->second;
  }

  std::string PromptOf(const std::string& link_id) const {
    const auto found = item_by_link_id_.find(link_id);
    if (found == item_by_link_id_.end()) return link_id;
    const Item& item = *found->second;
    if (item.help().empty()) return item.prompt();
    return absl::StrCat(item.prompt(), " ", item.help());
  }

  std::string TextOf(const Answer& answer) const {
    const auto found = item_by_link_id_.find(answer.link_id());
    return AnswerText(found == item_by_link_id_.end() ? Item::default_instance()
                                                      : *found->second,
                      answer);
  }

  void PrintQuestion(const std::string& link_id) {
    out_ << Fill(PromptOf(link_id), kItem, kItem);
  }

  void PrintValue(absl::string_view text) {
    out_ << Fill(text, absl::StrCat(kValue, "> "), absl::StrCat(kValue, "  "));
  }

  template <typename Cited>
  void PrintSources(const Cited& cited) {
    const std::vector<std::string> sources =
        texts_.StrongestFirst(cited.sources(), cited.citations());
    if (sources.empty()) return;
    out_ << kInner << (sources.size() == 1 ? "Source:\n" : "Sources:\n");
    for (const std::string& source : sources) {
      out_ << Fill(source, absl::StrCat(kItem, "- "), kValue);
    }
  }

  // Each once.
  void PrintUnknown(const RepeatedPtrField<UnknownItem>& items) {
    out_ << kInner << "Waits for:\n";
    std::set<std::string> printed;
    for (const UnknownItem& item : items) {
      if (!printed.insert(item.link_id()).second) continue;
      PrintQuestion(item.link_id());
      const auto given = answer_by_link_id_.find(item.link_id());
      PrintValue(given == answer_by_link_id_.end() ? "not asked yet"
                                                   : TextOf(*given->second));
    }
    waiting_.merge(printed);
  }

  Disposition DispositionOfRule(const std::string& rule_id) const {
    for (const auto& rule : explanation_.decision().fired_rules()) {
      if (rule.rule_id() == rule_id) return rule.disposition();
    }
    return pathway::v1::DISPOSITION_UNSPECIFIED;
  }

  // Empty but for the id where it is not among those that are undecided.
  pathway::v1::UndecidedRule RuleOf(const std::string& rule_id) const {
    for (const UndecidedReason& undecided : explanation_.undecided()) {
      if (undecided.rule().rule_id() == rule_id) return undecided.rule();
    }
    pathway::v1::UndecidedRule rule;
    rule.set_rule_id(rule_id);
    return rule;
  }

  void PrintRules() {
    bool is_first = true;
    for (const Reason& reason : explanation_.reasons()) {
      if (reason.cause_case() != Reason::kRuleId) continue;
      if (is_first) out_ << "\nWhy\n";
      is_first = false;
      out_ << Fill(reason.rationale(), "  - ", kInner)
           << Fill(absl::StrCat("Asks for: ",
                                TitleOf(DispositionOfRule(reason.rule_id()))),
                   kInner, kItem);
      PrintSufficient(reason);
      PrintSources(reason);
    }
  }

  void PrintSufficient(const Reason& reason) {
    const int count = reason.sufficient_answers_size();
    if (count == 0) {
      out_ << kInner << "Whatever is answered.\n";
      return;
    }
    out_ << kInner
         << (count == 1 ? "This answer is enough" : "These answers are enough")
         << (reason.cut_short() ? ", and perhaps fewer would be:\n" : ":\n");
    for (const Answer& answer : reason.sufficient_answers()) {
      PrintQuestion(answer.link_id());
      PrintValue(TextOf(answer));
    }
  }

  // Items that share one reason stand together under it.
  void PrintPolicies() {
    bool is_first = true;
    std::set<std::pair<std::string, int>> printed;
    for (const Reason& reason : explanation_.reasons()) {
      if (reason.cause_case() != Reason::kPolicy) continue;
      const auto key = KeyOf(reason);
      if (!printed.insert(key).second) continue;
      if (is_first) out_ << "\nBecause answers are missing\n";
      is_first = false;
      PrintPolicy(reason);
      RepeatedPtrField<UnknownItem> items;
      for (const Reason& other : explanation_.reasons()) {
        if (other.cause_case() == Reason::kPolicy && KeyOf(other) == key) {
          items.MergeFrom(other.policy().items());
        }
      }
      PrintUnknown(items);
      PrintSources(reason);
    }
  }

  // A rationale tells a patient what was found. Of a rule that did not fire
  // nothing was: it goes by its flag, and may ask for more than its policy.
  void PrintPolicy(const Reason& reason) {
    const pathway::v1::AppliedPolicy& policy = reason.policy();
    const pathway::v1::UndecidedRule rule = RuleOf(policy.rule_id());
    out_ << Fill(policy.rule_id().empty() ? reason.rationale()
                                          : NotRuledOut(rule),
                 "  - ", kInner)
         << Fill(absl::StrCat("At least: ", TitleOf(policy.at_least())), kInner,
                 kItem);
    if (rule.disposition() != pathway::v1::DISPOSITION_UNSPECIFIED) {
      PrintWouldAskFor(rule);
    }
  }

  static std::string NotRuledOut(const pathway::v1::UndecidedRule& rule) {
    return absl::StrCat("Not ruled out: ",
                        rule.flag().empty() ? rule.rule_id() : rule.flag());
  }

  void PrintWouldAskFor(const pathway::v1::UndecidedRule& rule) {
    out_ << Fill(absl::StrCat("Would ask for: ", TitleOf(rule.disposition())),
                 kInner, kItem);
  }

  static std::pair<std::string, int> KeyOf(const Reason& policy) {
    return {absl::StrCat(policy.policy().rule_id(), "\n", policy.rationale()),
            policy.policy().at_least()};
  }

  // Those that could make the result more urgent; policies of rules have been
  // printed.
  void PrintUndecided() {
    std::set<std::string> printed;
    for (const Reason& reason : explanation_.reasons()) {
      printed.insert(reason.policy().rule_id());
    }
    bool is_first = true;
    int others = 0;
    for (const UndecidedReason& undecided : explanation_.undecided()) {
      if (printed.contains(undecided.rule().rule_id())) continue;
      const Disposition asked = undecided.rule().disposition();
      if (asked <= explanation_.decision().disposition()) {
        ++others;
        continue;
      }
      if (is_first) out_ << "\nNot decided, and more urgent\n";
      is_first = false;
      out_ << Fill(NotRuledOut(undecided.rule()), "  - ", kInner);
      PrintWouldAskFor(undecided.rule());
      PrintUnknown(undecided.rule().items());
      PrintSources(undecided);
    }
    if (others == 0) return;
    out_ << '\n'
         << Fill(absl::StrCat(others, others == 1 ? " rule is" : " rules are",
                              " not decided for want of answers, and would "
                              "not make it more urgent."),
                 "", "");
  }

  // What keeps the result from being final and was not told above: an item with
  // a policy, of which it is not known whether it is asked.
  void PrintAlsoNeeded() {
    RepeatedPtrField<UnknownItem> items;
    bool others_are_told = false;
    for (const auto& reason : explanation_.decision().provisional_reasons()) {
      for (const UnknownItem& item : reason.items()) {
        if (waiting_.contains(item.link_id())) {
          others_are_told = true;
        } else {
          *items.Add() = item;
        }
      }
    }
    if (items.empty()) return;
    out_ << (others_are_told ? "\nAlso needed" : "\nNeeded")
         << " for a final result\n";
    PrintUnknown(items);
  }

  void PrintCounterfactuals() {
    if (explanation_.counterfactuals().empty()) return;
    out_ << "\nWhat would give another result\n";
    for (const Counterfactual& counterfactual :
         explanation_.counterfactuals()) {
      out_ << Fill(TitleOf(counterfactual.disposition()), "  - ", kInner);
      if (counterfactual.changes().empty()) {
        PrintNotFound(counterfactual);
      } else {
        PrintChanges(counterfactual);
      }
    }
  }

  void PrintNotFound(const Counterfactual& counterfactual) {
    const int within = counterfactual.not_found_within();
    std::string text = absl::StrCat("None within ", within, " changed answer",
                                    within == 1 ? "." : "s.");
    if (within == 0) text = "None was found.";
    if (counterfactual.cut_short()) text += " The search was cut short.";
    out_ << Fill(text, kInner, kInner);
  }

  void PrintChanges(const Counterfactual& counterfactual) {
    for (const Answer& change : counterfactual.changes()) {
      PrintQuestion(change.link_id());
      const auto given = answer_by_link_id_.find(change.link_id());
      PrintValue(absl::StrCat(
          TextOf(change),
          given == answer_by_link_id_.end()
              ? ", where there is no answer"
              : absl::StrCat(", instead of: ", TextOf(*given->second))));
    }
    for (const std::string& link_id : counterfactual.dropped_link_ids()) {
      PrintQuestion(link_id);
      PrintValue("would not be asked");
    }
    if (counterfactual.certainty() == pathway::v1::CERTAINTY_PROVISIONAL) {
      out_ << Fill("Provisional: it rests on answers that are missing.", kInner,
                   kInner);
    }
    if (counterfactual.cut_short()) {
      out_ << Fill(
          "The search was cut short: as many answers may have a nearer way.",
          kInner, kInner);
    }
  }

  const ExplainAssessmentResponse& explanation_;
  const PathwayTexts& texts_;
  std::ostream& out_;
  std::map<std::string, const Item*> item_by_link_id_;
  std::map<std::string, const Answer*> answer_by_link_id_;
  std::map<int, std::string> title_;  // By disposition.
  std::set<std::string> waiting_;     // What PrintUnknown() has printed.
};

}  // namespace

void PrintExplanation(const ExplainAssessmentResponse& explanation,
                      const Answers& answers, const PathwayTexts& texts,
                      std::ostream& out) {
  Printer(explanation, answers, texts, out).Print();
}

}  // namespace plumbline::cli
