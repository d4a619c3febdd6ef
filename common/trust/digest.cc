#include "common/trust/digest.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <openssl/sha.h>

#include <algorithm>
#include <cstdlib>

#include "absl/strings/escaping.h"

namespace plumbline::trust {
namespace {

const unsigned char* Bytes(absl::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

unsigned char* Bytes(std::string& bytes) {
  return reinterpret_cast<unsigned char*>(bytes.data());
}

}  // namespace

std::string Sha256(absl::string_view bytes) {
  std::string digest(SHA256_DIGEST_LENGTH, '\0');
  SHA256(Bytes(bytes), bytes.size(), Bytes(digest));
  return digest;
}

std::string Sha256Hex(absl::string_view bytes) {
  return absl::BytesToHexString(Sha256(bytes));
}

bool IsDigest(absl::string_view text) {
  return IsLowerHex(text, SHA256_DIGEST_LENGTH);
}

bool IsLowerHex(absl::string_view text, std::size_t size) {
  return text.size() == 2 * size &&
         std::all_of(text.begin(), text.end(), [](char digit) {
           return ('0' <= digit && digit <= '9') ||
                  ('a' <= digit && digit <= 'f');
         });
}

std::string HmacSha256(absl::string_view key, absl::string_view bytes) {
  std::string code(SHA256_DIGEST_LENGTH, '\0');
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), Bytes(bytes),
       bytes.size(), Bytes(code), nullptr);
  return code;
}

bool EqualInConstantTime(absl::string_view left, absl::string_view right) {
  return left.size() == right.size() &&
         CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

std::string RandomBytes(std::size_t size) {
  std::string bytes(size, '\0');
  // Without randomness no key or token is safe: better to stop than to go on.
  if (RAND_bytes(Bytes(bytes), static_cast<int>(size)) != 1) std::abort();
  return bytes;
}

}  // namespace plumbline::trust
