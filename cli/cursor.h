// Places in the log of a channel's moves: `1-7` is move 7 of epoch 1.

#ifndef PLUMBLINE_CLI_CURSOR_H_
#define PLUMBLINE_CLI_CURSOR_H_

#include <string>

#include "plumbline/content/v1/channel.pb.h"

namespace plumbline::cli {

// "1-7"
std::string ToString(const content::v1::Cursor& cursor);

// Whether `left` comes before `right`.
bool IsBefore(const content::v1::Cursor& left,
              const content::v1::Cursor& right);

}  // namespace plumbline::cli

#endif  // PLUMBLINE_CLI_CURSOR_H_
