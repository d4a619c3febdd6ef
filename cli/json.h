// The JSON that `-o json` prints.

#ifndef PLUMBLINE_CLI_JSON_H_
#define PLUMBLINE_CLI_JSON_H_

#include <google/protobuf/message.h>

#include <ostream>

#include "absl/status/status.h"

namespace plumbline::cli {

// Prints the proto's JSON form, indented, with a line feed at the end. Prints
// nothing where the message has none, as a time beyond year 9999: INTERNAL.
absl::Status PrintJson(const google::protobuf::Message& message,
                       std::ostream& out);

}  // namespace plumbline::cli

#endif  // PLUMBLINE_CLI_JSON_H_
