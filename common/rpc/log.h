// The log: one JSON object a line on stderr. Thread-safe.
//
// Nothing of an intake (answers, subjects, free text) and no token is ever
// given to it: only names, codes, counts and durations.

#ifndef PLUMBLINE_COMMON_RPC_LOG_H_
#define PLUMBLINE_COMMON_RPC_LOG_H_

#include <cstdint>
#include <functional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace plumbline::rpc {

enum class LogLevel { kDebug, kInfo, kWarning, kError };

// Reads "debug", "info", "warning" or "error".
absl::StatusOr<LogLevel> ParseLogLevel(absl::string_view text);

// A key and its value: text, a whole number, a number, a truth, or a duration
// (written in seconds).
struct LogField {
  using Value = std::variant<std::string, std::int64_t, double, bool>;

  LogField(absl::string_view name, absl::string_view text)
      : key(name), value(std::string(text)) {}
  LogField(absl::string_view name, const char* text)
      : key(name), value(std::string(text)) {}
  LogField(absl::string_view name, const std::string& text)
      : key(name), value(text) {}
  LogField(absl::string_view name, bool truth) : key(name), value(truth) {}
  LogField(absl::string_view name, double number) : key(name), value(number) {}
  LogField(absl::string_view name, absl::Duration duration)
      : key(name), value(absl::ToDoubleSeconds(duration)) {}
  template <typename Integer,
            std::enable_if_t<std::is_integral_v<Integer> &&
                                 !std::is_same_v<Integer, bool>,
                             int> = 0>
  LogField(absl::string_view name, Integer number)
      : key(name), value(static_cast<std::int64_t>(number)) {}

  std::string key;
  Value value;
};

// Writes {"time":…,"level":…,"event":…, fields…}. `event` is a short fixed text
// ("channel moved"); what varies goes in fields.
void Log(LogLevel level, absl::string_view event,
         const std::vector<LogField>& fields = {});

// Drops what is below `level`. At first kInfo.
void SetLogLevel(LogLevel level);

// Where lines go (without the line feed); null for stderr.
using LogSink = std::function<void(absl::string_view line)>;
void SetLogSink(LogSink sink);

}  // namespace plumbline::rpc

#endif  // PLUMBLINE_COMMON_RPC_LOG_H_
