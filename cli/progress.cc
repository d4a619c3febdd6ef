#include "cli/progress.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"

namespace plumbline::cli {
namespace {

constexpr absl::Duration kQuiet = absl::Seconds(1);
constexpr absl::Duration kInterval = absl::Milliseconds(200);

}  // namespace

Progress::Progress(const Console& console, std::string what)
    : console_(console),
      what_(std::move(what)),
      start_(absl::Now()),
      next_write_(start_ + kQuiet) {}

void Progress::Update(std::int64_t done) {
  if (!console_.err_is_terminal) return;
  const absl::Time now = absl::Now();
  if (now < next_write_) return;
  next_write_ = now + kInterval;
  written_ = true;
  console_.err << "\r\x1b[K"
               << absl::StrCat(done, " ", what_, ", ",
                               absl::FormatDuration(
                                   absl::Trunc(now - start_, absl::Seconds(1))))
               << std::flush;
}

void Progress::Clear() {
  if (!written_) return;
  written_ = false;
  console_.err << "\r\x1b[K" << std::flush;
}

}  // namespace plumbline::cli
