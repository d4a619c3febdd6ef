// Failpoints: named places in the services at which a test can have the process
// killed, stopped, slowed, or an error returned. They exist only where
// PLUMBLINE_FAILPOINTS is defined, which is in the `-with-faults` programs of
// tests/faults/. In every other program the macros are empty: no call, no name.
//
//   PLUMBLINE_FAILPOINT("store.after-commit");
//   PLUMBLINE_FAILPOINT_OR_RETURN("store.before-commit");
//
// A name is `<part>.<place>`, and is used once. A source with a failpoint is
// listed in tests/faults/CMakeLists.txt; a test fails where it is not.

#ifndef PLUMBLINE_COMMON_FAULT_FAILPOINT_H_
#define PLUMBLINE_COMMON_FAULT_FAILPOINT_H_

#ifdef PLUMBLINE_FAILPOINTS

#include <algorithm>
#include <cstddef>

#include "absl/status/status.h"

namespace plumbline::fault {

// Makes a point known before main() starts, so that a setting which names none
// is refused, and one that is never reached is seen. Returns its number.
int Register(const char* name, bool can_fail);

// Counts a hit, and does what the setting asks for: may not return. The error
// is UNAVAILABLE. Thread-safe.
absl::Status Hit(int point);

template <std::size_t kSize>
struct Name {
  // NOLINTNEXTLINE(google-explicit-constructor): a literal is a name.
  constexpr Name(const char (&literal)[kSize]) {
    std::copy(literal, literal + kSize, text);
  }
  char text[kSize] = {};
};

template <Name kName, bool kCanFail>
struct Point {
  static inline const int number = Register(kName.text, kCanFail);
};

}  // namespace plumbline::fault

#define PLUMBLINE_FAILPOINT(name)                                         \
  ::plumbline::fault::Hit(::plumbline::fault::Point<name, false>::number) \
      .IgnoreError()

// Where the function returns an absl::Status, or a StatusOr.
#define PLUMBLINE_FAILPOINT_OR_RETURN(name)                  \
  do {                                                       \
    absl::Status failpoint_status = ::plumbline::fault::Hit( \
        ::plumbline::fault::Point<name, true>::number);      \
    if (!failpoint_status.ok()) return failpoint_status;     \
  } while (false)

#else

#define PLUMBLINE_FAILPOINT(name) static_cast<void>(0)
#define PLUMBLINE_FAILPOINT_OR_RETURN(name) static_cast<void>(0)

#endif  // PLUMBLINE_FAILPOINTS

#endif  // PLUMBLINE_COMMON_FAULT_FAILPOINT_H_
