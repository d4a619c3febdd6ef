#include "common/rpc/version.h"

namespace plumbline::rpc {

const char* Version() { return "0.1.0"; }

}  // namespace plumbline::rpc
