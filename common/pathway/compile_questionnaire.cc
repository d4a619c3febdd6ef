#include "common/pathway/compile_questionnaire.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/pathway/check_worse.h"
#include "common/pathway/compile_item.h"
#include "common/pathway/names.h"

namespace plumbline::pathway {
namespace {

const IdForm kLinkIdForm = {
    IsLinkId,
    "two or more words joined by dots, such as 'em.bladder', each of "
    "lower-case letters, digits and '_'"};

// Refuses segments that expressions could not read.
void CheckWords(Compiler& compiler, const ElementPath& path,
                const std::string& link_id) {
  const std::vector<std::string> words = absl::StrSplit(link_id, '.');
  for (const std::string& word : words) {
    if (!IsKeyword(word)) continue;
    compiler.AddFault(path, absl::StrCat("'", word,
                                         "' is a word of CEL; use "
                                         "another"));
  }
  if (IsReservedName(words.front())) {
    compiler.AddFault(path,
                      absl::StrCat("'", words.front(),
                                   "' means something else in expressions; "
                                   "begin with another word"));
  }
}

// Refuses an id whose beginning is another's whole: an expression could not
// tell them apart.
void CheckBeginning(Compiler& compiler, const ElementPath& path,
                    const std::string& link_id) {
  for (std::size_t dot = link_id.find('.'); dot != std::string::npos;
       dot = link_id.find('.', dot + 1)) {
    const std::string beginning = link_id.substr(0, dot);
    if (!compiler.pathway.item_by_link_id.contains(beginning)) continue;
    compiler.AddFault(path, absl::StrCat("begins with '", beginning,
                                         "', which is an item itself; give one "
                                         "of the two another name"));
  }
}

ElementPath PathOfItem(const Compiler& compiler, int index) {
  const std::string& id = compiler.message.items(index).link_id();
  const auto found = compiler.pathway.item_by_link_id.find(id);
  const bool is_named =
      found != compiler.pathway.item_by_link_id.end() && found->second == index;
  return ElementPath().Element("items", index, is_named ? id : "");
}

void CompilePolicy(Compiler& compiler, const ElementPath& path,
                   const v1::IfUnknown& message, Item& item) {
  ItemPolicy policy;
  const std::optional<Disposition> at_least =
      compiler.CheckDisposition(path.Field("at_least"), message.at_least());
  policy.at_least = at_least.value_or(policy.at_least);
  compiler.CheckFlag(path.Field("flag"), message.flag());
  policy.flag = compiler.FlagIndex(message.flag());
  compiler.CheckText(path.Field("rationale"), message.rationale());
  compiler.CheckSources(path, message.sources(), 1);
  policy.guidance =
      compiler.FindAll(path, "guidance_ids", message.guidance_ids(),
                       compiler.guidance, "guidance record");
  item.if_unknown = std::move(policy);
}

// An unknown emergency item never gives better than SAME_DAY.
void CheckEmergency(Compiler& compiler, const ElementPath& path,
                    const Item& item) {
  if (!item.emergency) return;
  if (item.if_unknown.has_value() &&
      item.if_unknown->at_least >= Disposition::kSameDay) {
    return;
  }
  compiler.AddFault(path.Field("if_unknown"),
                    "an emergency item needs a policy of at least "
                    "DISPOSITION_SAME_DAY for when it is not answered");
}

}  // namespace

void CompileItems(Compiler& compiler) {
  const v1::Pathway& message = compiler.message;
  IndexById groups;
  const std::vector<ElementPath> group_paths = compiler.CheckIds(
      {}, "groups", message.groups(), "group_id",
      [](const v1::ItemGroup& group) { return group.group_id(); }, kWordForm,
      &groups);
  for (int i = 0; i < message.groups_size(); ++i) {
    compiler.CheckText(group_paths[i].Field("title"),
                       message.groups(i).title());
  }
  if (message.groups().empty()) {
    compiler.AddFault(ElementPath().Field("groups"),
                      "required: at least one section");
  }
  if (message.items().empty()) {
    compiler.AddFault(ElementPath().Field("items"),
                      "required: at least one item");
  }
  IndexById index;
  const std::vector<ElementPath> paths = compiler.CheckIds(
      {}, "items", message.items(), "link_id",
      [](const v1::Item& item) { return item.link_id(); }, kLinkIdForm, &index);
  compiler.pathway.item_by_link_id = std::move(index);
  compiler.pathway.items.resize(message.items_size());
  for (int i = 0; i < message.items_size(); ++i) {
    const v1::Item& item = message.items(i);
    compiler.conditional.push_back(!item.enable_when().empty());
    if (IsLinkId(item.link_id())) {
      CheckWords(compiler, paths[i].Field("link_id"), item.link_id());
      CheckBeginning(compiler, paths[i].Field("link_id"), item.link_id());
    }
    const bool is_clear = CompileItem(compiler, item, paths[i], groups,
                                      compiler.pathway.items[i]);
    compiler.faulty.push_back(!is_clear);
  }
}

void CompileEnabling(Compiler& compiler) {
  for (int i = 0; i < compiler.message.items_size(); ++i) {
    const std::string& text = compiler.message.items(i).enable_when();
    if (text.empty()) continue;
    compiler.pathway.items[i].enable_when =
        compiler.CompileExpression(PathOfItem(compiler, i).Field("enable_when"),
                                   text, compiler.Condition());
  }
}

void CompileItemPolicies(Compiler& compiler) {
  for (int i = 0; i < compiler.message.items_size(); ++i) {
    const v1::Item& message = compiler.message.items(i);
    const ElementPath path = PathOfItem(compiler, i);
    Item& item = compiler.pathway.items[i];
    if (message.has_if_unknown()) {
      CompilePolicy(compiler, path.Field("if_unknown"), message.if_unknown(),
                    item);
    }
    CheckEmergency(compiler, path, item);
    compiler.CheckSources(path, message.sources(), 0);
    if (message.type() == v1::ITEM_TYPE_UNSPECIFIED) continue;
    CheckWorse(compiler, message.worse(), path.Field("worse"), item);
  }
}

}  // namespace plumbline::pathway
