// Writes the protobuf wire format, field by field, in canonical form.
//
// Canonical where the caller adds fields in ascending order: then the bytes are
// those of protobuf's deterministic serialisation. A scalar that has its
// default is left out; an element of a repeated field never is.

#ifndef PLUMBLINE_COMMON_PATHWAY_WIRE_WRITER_H_
#define PLUMBLINE_COMMON_PATHWAY_WIRE_WRITER_H_

#include <cstdint>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"

namespace plumbline::pathway {

class WireWriter {
 public:
  // uint32, uint64 and enums; and int32 and int64 as two's complement.
  void AddInteger(int field, std::int64_t value);

  void AddBool(int field, bool value) { AddInteger(field, value ? 1 : 0); }

  // Left out only where its bits are those of 0.0.
  void AddDouble(int field, double value);

  void AddString(int field, absl::string_view value);

  // An element of a repeated string field, or a message that is present; its
  // bytes are written even where there are none.
  void AddElement(int field, absl::string_view bytes);

  // The bytes so far; the writer is empty afterwards.
  std::string Take() { return std::exchange(bytes_, {}); }

 private:
  enum class WireType : std::uint8_t { kVarint = 0, kFixed64 = 1, kBytes = 2 };

  void AddTag(int field, WireType type);
  void AddVarint(std::uint64_t value);

  std::string bytes_;
};

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_COMMON_PATHWAY_WIRE_WRITER_H_
