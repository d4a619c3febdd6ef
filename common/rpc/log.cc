#include "common/rpc/log.h"

#include <atomic>
#include <iostream>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/sync/mutex.h"

namespace plumbline::rpc {
namespace {

std::atomic<LogLevel> least_level{LogLevel::kInfo};

// Where lines go; the lock keeps each line whole.
struct Output {
  sync::Mutex mutex;
  LogSink sink ABSL_GUARDED_BY(mutex);
};

Output& TheOutput() {
  static Output& output = *new Output;
  return output;
}

const char* WordOf(LogLevel level) {
  switch (level) {
    case LogLevel::kDebug:
      return "debug";
    case LogLevel::kInfo:
      return "info";
    case LogLevel::kWarning:
      return "warning";
    case LogLevel::kError:
      return "error";
  }
  return "error";
}

std::string ToLine(LogLevel level, absl::string_view event,
                   const std::vector<LogField>& fields) {
  nlohmann::ordered_json line;
  line["time"] = absl::FormatTime("%Y-%m-%d%ET%H:%M:%E6SZ", absl::Now(),
                                  absl::UTCTimeZone());
  line["level"] = WordOf(level);
  line["event"] = std::string(event);
  for (const LogField& field : fields) {
    std::visit([&](const auto& value) { line[field.key] = value; },
               field.value);
  }
  // Bytes that are not UTF-8 are replaced: a log line never fails.
  return line.dump(-1, ' ', false,
                   nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace

absl::StatusOr<LogLevel> ParseLogLevel(absl::string_view text) {
  for (const LogLevel level : {LogLevel::kDebug, LogLevel::kInfo,
                               LogLevel::kWarning, LogLevel::kError}) {
    if (text == WordOf(level)) return level;
  }
  return absl::InvalidArgumentError(absl::StrCat(
      "'", text, "' is not a log level: debug, info, warning or error"));
}

void Log(LogLevel level, absl::string_view event,
         const std::vector<LogField>& fields) {
  if (level < least_level.load(std::memory_order_relaxed)) return;
  const std::string line = ToLine(level, event, fields);
  Output& output = TheOutput();
  sync::MutexLock lock(output.mutex);
  if (output.sink) {
    output.sink(line);
  } else {
    std::cerr << line << '\n';
  }
}

void SetLogLevel(LogLevel level) {
  least_level.store(level, std::memory_order_relaxed);
}

void SetLogSink(LogSink sink) {
  Output& output = TheOutput();
  sync::MutexLock lock(output.mutex);
  output.sink = std::move(sink);
}

}  // namespace plumbline::rpc
