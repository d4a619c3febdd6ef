#include "cli/words.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace plumbline::cli {
namespace {

using google::protobuf::EnumDescriptor;
using google::protobuf::EnumValueDescriptor;

// The zero value is always <PREFIX>_UNSPECIFIED.
std::size_t PrefixSize(const EnumDescriptor* descriptor) {
  return descriptor->value(0)->name().size() -
         absl::string_view("UNSPECIFIED").size();
}

std::string Word(const EnumValueDescriptor& value) {
  return absl::AsciiStrToLower(value.name().substr(PrefixSize(value.type())));
}

}  // namespace

std::string WordOf(const EnumDescriptor* descriptor, int number) {
  const EnumValueDescriptor* value = descriptor->FindValueByNumber(number);
  return value == nullptr ? absl::StrCat(number) : Word(*value);
}

std::optional<int> NumberOf(const EnumDescriptor* descriptor,
                            absl::string_view word) {
  for (int i = 1; i < descriptor->value_count(); ++i) {
    if (Word(*descriptor->value(i)) == word) {
      return descriptor->value(i)->number();
    }
  }
  return std::nullopt;
}

std::string AllWords(const EnumDescriptor* descriptor) {
  std::string words;
  for (int i = 1; i < descriptor->value_count(); ++i) {
    const bool is_last = i + 1 == descriptor->value_count();
    if (i > 1) words += is_last ? " or " : ", ";
    words += Word(*descriptor->value(i));
  }
  return words;
}

}  // namespace plumbline::cli
