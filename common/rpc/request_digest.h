// A digest of a request without the fields that do not belong to what
// is asked.

#ifndef PLUMBLINE_COMMON_RPC_REQUEST_DIGEST_H_
#define PLUMBLINE_COMMON_RPC_REQUEST_DIGEST_H_

#include <google/protobuf/message.h>

#include <initializer_list>
#include <string>

namespace plumbline::rpc {

// The digest (hexadecimal) of the type name of `request` and of its canonical
// bytes without the fields `left_out`. Unknown fields count as part of what is
// asked.
std::string RequestDigest(const google::protobuf::Message& request,
                          std::initializer_list<const char*> left_out);

}  // namespace plumbline::rpc

#endif  // PLUMBLINE_COMMON_RPC_REQUEST_DIGEST_H_
