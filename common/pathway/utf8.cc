#include "common/pathway/utf8.h"

#include <cstddef>

namespace plumbline::pathway {
namespace {

// How many bytes a sequence has, and the range of its second byte.
struct Lead {
  std::size_t length = 0;  // 0: no sequence begins so.
  unsigned char second_min = 0x80;
  unsigned char second_max = 0xBF;
};

Lead LeadOf(unsigned char byte) {
  if (byte < 0x80) return {1};
  if (byte < 0xC2) return {0};
  if (byte < 0xE0) return {2};
  if (byte == 0xE0) return {3, 0xA0, 0xBF};
  if (byte == 0xED) return {3, 0x80, 0x9F};
  if (byte < 0xF0) return {3};
  if (byte == 0xF0) return {4, 0x90, 0xBF};
  if (byte < 0xF4) return {4};
  if (byte == 0xF4) return {4, 0x80, 0x8F};
  return {0};
}

bool StartsWithSequence(absl::string_view text, const Lead& lead) {
  if (lead.length == 0 || lead.length > text.size()) return false;
  for (std::size_t i = 1; i < lead.length; ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const unsigned char least = i == 1 ? lead.second_min : 0x80;
    const unsigned char most = i == 1 ? lead.second_max : 0xBF;
    if (byte < least || byte > most) return false;
  }
  return true;
}

}  // namespace

int InvalidUtf8Offset(absl::string_view text) {
  std::size_t offset = 0;
  while (offset < text.size()) {
    const Lead lead = LeadOf(static_cast<unsigned char>(text[offset]));
    if (!StartsWithSequence(text.substr(offset), lead)) {
      return static_cast<int>(offset);
    }
    offset += lead.length;
  }
  return -1;
}

bool AppendUtf8(char32_t code_point, std::string& text) {
  const bool is_surrogate = code_point >= 0xD800 && code_point < 0xE000;
  if (is_surrogate || code_point > 0x10FFFF) return false;
  const auto append = [&](char32_t bits) {
    text.push_back(static_cast<char>(bits));
  };
  if (code_point < 0x80) {
    append(code_point);
  } else if (code_point < 0x800) {
    append(0xC0 | (code_point >> 6));
    append(0x80 | (code_point & 0x3F));
  } else if (code_point < 0x10000) {
    append(0xE0 | (code_point >> 12));
    append(0x80 | ((code_point >> 6) & 0x3F));
    append(0x80 | (code_point & 0x3F));
  } else {
    append(0xF0 | (code_point >> 18));
    append(0x80 | ((code_point >> 12) & 0x3F));
    append(0x80 | ((code_point >> 6) & 0x3F));
    append(0x80 | (code_point & 0x3F));
  }
  return true;
}

}  // namespace plumbline::pathway
