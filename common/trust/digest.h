// Digests, authentication codes and random bytes (OpenSSL 3). A digest in text
// is 64 lower-case hexadecimal digits, everywhere. Thread-safe.

#ifndef PLUMBLINE_COMMON_TRUST_DIGEST_H_
#define PLUMBLINE_COMMON_TRUST_DIGEST_H_

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"

namespace plumbline::trust {

// SHA-256 of `bytes`: 32 bytes.
std::string Sha256(absl::string_view bytes);

// SHA-256 of `bytes`: 64 lower-case hexadecimal digits.
std::string Sha256Hex(absl::string_view bytes);

// Whether `text` is 64 lower-case hexadecimal digits.
bool IsDigest(absl::string_view text);

// Whether `text` is `size` bytes written as lower-case hexadecimal digits.
bool IsLowerHex(absl::string_view text, std::size_t size);

// HMAC-SHA-256 of `bytes` under `key`: 32 bytes.
std::string HmacSha256(absl::string_view key, absl::string_view bytes);

// Whether both are equal, in a time that depends on their sizes alone.
bool EqualInConstantTime(absl::string_view left, absl::string_view right);

// `size` unpredictable bytes.
std::string RandomBytes(std::size_t size);

}  // namespace plumbline::trust

#endif  // PLUMBLINE_COMMON_TRUST_DIGEST_H_
