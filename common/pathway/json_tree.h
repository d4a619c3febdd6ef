// A JSON text as a tree that knows where everything stands.
//
// Stricter than JSON: no key twice in one object, numbers finite and within
// range, at most kJsonDepthMax objects and lists within one another and
// kJsonValuesMax values in all.

#ifndef PLUMBLINE_COMMON_PATHWAY_JSON_TREE_H_
#define PLUMBLINE_COMMON_PATHWAY_JSON_TREE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "common/pathway/fault.h"
#include "common/pathway/source_text.h"

namespace plumbline::pathway {

inline constexpr int kJsonDepthMax = 16;
inline constexpr int kJsonValuesMax = 200000;

struct JsonMember;

struct JsonValue {
  enum class Kind {
    kNull,
    kBoolean,
    kInteger,
    kDouble,
    kString,
    kList,
    kObject,
  };

  Kind kind = Kind::kNull;
  std::size_t offset = 0;           // In the source.
  absl::string_view text;           // As written.
  bool boolean = false;             // kBoolean.
  std::int64_t integer = 0;         // kInteger.
  double number = 0;                // kInteger, kDouble.
  std::string string;               // kString.
  std::vector<JsonValue> elements;  // kList.
  std::vector<JsonMember> members;  // kObject, as written.

  // The value of a member of an object; null where there is none.
  const JsonValue* Find(absl::string_view key) const;
};

struct JsonMember {
  std::string key;
  std::size_t offset = 0;  // Of the key.
  JsonValue value;
};

// Parses `text`, a part of `source`, which must be one JSON value. Returns
// whether it is; if not, `faults` says why.
bool ParseJson(const SourceText& source, absl::string_view text,
               JsonValue* value, Faults* faults);

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_COMMON_PATHWAY_JSON_TREE_H_
