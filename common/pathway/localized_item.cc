#include "common/pathway/localized_item.h"

#include "absl/strings/str_cat.h"

namespace plumbline::pathway {

void Localize(LocalizedTexts& texts, absl::string_view key, std::string* text) {
  if (text->empty()) return;
  const std::string fallback = *text;
  *text = std::string(texts.Find(key, fallback));
}

v1::Item LocalizedItem(v1::Item item, LocalizedTexts& texts) {
  const std::string key = absl::StrCat("items/", item.link_id());
  Localize(texts, absl::StrCat(key, "/prompt"), item.mutable_prompt());
  Localize(texts, absl::StrCat(key, "/help"), item.mutable_help());
  for (v1::Option& option : *item.mutable_options()) {
    Localize(texts, absl::StrCat(key, "/options/", option.code()),
             option.mutable_text());
  }
  for (v1::Band& band : *item.mutable_bands()) {
    Localize(texts, absl::StrCat(key, "/bands/", band.code()),
             band.mutable_label());
  }
  if (item.has_if_unknown()) {
    Localize(texts, absl::StrCat(key, "/if_unknown/rationale"),
             item.mutable_if_unknown()->mutable_rationale());
  }
  return item;
}

std::string LocalizedTitle(const v1::ItemGroup& group, LocalizedTexts& texts) {
  std::string title = group.title();
  Localize(texts, absl::StrCat("groups/", group.group_id(), "/title"), &title);
  return title;
}

std::string GroupTitle(const v1::Pathway& pathway, const v1::Item& item,
                       LocalizedTexts& texts) {
  for (const v1::ItemGroup& group : pathway.groups()) {
    if (group.group_id() == item.group_id()) {
      return LocalizedTitle(group, texts);
    }
  }
  return "";
}

}  // namespace plumbline::pathway
