#include "content-service/domain/diff_elements.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>
#include <google/protobuf/text_format.h>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/pathway/id_field.h"

namespace plumbline::content {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using google::protobuf::TextFormat;

// A value as a person reads it; `index` -1: of a field that is no list.
std::string ValueText(const Message& message, const FieldDescriptor* field,
                      int index) {
  std::string text;
  if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
    const Reflection& reflection = *message.GetReflection();
    return index < 0 ? reflection.GetString(message, field)
                     : reflection.GetRepeatedString(message, field, index);
  }
  TextFormat::Printer printer;
  printer.SetUseUtf8StringEscaping(true);
  printer.PrintFieldValueToString(message, field, index, &text);
  return text;
}

// Whether 0 is a value: not of an enum, where it says that there is none.
bool IsNeverAbsent(const FieldDescriptor* field) {
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
    case FieldDescriptor::CPPTYPE_ENUM:
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return false;
    default:
      return !field->has_presence();
  }
}

// Empty where the message does not have the field.
std::string FieldText(const Message& message, const FieldDescriptor* field) {
  const Reflection& reflection = *message.GetReflection();
  if (!field->is_repeated()) {
    const bool is_there =
        IsNeverAbsent(field) || reflection.HasField(message, field);
    return is_there ? ValueText(message, field, -1) : "";
  }
  std::vector<std::string> values;
  values.reserve(reflection.FieldSize(message, field));
  for (int i = 0; i < reflection.FieldSize(message, field); ++i) {
    values.push_back(ValueText(message, field, i));
  }
  const bool lines = field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
  return absl::StrJoin(values, lines ? "\n" : ", ");
}

std::string MessageText(const Message& message) {
  std::string text;
  TextFormat::Printer printer;
  printer.SetUseUtf8StringEscaping(true);
  printer.PrintToString(message, &text);
  return text;
}

// The elements of a list whose messages have ids, in order.
class Elements {
 public:
  // Nothing where two have the same id, or they have none.
  static std::optional<Elements> Of(const Message& message,
                                    const FieldDescriptor* list) {
    const FieldDescriptor* const id = pathway::IdField(list->message_type());
    if (id == nullptr) return std::nullopt;
    const Reflection& reflection = *message.GetReflection();
    Elements elements;
    for (int i = 0; i < reflection.FieldSize(message, list); ++i) {
      const Message& element = reflection.GetRepeatedMessage(message, list, i);
      elements.ids_.push_back(ValueText(element, id, -1));
      if (!elements.by_id_.emplace(elements.ids_.back(), &element).second) {
        return std::nullopt;
      }
    }
    return elements;
  }

  const std::vector<std::string>& ids() const { return ids_; }

  // Null: there is none.
  const Message* Find(const std::string& id) const {
    const auto found = by_id_.find(id);
    return found == by_id_.end() ? nullptr : found->second;
  }

  // The ids of those that `other` has, too.
  std::vector<std::string> SharedWith(const Elements& other) const {
    std::vector<std::string> shared;
    for (const std::string& id : ids_) {
      if (other.Find(id) != nullptr) shared.push_back(id);
    }
    return shared;
  }

 private:
  std::vector<std::string> ids_;
  std::map<std::string, const Message*> by_id_;
};

class Differ {
 public:
  std::vector<v1::ElementChange> Diff(const Message& base,
                                      const Message& target) {
    DiffFields("", base, target);
    return std::move(changes_);
  }

 private:
  void DiffFields(const std::string& path, const Message& base,
                  const Message& target) {
    const auto* const type = base.GetDescriptor();
    for (int i = 0; i < type->field_count(); ++i) {
      const FieldDescriptor* const field = type->field(i);
      DiffField(
          path.empty() ? field->name() : absl::StrCat(path, "/", field->name()),
          field, base, target);
    }
  }

  void DiffField(const std::string& path, const FieldDescriptor* field,
                 const Message& base, const Message& target) {
    if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      if (field->is_repeated()) {
        const auto before = Elements::Of(base, field);
        const auto after = Elements::Of(target, field);
        if (before.has_value() && after.has_value()) {
          return DiffElements(path, *before, *after);
        }
      } else if (Has(base, field) && Has(target, field)) {
        return DiffFields(path, base.GetReflection()->GetMessage(base, field),
                          target.GetReflection()->GetMessage(target, field));
      }
    }
    Compare(path, FieldText(base, field), FieldText(target, field));
  }

  static bool Has(const Message& message, const FieldDescriptor* field) {
    return message.GetReflection()->HasField(message, field);
  }

  void DiffElements(const std::string& path, const Elements& base,
                    const Elements& target) {
    for (const std::string& id : base.ids()) {
      if (target.Find(id) != nullptr) continue;
      Add(absl::StrCat(path, "/", id), v1::ElementChange::KIND_REMOVED,
          MessageText(*base.Find(id)), "");
    }
    Compare(path, absl::StrJoin(base.SharedWith(target), ", "),
            absl::StrJoin(target.SharedWith(base), ", "));
    for (const std::string& id : target.ids()) {
      const std::string element = absl::StrCat(path, "/", id);
      const Message* const before = base.Find(id);
      if (before == nullptr) {
        Add(element, v1::ElementChange::KIND_ADDED, "",
            MessageText(*target.Find(id)));
      } else {
        DiffFields(element, *before, *target.Find(id));
      }
    }
  }

  void Compare(const std::string& path, std::string before, std::string after) {
    if (before == after) return;
    const v1::ElementChange::Kind kind =
        before.empty()  ? v1::ElementChange::KIND_ADDED
        : after.empty() ? v1::ElementChange::KIND_REMOVED
                        : v1::ElementChange::KIND_CHANGED;
    Add(path, kind, std::move(before), std::move(after));
  }

  void Add(const std::string& path, v1::ElementChange::Kind kind,
           std::string before, std::string after) {
    v1::ElementChange& change = changes_.emplace_back();
    change.set_element(path);
    change.set_kind(kind);
    change.set_before(std::move(before));
    change.set_after(std::move(after));
  }

  std::vector<v1::ElementChange> changes_;
};

}  // namespace

std::vector<v1::ElementChange> DiffElements(
    const pathway::v1::Pathway& base, const pathway::v1::Pathway& target) {
  return Differ().Diff(base, target);
}

}  // namespace plumbline::content
