#include "common/pathway/answer_json.h"

#include <cmath>
#include <cstdint>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/pathway/did_you_mean.h"

namespace plumbline::pathway {
namespace {

using Kind = JsonValue::Kind;

// The whole number that `value` is, written `7` or `7.0`.
std::optional<std::int64_t> WholeNumber(const JsonValue& value) {
  constexpr double kExact = 9007199254740992.0;  // Doubles count up to here.
  if (value.kind == Kind::kInteger) return value.integer;
  if (value.kind != Kind::kDouble || std::floor(value.number) != value.number ||
      std::fabs(value.number) > kExact) {
    return std::nullopt;
  }
  return static_cast<std::int64_t>(value.number);
}

std::optional<bool> YesOrNo(const JsonValue& value) {
  if (value.kind == Kind::kBoolean) return value.boolean;
  if (value.kind == Kind::kString && value.string == "yes") return true;
  if (value.kind == Kind::kString && value.string == "no") return false;
  return std::nullopt;
}

bool SetCodes(const JsonValue& value, v1::CodeSet* codes) {
  if (value.kind != Kind::kList) return false;
  for (const JsonValue& element : value.elements) {
    if (element.kind != Kind::kString) return false;
    codes->add_codes(element.string);
  }
  return true;
}

// Sets the value that an item of this type takes. Returns whether `value` is
// one.
bool SetValue(const JsonValue& value, v1::ItemType type, v1::Answer* answer) {
  if (type == v1::ITEM_TYPE_CHOICE) {
    answer->set_code(value.string);
    return value.kind == Kind::kString;
  }
  if (type == v1::ITEM_TYPE_MULTI_CHOICE) {
    return SetCodes(value, answer->mutable_codes());
  }
  if (type == v1::ITEM_TYPE_BOOLEAN) {
    const std::optional<bool> boolean = YesOrNo(value);
    answer->set_boolean(boolean.value_or(false));
    return boolean.has_value();
  }
  if (type == v1::ITEM_TYPE_INTEGER) {
    const std::optional<std::int64_t> integer = WholeNumber(value);
    answer->set_integer(integer.value_or(0));
    return integer.has_value();
  }
  answer->set_decimal(value.number);
  return value.kind == Kind::kInteger || value.kind == Kind::kDouble;
}

std::string OptionsOf(const v1::Item& item) {
  return absl::StrJoin(item.options(), ", ",
                       [](std::string* out, const v1::Option& option) {
                         absl::StrAppend(out, "\"", option.code(), "\"");
                       });
}

// What an item takes, in the words of a fault.
std::string Takes(const v1::Item& item) {
  switch (item.type()) {
    case v1::ITEM_TYPE_CHOICE:
      return absl::StrCat("takes one of ", OptionsOf(item));
    case v1::ITEM_TYPE_MULTI_CHOICE:
      return absl::StrCat("takes a list of ", OptionsOf(item));
    case v1::ITEM_TYPE_BOOLEAN:
      return "takes true, false, \"yes\" or \"no\"";
    case v1::ITEM_TYPE_INTEGER:
      return absl::StrCat("takes a whole number from ",
                          item.integer_range().minimum(), " to ",
                          item.integer_range().maximum());
    default:
      return absl::StrCat("takes a number from ",
                          item.decimal_range().minimum(), " to ",
                          item.decimal_range().maximum());
  }
}

bool IsKnown(v1::ItemType type) {
  return v1::ItemType_IsValid(type) && type != v1::ITEM_TYPE_UNSPECIFIED;
}

// The reason in {"no_value": "DECLINED"}; unspecified where it is none.
v1::NoValue NoValueOf(const JsonValue& object) {
  v1::NoValue no_value = v1::NO_VALUE_UNSPECIFIED;
  if (object.members.size() != 1) return no_value;
  const JsonMember& member = object.members.front();
  if (member.key == "no_value" && member.value.kind == Kind::kString) {
    v1::NoValue_Parse(absl::StrCat("NO_VALUE_", member.value.string),
                      &no_value);
  }
  return no_value;
}

// Sets what `value` says. Returns what is wrong with it; empty: nothing.
std::string SetAnswer(const JsonValue& value, const v1::Item& item,
                      v1::Answer* answer) {
  answer->set_link_id(item.link_id());
  if (value.kind == Kind::kNull) {
    answer->set_no_value(v1::NO_VALUE_NOT_ANSWERED);
    return "";
  }
  if (value.kind == Kind::kObject) {
    answer->set_no_value(NoValueOf(value));
    return answer->no_value() != v1::NO_VALUE_UNSPECIFIED
               ? ""
               : "an object is {\"no_value\": \"DECLINED\"}, or \"UNSURE\" or "
                 "\"NOT_ANSWERED\" in place of \"DECLINED\"";
  }
  return SetValue(value, item.type(), answer) ? "" : Takes(item);
}

}  // namespace

AnswerJsonReader::AnswerJsonReader(const v1::Pathway& pathway) {
  for (const v1::Item& item : pathway.items()) {
    if (items_.try_emplace(item.link_id(), &item).second) {
      link_ids_.push_back(item.link_id());
    }
  }
}

AnswerJsonReader::Result AnswerJsonReader::Read(const SourceText& source,
                                                const JsonValue& object,
                                                const std::string& path,
                                                Faults* faults) const {
  Result result;
  if (object.kind != Kind::kObject) {
    faults->push_back(source.FaultAt(
        object.offset, path, "takes an object, {\"em.bladder\": \"none\"}"));
    return result;
  }
  for (const JsonMember& member : object.members) {
    if (IsFull(*faults)) break;
    const std::string member_path = absl::StrCat(path, "[", member.key, "]");
    const auto item = items_.find(member.key);
    if (item == items_.end()) {
      faults->push_back(source.FaultAt(
          member.offset, member_path,
          absl::StrCat("no item '", member.key, "'", Hint(member.key))));
      continue;
    }
    // What an item without a type takes is not known; that is its own fault.
    if (!IsKnown(item->second->type())) continue;

    v1::Answer answer;
    std::string problem = SetAnswer(member.value, *item->second, &answer);
    if (problem.empty()) {
      *result.answers.Add() = std::move(answer);
      result.offsets.push_back(member.offset);
    } else {
      faults->push_back(
          source.FaultAt(member.value.offset, member_path, std::move(problem)));
    }
  }
  return result;
}

std::string AnswerJsonReader::Hint(const std::string& link_id) const {
  return DidYouMean(link_id, link_ids_);
}

}  // namespace plumbline::pathway
