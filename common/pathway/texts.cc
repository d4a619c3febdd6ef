#include "common/pathway/texts.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "common/pathway/instruments.h"

namespace plumbline::pathway {
namespace {

class Collector {
 public:
  std::vector<TranslatableText> Collect(const v1::Pathway& message) {
    Add("title", message.title());
    Add("description", message.description());
    for (const v1::DispositionText& text : message.dispositions()) {
      const std::string key = absl::StrCat(
          "dispositions/", v1::Disposition_Name(text.disposition()));
      Add(absl::StrCat(key, "/title"), text.title());
      Add(absl::StrCat(key, "/instruction"), text.instruction());
    }
    for (const v1::EmergencySign& sign : message.emergency_signs()) {
      Add(absl::StrCat("emergency_signs/", sign.sign_id(), "/text"),
          sign.text());
    }
    for (const v1::ItemGroup& group : message.groups()) {
      Add(absl::StrCat("groups/", group.group_id(), "/title"), group.title());
    }
    for (const v1::Item& item : message.items()) CollectItem(item);
    for (const v1::Score& score : message.scores()) {
      const std::string key = absl::StrCat("scores/", score.name());
      Add(absl::StrCat(key, "/title"), score.title());
      CollectBands(key, BandsOf(message, score));
    }
    for (const v1::Rule& rule : message.rules()) {
      Add(absl::StrCat("rules/", rule.rule_id(), "/rationale"),
          rule.rationale());
    }
    for (const v1::Gate& gate : message.gates()) {
      Add(absl::StrCat("gates/", gate.gate_id(), "/rationale"),
          gate.rationale());
    }
    return std::move(texts_);
  }

 private:
  void Add(std::string key, const std::string& text) {
    if (!text.empty()) texts_.push_back({std::move(key), text});
  }

  template <typename Bands>
  void CollectBands(const std::string& key, const Bands& bands) {
    for (const v1::Band& band : bands) {
      Add(absl::StrCat(key, "/bands/", band.code()), band.label());
    }
  }

  void CollectItem(const v1::Item& item) {
    const std::string key = absl::StrCat("items/", item.link_id());
    Add(absl::StrCat(key, "/prompt"), item.prompt());
    Add(absl::StrCat(key, "/help"), item.help());
    for (const v1::Option& option : item.options()) {
      Add(absl::StrCat(key, "/options/", option.code()), option.text());
    }
    CollectBands(key, item.bands());
    Add(absl::StrCat(key, "/if_unknown/rationale"),
        item.if_unknown().rationale());
  }

  std::vector<TranslatableText> texts_;
};

}  // namespace

std::vector<TranslatableText> TranslatableTexts(const v1::Pathway& message) {
  return Collector().Collect(message);
}

bool AreSameWords(absl::string_view a, absl::string_view b) {
  return absl::EqualsIgnoreCase(a, b);
}

absl::string_view OptionsOfKey(absl::string_view key) {
  constexpr absl::string_view kOptions = "/options/";
  const std::size_t at = key.find(kOptions);
  if (!absl::StartsWith(key, "items/") || at == key.npos) return "";
  return key.substr(0, at + kOptions.size());
}

}  // namespace plumbline::pathway
