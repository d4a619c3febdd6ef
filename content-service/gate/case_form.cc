#include "content-service/gate/case_form.h"

#include <nlohmann/json.hpp>

#include "common/pathway/item_values.h"

namespace plumbline::gate {
namespace {

using Json = nlohmann::ordered_json;
using pathway::Item;
using pathway::ItemType;
using pathway::SlotAnswer;

Json ValueOf(const Item& item, std::int64_t value) {
  switch (item.type) {
    case ItemType::kChoice:
      return item.options[value].code;
    case ItemType::kBoolean:
      return value != 0;
    case ItemType::kInteger:
      return value;
    case ItemType::kDecimal:
      return pathway::DecimalValue(item, value);
    case ItemType::kMultiChoice:
      break;
  }
  Json codes = Json::array();
  for (std::size_t i = 0; i < item.options.size(); ++i) {
    if ((value >> i & 1) != 0) codes.push_back(item.options[i].code);
  }
  return codes;
}

}  // namespace

std::string CaseForm(const pathway::CompiledPathway& pathway,
                     const pathway::Intake& intake, absl::string_view id) {
  Json answers = Json::object();
  for (std::size_t i = 0; i < intake.size(); ++i) {
    const Item& item = pathway.items[i];
    if (intake[i].state == SlotAnswer::State::kOpen) continue;
    answers[item.link_id] =
        intake[i].IsAnswered() ? ValueOf(item, intake[i].value) : Json(nullptr);
  }
  const Json line = {{"id", std::string(id)}, {"answers", answers}};
  return line.dump();
}

}  // namespace plumbline::gate
