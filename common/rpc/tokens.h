// Bearer tokens: who a caller is. A service knows hashes only.

#ifndef PLUMBLINE_COMMON_RPC_TOKENS_H_
#define PLUMBLINE_COMMON_RPC_TOKENS_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/file/file_system.h"
#include "plumbline/auth/v1/access.pb.h"
#include "plumbline/auth/v1/tokens.pb.h"

namespace plumbline::rpc {

// Who calls: a name that is recorded wherever the principal acts, and what it
// may do.
struct Principal {
  std::string name;
  std::vector<auth::v1::Role> roles;

  bool Holds(auth::v1::Role role) const;

  friend bool operator==(const Principal&, const Principal&) = default;
};

// The word of a role: "reader".
std::string WordOf(auth::v1::Role role);

// The principals that a service knows. Immutable, therefore thread-safe.
class TokenTable {
 public:
  // Parses a text-format auth.v1.TokenFile. INVALID_ARGUMENT lists every fault,
  // one a line, opening with `file`.
  static absl::StatusOr<TokenTable> Parse(absl::string_view text,
                                          absl::string_view file);

  // The principal that holds `token`, or null. The time taken does not depend
  // on how much of a token is right.
  const Principal* Find(absl::string_view token) const;

  const std::vector<Principal>& principals() const { return principals_; }

 private:
  std::vector<Principal> principals_;
  // SHA-256 (32 bytes) of a token, and whose it is.
  std::vector<std::pair<std::string, std::size_t>> hashes_;
};

// Reads and parses the tokens file at `path`.
absl::StatusOr<TokenTable> ReadTokenTable(file::FileSystem& files,
                                          const std::string& path);

// A new token: 32 random bytes as base64url, 43 characters.
std::string NewToken();

// What a tokens file holds of a token: its SHA-256 in hexadecimal digits.
std::string TokenHash(absl::string_view token);

// Reads the file that holds a client's own token: one line. A file that others
// than its owner may read is refused.
absl::StatusOr<std::string> ReadClientToken(file::FileSystem& files,
                                            const std::string& path);

}  // namespace plumbline::rpc

#endif  // PLUMBLINE_COMMON_RPC_TOKENS_H_
