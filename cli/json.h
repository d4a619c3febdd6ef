// The JSON that `-o json` prints.

#ifndef PLUMBLINE_CLI_JSON_H_
#define PLUMBLINE_CLI_JSON_H_

#include <google/protobuf/message.h>

#include <string>

namespace plumbline::cli {

// The proto's JSON form, indented, with a line feed at the end.
std::string ToJson(const google::protobuf::Message& message);

}  // namespace plumbline::cli

#endif  // PLUMBLINE_CLI_JSON_H_
