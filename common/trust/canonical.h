// Canonical protobuf bytes: one message, one sequence of bytes. Only for
// messages without maps.

#ifndef PLUMBLINE_COMMON_TRUST_CANONICAL_H_
#define PLUMBLINE_COMMON_TRUST_CANONICAL_H_

#include <google/protobuf/message.h>

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace plumbline::trust {

// The deterministic serialisation of `message`.
std::string CanonicalBytes(const google::protobuf::Message& message);

// The path of the first field, at any depth, that this program does not know:
// "thresholds[1].#7"; empty if there is none.
std::string UnknownFieldIn(const google::protobuf::Message& message);

// Parses bytes that must be canonical. Returns INVALID_ARGUMENT, opening with
// `what` ("the statement"), if they do not parse, have an unknown field, or are
// not the canonical bytes of what they say.
absl::Status ParseCanonical(absl::string_view bytes, absl::string_view what,
                            google::protobuf::Message* message);

}  // namespace plumbline::trust

#endif  // PLUMBLINE_COMMON_TRUST_CANONICAL_H_
