// Whether a folder can hold a replica's state. Changes nothing: a check of the
// configuration may run as another user than the service.

#ifndef PLUMBLINE_TRIAGE_SERVICE_CONTENT_STATE_DIRECTORY_H_
#define PLUMBLINE_TRIAGE_SERVICE_CONTENT_STATE_DIRECTORY_H_

#include <string>

#include "absl/status/status.h"

namespace plumbline::triage {

// INVALID_ARGUMENT where `path` is not a folder that this process may write to,
// or is not there and cannot be made.
absl::Status CheckStateDirectory(const std::string& path);

}  // namespace plumbline::triage

#endif  // PLUMBLINE_TRIAGE_SERVICE_CONTENT_STATE_DIRECTORY_H_
