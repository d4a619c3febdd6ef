#include "common/pathway/static_value.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/pathway/item_values.h"
#include "common/pathway/names.h"

namespace plumbline::pathway {
namespace {

std::string FormatBound(std::int64_t bound) { return absl::StrCat(bound); }
std::string FormatBound(double bound) { return FormatNumber(bound); }

}  // namespace

StaticValue IntValue(std::int64_t minimum, std::int64_t maximum) {
  StaticValue value;
  value.type = Type::kInt;
  value.ints = {minimum, maximum};
  return value;
}

StaticValue DoubleValue(double minimum, double maximum) {
  StaticValue value;
  value.type = Type::kDouble;
  value.doubles = {minimum, maximum};
  return value;
}

StaticValue TextValue(std::vector<std::string> texts) {
  StaticValue value;
  value.type = Type::kString;
  value.texts = std::move(texts);
  return value;
}

StaticValue ValueOfItem(const Item& item) {
  switch (item.type) {
    case ItemType::kBoolean:
      return {};
    case ItemType::kInteger:
      return IntValue(item.minimum, item.maximum);
    case ItemType::kDecimal:
      return DoubleValue(DecimalValue(item, item.minimum),
                         DecimalValue(item, item.maximum));
    case ItemType::kChoice:
    case ItemType::kMultiChoice:
      break;
  }
  return TextValue(ReadableCodes(item));
}

StaticValue ValueOfScore(const Score& score) {
  const IntInterval total = TotalRange(score);
  if (IsWhole(score.method)) return IntValue(total.minimum, total.maximum);
  return DoubleValue(ScoreOf(total.minimum, score),
                     ScoreOf(total.maximum, score));
}

std::vector<std::string> ReadableCodes(const Item& item) {
  std::vector<std::string> codes;
  for (const Option& option : item.options) {
    if (!option.means_unknown) codes.push_back(option.code);
  }
  return codes;
}

StaticValue Hull(const StaticValue& a, const StaticValue& b) {
  StaticValue hull = a;
  hull.ints = {std::min(a.ints.minimum, b.ints.minimum),
               std::max(a.ints.maximum, b.ints.maximum)};
  hull.doubles = {std::min(a.doubles.minimum, b.doubles.minimum),
                  std::max(a.doubles.maximum, b.doubles.maximum)};
  for (const std::string& text : b.texts) {
    const auto found = std::find(hull.texts.begin(), hull.texts.end(), text);
    if (found == hull.texts.end()) hull.texts.push_back(text);
  }
  return hull;
}

std::string FormatMinimum(const StaticValue& value) {
  return WithInterval(
      value, [](const auto& range) { return FormatBound(range.minimum); });
}

std::string FormatRange(const StaticValue& value) {
  return WithInterval(value, [](const auto& range) {
    return absl::StrCat(FormatBound(range.minimum), " to ",
                        FormatBound(range.maximum));
  });
}

}  // namespace plumbline::pathway
