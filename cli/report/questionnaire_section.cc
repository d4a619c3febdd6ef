#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "cli/report/condition_words.h"
#include "cli/report/sections.h"
#include "cli/unit.h"
#include "common/pathway/localized_item.h"

namespace plumbline::cli {
namespace {

using pathway::LocalizedTexts;
using pathway::v1::Item;
using pathway::v1::Option;

void WriteResults(ReportedPathway& pathway, Html& html) {
  html.Text("h3", "The five results");
  for (const auto& text : pathway.message().dispositions()) {
    const std::string key = absl::StrCat(
        "dispositions/", pathway::v1::Disposition_Name(text.disposition()));
    html.Element("div", {{"class", "card"}}, [&] {
      WriteDisposition(text.disposition(), html);
      WriteInEveryLocale(pathway, html, [&](LocalizedTexts& texts) {
        html.Text("h4", texts.Find(absl::StrCat(key, "/title"), text.title()));
        html.Text("p", texts.Find(absl::StrCat(key, "/instruction"),
                                  text.instruction()));
      });
    });
  }
  html.Text("h3", "Signs to watch for");
  for (const auto& sign : pathway.message().emergency_signs()) {
    html.Element(
        "div",
        {{"class", "card"},
         {"id", absl::StrCat("emergency_signs/", sign.sign_id())}},
        [&] {
          WriteTexts(pathway,
                     absl::StrCat("emergency_signs/", sign.sign_id(), "/text"),
                     sign.text(), html);
          WriteSources(pathway, sign.sources(), html);
        });
  }
}

std::string RangeText(const Item& item) {
  const bool is_decimal = item.has_decimal_range();
  const std::string unit = UnitInWords(
      is_decimal ? item.decimal_range().unit() : item.integer_range().unit());
  const std::string range =
      is_decimal ? absl::StrCat(item.decimal_range().minimum(), " to ",
                                item.decimal_range().maximum())
                 : absl::StrCat(item.integer_range().minimum(), " to ",
                                item.integer_range().maximum());
  return unit.empty() ? range : absl::StrCat(range, " ", unit);
}

void WriteOption(const Option& option, bool is_set, Html& html) {
  html.Element("li", {}, [&] {
    html.Text("span", {{"class", is_set ? "box" : "dot"}}, "");
    html.Write(option.text());
  });
}

// "4 to 6"
std::string BandValues(const pathway::v1::Band& band) {
  return band.minimum() == band.maximum()
             ? absl::StrCat(band.minimum())
             : absl::StrCat(band.minimum(), " to ", band.maximum());
}

void WriteQuestion(const Item& item, Html& html) {
  html.Text("p", {{"class", "prompt"}}, item.prompt());
  if (!item.help().empty()) html.Text("p", {{"class", "help"}}, item.help());
  const bool is_set = item.type() == pathway::v1::ITEM_TYPE_MULTI_CHOICE;
  if (!item.options().empty()) {
    html.Element("ul", {{"class", "answers"}}, [&] {
      for (const Option& option : item.options()) {
        WriteOption(option, is_set, html);
      }
    });
  } else if (item.type() == pathway::v1::ITEM_TYPE_BOOLEAN) {
    html.Text("p", {{"class", "range"}}, "Yes or no");
  } else if (item.has_decimal_range() || item.has_integer_range()) {
    html.Text("p", {{"class", "range"}}, RangeText(item));
  }
  if (item.bands().empty()) return;
  html.Element("ul", {{"class", "answers"}}, [&] {
    for (const auto& band : item.bands()) {
      html.Element("li", {}, [&] {
        html.Text("span", {{"class", "value"}}, BandValues(band));
        html.Write(absl::StrCat(" ", band.label()));
      });
    }
  });
}

// What every option gives by itself, and how often a case chooses it.
void WriteOptionsInDetail(const ReportedPathway& pathway, const Item& item,
                          int index, Html& html) {
  if (item.options().empty()) return;
  const auto& counts = pathway.counts().options[index];
  html.Element("p", {{"class", "when"}}, [&] {
    for (int i = 0; i < item.options_size(); ++i) {
      const Option& option = item.options(i);
      if (i > 0) html.Write(" · ");
      html.Text("code", option.code());
      const auto found = counts.find(option.code());
      html.Write(" ");
      html.Write(CountText(found == counts.end() ? 0 : found->second, "case"));
      if (option.at_least() != pathway::v1::DISPOSITION_UNSPECIFIED) {
        html.Write(", at least ");
        WriteDisposition(option.at_least(), html);
      }
      if (option.means_unknown()) html.Write(", leaves it open");
      if (option.exclusive()) html.Write(", alone");
      if (!option.informational().empty()) html.Write(", changes nothing");
    }
  });
}

std::string OptionText(const Item& item, const std::string& code) {
  for (const Option& option : item.options()) {
    if (option.code() == code) return option.text();
  }
  return code;
}

void WriteChain(const Item& item, const pathway::v1::OptionChain& chain,
                Html& html) {
  for (int level = 0; level < chain.levels_size(); ++level) {
    if (level > 0) html.Write(" → ");
    const auto& codes = chain.levels(level).codes();
    for (int i = 0; i < codes.size(); ++i) {
      if (i > 0) html.Write(" or ");
      html.Text("q", OptionText(item, codes[i]));
    }
  }
}

void WriteOrder(const Item& item, Html& html) {
  const pathway::v1::Worse& worse = item.worse();
  switch (worse.order_case()) {
    case pathway::v1::Worse::kOptions:
      html.Write("From better to worse: ");
      for (int i = 0; i < worse.options().chains_size(); ++i) {
        if (i > 0) html.Write("; ");
        WriteChain(item, worse.options().chains(i), html);
      }
      html.Write(".");
      break;
    case pathway::v1::Worse::kDirection:
      html.Write(worse.direction() == pathway::v1::Worse::DIRECTION_UP
                     ? "A larger number is worse."
                     : "A smaller number is worse.");
      break;
    case pathway::v1::Worse::kSetInclusion:
      html.Write("To choose more of them is worse.");
      break;
    case pathway::v1::Worse::kTrueIsWorse:
      html.Text("q", "yes");
      html.Write(" is worse than ");
      html.Text("q", "no");
      html.Write(".");
      break;
    case pathway::v1::Worse::kUnordered:
      html.Write(absl::StrCat("No answer is worse: ", worse.unordered()));
      break;
    case pathway::v1::Worse::ORDER_NOT_SET:
      break;
  }
}

// Which answers are worse: the gate proves that none of them gives less, but
// for the exceptions.
void WriteWorse(const Item& item, Html& html) {
  html.Element("p", {{"class", "when"}}, [&] {
    WriteOrder(item, html);
    for (const auto& exception : item.worse().exceptions()) {
      html.Write(" Exception: by ");
      for (int i = 0; i < exception.rule_ids_size(); ++i) {
        if (i > 0) html.Write(", ");
        html.Text("a",
                  {{"href", absl::StrCat("#rules/", exception.rule_ids(i))}},
                  exception.rule_ids(i));
      }
      html.Write(
          absl::StrCat(" a worse answer may give less. ", exception.reason()));
    }
  });
}

// The emergency rules and others that a blank leaves open, and that give at
// least something meanwhile.
std::vector<const pathway::Rule*> EscalatingRules(
    const pathway::CompiledPathway& pathway, int item) {
  std::vector<const pathway::Rule*> rules;
  for (const pathway::Rule& rule : pathway.rules) {
    const auto& read = rule.when.items_read;
    if (rule.on_unknown.kind == pathway::RulePolicy::Kind::kEscalate &&
        std::binary_search(read.begin(), read.end(), item)) {
      rules.push_back(&rule);
    }
  }
  return rules;
}

void WriteRuleLinks(const std::vector<const pathway::Rule*>& rules,
                    Html& html) {
  for (std::size_t i = 0; i < rules.size(); ++i) {
    if (i > 0) html.Write(", ");
    html.Text("a", {{"href", absl::StrCat("#rules/", rules[i]->rule_id)}},
              rules[i]->rule_id);
  }
}

void WriteLeftOpen(const ReportedPathway& pathway, int index, Html& html) {
  const Item& item = pathway.message().items(index);
  const auto rules = EscalatingRules(pathway.compiled(), index);
  html.Element("p", {{"class", "when"}}, [&] {
    html.Write("Left open: ");
    if (item.has_if_unknown()) {
      html.Write("at least ");
      WriteDisposition(item.if_unknown().at_least(), html);
      html.Write(absl::StrCat(" ", item.if_unknown().rationale(), " "));
    }
    if (!rules.empty()) {
      pathway::Disposition most = pathway::Disposition::kSelfCare;
      for (const auto* rule : rules) {
        most = std::max(most, rule->on_unknown.at_least);
      }
      html.Write(item.has_if_unknown() ? "At least " : "at least ");
      WriteDisposition(static_cast<pathway::v1::Disposition>(most), html);
      html.Write(" where that keeps one of these from being decided: ");
      WriteRuleLinks(rules, html);
      html.Write(".");
    } else if (!item.has_if_unknown()) {
      html.Write(
          "nothing of its own; the result is provisional where the answer "
          "could make it more urgent.");
    }
  });
}

void WriteItem(ReportedPathway& pathway, int index, Html& html) {
  const Item& item = pathway.message().items(index);
  html.Element("article",
               {{"class", item.emergency() ? "card emergency" : "card"},
                {"id", absl::StrCat("items/", item.link_id())}},
               [&] {
                 html.Element("header", {}, [&] {
                   html.Text("code", item.link_id());
                   if (item.emergency())
                     html.Text("span", {{"class", "tag"}}, "safety");
                   html.Text("span", {{"class", "cases"}},
                             CountText(pathway.counts().items[index], "case"));
                 });
                 WriteInEveryLocale(pathway, html, [&](LocalizedTexts& texts) {
                   WriteQuestion(pathway::LocalizedItem(item, texts), html);
                 });
                 if (!item.enable_when().empty()) {
                   html.Element("p", {{"class", "when"}}, [&] {
                     html.Write("Asked when ");
                     WriteCondition(pathway.message(), item.enable_when(),
                                    html);
                     html.Write(".");
                   });
                 }
                 WriteLeftOpen(pathway, index, html);
                 WriteOptionsInDetail(pathway, item, index, html);
                 WriteWorse(item, html);
                 WriteSources(pathway, item.sources(), html);
               });
}

}  // namespace

void WriteQuestionnaireSection(ReportedPathway& pathway, Html& html) {
  html.Text("h2", {{"id", "questionnaire"}}, "What the patient meets");
  WriteResults(pathway, html);
  html.Text("h3", "The questions, in their order");
  std::string group;
  for (int i = 0; i < pathway.message().items_size(); ++i) {
    const Item& item = pathway.message().items(i);
    if (item.group_id() != group) {
      group = item.group_id();
      WriteInEveryLocale(pathway, html, [&](LocalizedTexts& texts) {
        html.Text("h4", pathway::GroupTitle(pathway.message(), item, texts));
      });
    }
    WriteItem(pathway, i, html);
  }
}

}  // namespace plumbline::cli
