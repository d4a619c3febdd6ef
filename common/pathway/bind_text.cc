#include "common/pathway/bind_text.h"

#include <google/protobuf/descriptor.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/pathway/did_you_mean.h"
#include "common/pathway/id_field.h"

namespace plumbline::pathway {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::EnumDescriptor;
using google::protobuf::EnumValueDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// "; did you mean 'flag'?", or the fields that there are.
std::string FieldHint(const Descriptor* type, const std::string& name) {
  std::vector<absl::string_view> names;
  names.reserve(type->field_count());
  for (int i = 0; i < type->field_count(); ++i) {
    names.push_back(type->field(i)->name());
  }
  const std::string nearest = DidYouMean(name, names);
  return nearest.empty()
             ? absl::StrCat("; its fields are ", absl::StrJoin(names, ", "))
             : nearest;
}

// The names of an enum's values but the first, which stands for none.
std::string ValuesOf(const EnumDescriptor* type) {
  std::vector<absl::string_view> names;
  names.reserve(type->value_count());
  for (int i = 1; i < type->value_count(); ++i) {
    names.push_back(type->value(i)->name());
  }
  return absl::StrJoin(names, ", ");
}

// The fields that exclude each other.
std::string FieldsOf(const google::protobuf::OneofDescriptor* oneof) {
  std::vector<absl::string_view> names;
  names.reserve(oneof->field_count());
  for (int i = 0; i < oneof->field_count(); ++i) {
    names.push_back(oneof->field(i)->name());
  }
  return absl::StrJoin(names, ", ");
}

// Text that may be an octal number is refused, since readers take it for a
// decimal one.
bool IsDecimal(absl::string_view digits) {
  return digits.size() < 2 || digits[0] != '0' ||
         !absl::ascii_isdigit(digits[1]);
}

class Binder {
 public:
  Binder(const SourceText& source, const TextTree& tree, Faults* faults)
      : source_(source), tree_(tree), faults_(*faults) {}

  void BindFields(const std::vector<TextField>& fields, const std::string& path,
                  Message* message, ElementPlace* place) {
    std::map<std::string, std::size_t> seen;  // Singular fields and oneofs.
    for (const TextField& field : fields) {
      if (IsFull(faults_)) return;
      const FieldDescriptor* const type =
          message->GetDescriptor()->FindFieldByName(field.name);
      const Target target = {
          message, type, place,
          absl::StrCat(path, path.empty() ? "" : ".", field.name)};
      const std::string problem =
          type == nullptr
              ? absl::StrCat("no such field in ",
                             message->GetDescriptor()->name(),
                             FieldHint(message->GetDescriptor(), field.name))
              : Repetition(field, type, &seen);
      if (!problem.empty()) {
        Report(tree_.OffsetOf(field), target, problem);
      } else {
        BindField(field, target);
      }
    }
  }

 private:
  // The field of a message that values go to.
  struct Target {
    Message* message;
    const FieldDescriptor* type;
    ElementPlace* place;  // Of `message`.
    std::string path;     // Of the field.
  };

  // Why a second value may not be given; empty: it may.
  std::string Repetition(const TextField& field, const FieldDescriptor* type,
                         std::map<std::string, std::size_t>* seen) const {
    if (type->is_repeated()) return "";
    if (field.is_list) return "takes one value, not a list";
    const auto* const oneof = type->real_containing_oneof();
    const std::string& slot = oneof != nullptr ? oneof->name() : field.name;
    const auto [first, is_new] = seen->try_emplace(slot, tree_.OffsetOf(field));
    if (is_new) return "";
    const int line = source_.LineAt(first->second);
    return oneof == nullptr
               ? absl::StrCat("is given twice; first at line ", line)
               : absl::StrCat("only one of ", FieldsOf(oneof),
                              " may be given; line ", line, " gives one");
  }

  void BindField(const TextField& field, const Target& target) {
    std::vector<ElementPlace>& places = target.place->fields[field.name];
    for (const TextValue& value : field.values) {
      const bool is_named =
          value.kind == TextValue::Kind::kMessage && !field.is_list;
      ElementPlace place;
      place.source = &source_;
      place.offset = is_named ? tree_.OffsetOf(field) : tree_.OffsetOf(value);
      const bool is_bound = BindValue(value, target, &place);
      if (!is_bound) {
        place.unread = true;
        target.place->unread = true;
      }
      // What a list could not take has no number in it.
      if (is_bound || !target.type->is_repeated()) {
        places.push_back(std::move(place));
      }
    }
  }

  bool BindValue(const TextValue& value, const Target& target,
                 ElementPlace* place) {
    switch (target.type->cpp_type()) {
      case FieldDescriptor::CPPTYPE_MESSAGE:
        return BindMessage(value, target, place);
      case FieldDescriptor::CPPTYPE_STRING:
        return BindString(value, target, place);
      case FieldDescriptor::CPPTYPE_ENUM:
        return BindEnum(value, target);
      case FieldDescriptor::CPPTYPE_BOOL:
        return BindBool(value, target);
      case FieldDescriptor::CPPTYPE_INT32:
        return BindInteger<std::int32_t>(value, target);
      case FieldDescriptor::CPPTYPE_INT64:
        return BindInteger<std::int64_t>(value, target);
      case FieldDescriptor::CPPTYPE_UINT32:
        return BindInteger<std::uint32_t>(value, target);
      case FieldDescriptor::CPPTYPE_UINT64:
        return BindInteger<std::uint64_t>(value, target);
      case FieldDescriptor::CPPTYPE_FLOAT:
      case FieldDescriptor::CPPTYPE_DOUBLE:
        return BindDouble(value, target);
    }
    return false;
  }

  bool BindMessage(const TextValue& value, const Target& target,
                   ElementPlace* place) {
    if (value.kind != TextValue::Kind::kMessage) {
      return Refuse(value, target, "takes fields in { }");
    }
    const auto* const reflection = target.message->GetReflection();
    std::string path = target.path;
    Message* message;
    if (target.type->is_repeated()) {
      const std::string id = IdOf(value, target.type->message_type());
      const int number = reflection->FieldSize(*target.message, target.type);
      absl::StrAppend(&path, "[", id.empty() ? absl::StrCat(number) : id, "]");
      message = reflection->AddMessage(target.message, target.type);
    } else {
      message = reflection->MutableMessage(target.message, target.type);
    }
    BindFields(value.fields, path, message, place);
    return true;
  }

  // The id that is written in a message; empty where there is none.
  std::string IdOf(const TextValue& value, const Descriptor* type) const {
    const FieldDescriptor* const id = IdField(type);
    if (id == nullptr) return "";
    for (const TextField& field : value.fields) {
      if (field.name != id->name() || field.is_list) continue;
      const TextValue& written = field.values.front();
      if (written.kind == TextValue::Kind::kName) return TextOf(written);
      if (written.kind != TextValue::Kind::kString) return "";
      std::vector<TextPiece> pieces;
      Faults reported_when_bound;
      return Decode(written, &pieces, &reported_when_bound);
    }
    return "";
  }

  std::string Decode(const TextValue& value, std::vector<TextPiece>* pieces,
                     Faults* faults) const {
    std::string text;
    for (int token = value.first; token <= value.last; ++token) {
      DecodeText(source_, tree_.tokens[token], &text, pieces, faults);
    }
    return text;
  }

  bool BindString(const TextValue& value, const Target& target,
                  ElementPlace* place) {
    if (value.kind != TextValue::Kind::kString) {
      return Refuse(value, target, "takes a text in quotes");
    }
    Faults escapes;
    std::string text = Decode(value, &place->pieces, &escapes);
    for (Fault& fault : escapes) {
      fault.path = target.path;
      faults_.push_back(std::move(fault));
    }
    Set(target, std::move(text), &Reflection::SetString,
        &Reflection::AddString);
    return true;
  }

  bool BindEnum(const TextValue& value, const Target& target) {
    const EnumDescriptor* const type = target.type->enum_type();
    const EnumValueDescriptor* const found =
        value.kind == TextValue::Kind::kName
            ? type->FindValueByName(TextOf(value))
            : nullptr;
    if (found == nullptr) {
      return Refuse(value, target,
                    absl::StrCat("takes one of ", ValuesOf(type)));
    }
    Set(target, found, &Reflection::SetEnum, &Reflection::AddEnum);
    return true;
  }

  bool BindBool(const TextValue& value, const Target& target) {
    const std::string text = TextOf(value);
    if (text != "true" && text != "false") {
      return Refuse(value, target, "takes true or false");
    }
    Set(target, text == "true", &Reflection::SetBool, &Reflection::AddBool);
    return true;
  }

  template <typename Integer>
  bool BindInteger(const TextValue& value, const Target& target) {
    Integer number = 0;
    if (value.kind != TextValue::Kind::kNumber || !IsPlain(value) ||
        !absl::SimpleAtoi(TextOf(value), &number)) {
      return Refuse(value, target,
                    absl::StrCat("takes a whole number from ",
                                 std::numeric_limits<Integer>::min(), " to ",
                                 std::numeric_limits<Integer>::max()));
    }
    SetInteger(target, number);
    return true;
  }

  bool BindDouble(const TextValue& value, const Target& target) {
    double number = 0;
    if (value.kind != TextValue::Kind::kNumber || !IsPlain(value) ||
        !absl::SimpleAtod(TextOf(value), &number) || !std::isfinite(number)) {
      return Refuse(value, target, "takes a number that is finite");
    }
    if (target.type->cpp_type() == FieldDescriptor::CPPTYPE_DOUBLE) {
      Set(target, number, &Reflection::SetDouble, &Reflection::AddDouble);
    } else {
      Set(target, static_cast<float>(number), &Reflection::SetFloat,
          &Reflection::AddFloat);
    }
    return true;
  }

  using Reflection = google::protobuf::Reflection;

  static void SetInteger(const Target& target, std::int32_t number) {
    Set(target, number, &Reflection::SetInt32, &Reflection::AddInt32);
  }
  static void SetInteger(const Target& target, std::int64_t number) {
    Set(target, number, &Reflection::SetInt64, &Reflection::AddInt64);
  }
  static void SetInteger(const Target& target, std::uint32_t number) {
    Set(target, number, &Reflection::SetUInt32, &Reflection::AddUInt32);
  }
  static void SetInteger(const Target& target, std::uint64_t number) {
    Set(target, number, &Reflection::SetUInt64, &Reflection::AddUInt64);
  }

  // Sets a singular field by `set`, or adds to a list by `add`.
  template <typename Value, typename Setter>
  static void Set(const Target& target, Value value, Setter set, Setter add) {
    const Reflection* const reflection = target.message->GetReflection();
    (reflection->*(target.type->is_repeated() ? add : set))(
        target.message, target.type, std::move(value));
  }

  // The value as it was written; of a message, its brackets.
  std::string TextOf(const TextValue& value) const {
    return absl::StrCat(
        tree_.tokens[value.first].text,
        value.last > value.first ? tree_.tokens[value.last].text : "");
  }

  bool IsPlain(const TextValue& value) const {
    return IsDecimal(tree_.tokens[value.last].text);
  }

  bool Refuse(const TextValue& value, const Target& target,
              absl::string_view takes) {
    const absl::string_view written =
        value.kind == TextValue::Kind::kMessage  ? "a message"
        : value.kind == TextValue::Kind::kString ? "a text"
                                                 : "";
    Report(tree_.OffsetOf(value), target,
           absl::StrCat(takes, ", not ",
                        written.empty() ? absl::StrCat("'", TextOf(value), "'")
                                        : std::string(written)));
    return false;
  }

  void Report(std::size_t offset, const Target& target, std::string message) {
    target.place->unread = true;
    faults_.push_back(source_.FaultAt(offset, target.path, std::move(message)));
  }

  const SourceText& source_;
  const TextTree& tree_;
  Faults& faults_;
};

}  // namespace

void BindText(const SourceText& source, const TextTree& tree,
              const std::vector<TextField>& fields, const std::string& path,
              google::protobuf::Message* message, ElementPlace* place,
              Faults* faults) {
  Binder(source, tree, faults).BindFields(fields, path, message, place);
}

}  // namespace plumbline::pathway
