#include "common/pathway/wire_writer.h"

#include <bit>

namespace plumbline::pathway {

void WireWriter::AddInteger(int field, std::int64_t value) {
  if (value == 0) return;
  AddTag(field, WireType::kVarint);
  AddVarint(static_cast<std::uint64_t>(value));
}

void WireWriter::AddDouble(int field, double value) {
  const auto bits = std::bit_cast<std::uint64_t>(value);
  if (bits == 0) return;
  AddTag(field, WireType::kFixed64);
  for (int shift = 0; shift < 64; shift += 8) {
    bytes_.push_back(static_cast<char>(bits >> shift & 0xff));
  }
}

void WireWriter::AddString(int field, absl::string_view value) {
  if (!value.empty()) AddElement(field, value);
}

void WireWriter::AddElement(int field, absl::string_view bytes) {
  AddTag(field, WireType::kBytes);
  AddVarint(bytes.size());
  bytes_.append(bytes.data(), bytes.size());
}

void WireWriter::AddTag(int field, WireType type) {
  AddVarint(static_cast<std::uint64_t>(field) << 3 |
            static_cast<std::uint64_t>(type));
}

void WireWriter::AddVarint(std::uint64_t value) {
  while (value >= 0x80) {
    bytes_.push_back(static_cast<char>((value & 0x7f) | 0x80));
    value >>= 7;
  }
  bytes_.push_back(static_cast<char>(value));
}

}  // namespace plumbline::pathway
