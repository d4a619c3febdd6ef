// The words that plumb prints for the values of enums, and reads back.

#ifndef PLUMBLINE_CLI_WORDS_H_
#define PLUMBLINE_CLI_WORDS_H_

#include <google/protobuf/descriptor.h>
#include <google/protobuf/generated_enum_reflection.h>

#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace plumbline::cli {

// The value's name without the enum's prefix, in lower case: "same_day" for
// DISPOSITION_SAME_DAY; its number where this build does not know it.
std::string WordOf(const google::protobuf::EnumDescriptor* descriptor,
                   int number);

template <typename Enum>
std::string WordOf(Enum value) {
  return WordOf(google::protobuf::GetEnumDescriptor<Enum>(), value);
}

// The number of the value with this word; nothing for another word, or for the
// unspecified value.
std::optional<int> NumberOf(const google::protobuf::EnumDescriptor* descriptor,
                            absl::string_view word);

// All words but the unspecified one, as "a, b or c".
std::string AllWords(const google::protobuf::EnumDescriptor* descriptor);

}  // namespace plumbline::cli

#endif  // PLUMBLINE_CLI_WORDS_H_
