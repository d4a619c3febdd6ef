// Calls every method of a service on a running server, by its contract alone:
// whether each role is admitted as the contract says, and which methods are not
// built yet.

#ifndef PLUMBLINE_TESTS_SUPPORT_METHOD_WALK_H_
#define PLUMBLINE_TESTS_SUPPORT_METHOD_WALK_H_

#include <grpcpp/channel.h>
#include <grpcpp/support/status.h>

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "plumbline/auth/v1/access.pb.h"

namespace plumbline::testing {

// Every role of the contract.
std::vector<auth::v1::Role> AllRoles();

// Calls the method at `path` ("/package.Service/Method"), unary or streaming,
// with one empty message and a token (empty: none), and waits for its end.
grpc::Status CallWithEmptyMessage(const std::shared_ptr<grpc::Channel>& channel,
                                  const std::string& path,
                                  const std::string& token);

// Calls every method of `service` ("plumbline.triage.v1.TriageService") without
// a token, with an unknown one, and in every role alone. Returns what was not
// as declared, one sentence each. `token_of` gives a token that holds one role.
std::vector<std::string> AccessFaults(
    const std::shared_ptr<grpc::Channel>& channel, const std::string& service,
    const std::function<std::string(auth::v1::Role)>& token_of);

// The methods of `service` that answer METHOD_NOT_BUILT to a caller that may
// call them, as docs/status.md writes them: "package.Service/Method".
std::set<std::string> UnbuiltMethods(
    const std::shared_ptr<grpc::Channel>& channel, const std::string& service,
    const std::function<std::string(auth::v1::Role)>& token_of);

// The methods of `service` in the table of docs/status.md.
std::set<std::string> MethodsListedAsUnbuilt(const std::string& service);

}  // namespace plumbline::testing

#endif  // PLUMBLINE_TESTS_SUPPORT_METHOD_WALK_H_
