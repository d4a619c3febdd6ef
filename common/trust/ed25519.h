// Ed25519 keys and signatures (OpenSSL 3), and the files that private keys
// stand in. Private keys live with people: no service reads one.

#ifndef PLUMBLINE_COMMON_TRUST_ED25519_H_
#define PLUMBLINE_COMMON_TRUST_ED25519_H_

#include <cstddef>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/file/file_system.h"

namespace plumbline::trust {

inline constexpr std::size_t kPublicKeyBytes = 32;
inline constexpr std::size_t kSignatureBytes = 64;

// A private key. Copies share the same key. Thread-safe.
class PrivateKey {
 public:
  // A new key from the machine's random source.
  static PrivateKey Generate();

  // Reads PKCS #8 PEM, as ToPem() writes and `openssl genpkey -algorithm
  // ed25519` makes it.
  static absl::StatusOr<PrivateKey> FromPem(absl::string_view pem);

  std::string ToPem() const;

  // 32 bytes.
  std::string PublicKey() const;

  // 64 lower-case hexadecimal digits: the form of a trust policy.
  std::string PublicKeyHex() const;

  // Signs `message`: 64 bytes.
  std::string Sign(absl::string_view message) const;

 private:
  struct Handle;

  explicit PrivateKey(std::shared_ptr<const Handle> handle);

  std::shared_ptr<const Handle> handle_;
};

// Whether `signature` (64 bytes) is the signature of `message` by the owner of
// `public_key` (32 bytes). Other sizes are never valid.
bool VerifySignature(absl::string_view public_key, absl::string_view message,
                     absl::string_view signature);

// Writes `key` to a new file that only its owner may read. A key file is never
// overwritten: ALREADY_EXISTS. Where writing fails no file is left.
absl::Status WritePrivateKey(file::FileSystem& files, const std::string& path,
                             const PrivateKey& key);

// Reads a key file. One that others than its owner may read is refused
// (PERMISSION_DENIED).
absl::StatusOr<PrivateKey> ReadPrivateKey(file::FileSystem& files,
                                          const std::string& path);

}  // namespace plumbline::trust

#endif  // PLUMBLINE_COMMON_TRUST_ED25519_H_
