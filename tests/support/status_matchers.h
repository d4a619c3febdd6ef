// Matchers for absl::Status and absl::StatusOr: this Abseil ships none.
//
//   EXPECT_THAT(status, IsOk());
//   EXPECT_THAT(ParsePathway(text), IsOkAndHolds(HasItems(46)));
//   EXPECT_THAT(status, StatusIs(absl::StatusCode::kNotFound, "no item 'x'"));
//
// Each works on a status and on a StatusOr alike, except IsOkAndHolds, which
// needs a value.

#ifndef PLUMBLINE_TESTS_SUPPORT_STATUS_MATCHERS_H_
#define PLUMBLINE_TESTS_SUPPORT_STATUS_MATCHERS_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <type_traits>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace plumbline::testing {

inline const absl::Status& StatusOf(const absl::Status& status) {
  return status;
}

template <typename T>
const absl::Status& StatusOf(const absl::StatusOr<T>& status_or) {
  return status_or.status();
}

MATCHER(IsOk, negation ? "is not OK" : "is OK") {
  const absl::Status& status = StatusOf(arg);
  *result_listener << "which is " << status.ToString();
  return status.ok();
}

MATCHER_P(
    IsOkAndHolds, value_matcher,
    "is OK and holds a value that " +
        ::testing::DescribeMatcher<typename std::decay_t<arg_type>::value_type>(
            value_matcher, negation)) {
  if (!arg.ok()) {
    *result_listener << "which is " << arg.status().ToString();
    return false;
  }
  return ::testing::ExplainMatchResult(value_matcher, *arg, result_listener);
}

MATCHER_P2(StatusIs, code_matcher, message_matcher,
           "has a code that " +
               ::testing::DescribeMatcher<absl::StatusCode>(code_matcher,
                                                            negation) +
               " and a message that " +
               ::testing::DescribeMatcher<std::string>(message_matcher,
                                                       negation)) {
  const absl::Status& status = StatusOf(arg);
  *result_listener << "which is " << status.ToString() << ' ';
  return ::testing::ExplainMatchResult(code_matcher, status.code(),
                                       result_listener) &&
         ::testing::ExplainMatchResult(
             message_matcher, std::string(status.message()), result_listener);
}

template <typename CodeMatcher>
auto StatusIs(CodeMatcher code_matcher) {
  return StatusIs(code_matcher, ::testing::_);
}

}  // namespace plumbline::testing

#endif  // PLUMBLINE_TESTS_SUPPORT_STATUS_MATCHERS_H_
