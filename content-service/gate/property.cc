#include "content-service/gate/property.h"

#include "absl/strings/str_cat.h"
#include "common/pathway/decide.h"
#include "common/pathway/item_values.h"
#include "common/pathway/names.h"

namespace plumbline::gate {

using pathway::CompiledPathway;
using pathway::ItemType;

std::string ItemName(const CompiledPathway& pathway, int item) {
  return absl::StrCat("items/", pathway.items[item].link_id);
}

std::string RuleName(const CompiledPathway& pathway, int rule) {
  return absl::StrCat("rules/", pathway.rules[rule].rule_id);
}

std::string GuidanceName(const CompiledPathway& pathway, int record) {
  return absl::StrCat("guidance/", pathway.guidance[record].guidance_id);
}

std::string ValueText(const pathway::Item& item, std::int64_t slot_value) {
  switch (item.type) {
    case ItemType::kChoice:
      return absl::StrCat("'", item.options[slot_value].code, "'");
    case ItemType::kBoolean:
      return slot_value != 0 ? "true" : "false";
    case ItemType::kInteger:
      return absl::StrCat(slot_value);
    case ItemType::kDecimal:
      return pathway::FormatNumber(pathway::DecimalValue(item, slot_value));
    case ItemType::kMultiChoice:
      break;
  }
  std::string text;
  for (std::size_t i = 0; i < item.options.size(); ++i) {
    if ((slot_value >> i & 1) == 0) continue;
    absl::StrAppend(&text, text.empty() ? "'" : " and '", item.options[i].code,
                    "'");
  }
  return text;
}

pathway::Disposition DispositionOf(const CompiledPathway& pathway,
                                   const pathway::Intake& intake) {
  return Decide(pathway, intake, Evaluate(pathway, intake)).disposition;
}

z3::expr IsLessUrgent(z3::context& z3, const SymbolicDisposition& less,
                      const SymbolicDisposition& more) {
  std::vector<z3::expr> ways;
  for (std::size_t d = 1; d < less.size(); ++d) {
    ways.push_back(!less[d] && more[d]);
  }
  return AnyOf(z3, ways);
}

}  // namespace plumbline::gate
