// The version of the product, one for the services and the command line.

#ifndef PLUMBLINE_COMMON_RPC_VERSION_H_
#define PLUMBLINE_COMMON_RPC_VERSION_H_

namespace plumbline::rpc {

// Semantic version, as in CHANGELOG.md.
const char* Version();

}  // namespace plumbline::rpc

#endif  // PLUMBLINE_COMMON_RPC_VERSION_H_
