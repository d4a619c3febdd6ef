// Failpoints of this program: settings, actions, counts. Those of the services
// are tested in programs_test.cc.

#include "tests/faults/failpoints.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>

#include "common/fault/failpoint.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temporary_directory.h"

namespace plumbline::testing {
namespace {

constexpr absl::StatusCode kInvalid = absl::StatusCode::kInvalidArgument;

absl::Status MayFail() {
  PLUMBLINE_FAILPOINT_OR_RETURN("test.may-fail");
  return absl::OkStatus();
}

void Passes() { PLUMBLINE_FAILPOINT("test.passes"); }

// How a child process ends or stops that calls `body`, as of waitpid().
template <typename Body>
int StateOfChild(Body body) {
  const pid_t child = fork();
  if (child == 0) {
    body();
    _exit(0);
  }
  int state = 0;
  EXPECT_EQ(waitpid(child, &state, WUNTRACED), child);
  if (WIFSTOPPED(state)) {
    kill(child, SIGKILL);
    int ignored = 0;
    waitpid(child, &ignored, 0);
  }
  return state;
}

class FailpointsTest : public ::testing::Test {
 protected:
  ~FailpointsTest() override { SetFailpoints("").IgnoreError(); }

  FailpointHits HitsOf(const std::string& name) {
    const auto hits = ReadFailpointHits(path_);
    EXPECT_THAT(hits, IsOk());
    const auto found = hits->find(name);
    EXPECT_NE(found, hits->end()) << name;
    return found == hits->end() ? FailpointHits() : found->second;
  }

  TemporaryDirectory folder_;
  const std::string path_ = folder_.path() + "/hits";
};

TEST_F(FailpointsTest, DoesNothingUnlessTold) {
  ASSERT_THAT(SetFailpoints(""), IsOk());
  Passes();
  EXPECT_THAT(MayFail(), IsOk());
}

TEST_F(FailpointsTest, FailsAtTheHitThatIsNamed) {
  ASSERT_THAT(SetFailpoints("test.may-fail=fail@2"), IsOk());
  ASSERT_THAT(CountFailpointHits(path_), IsOk());
  EXPECT_THAT(MayFail(), IsOk());
  EXPECT_THAT(MayFail(), StatusIs(absl::StatusCode::kUnavailable,
                                  "failpoint test.may-fail was told to fail"));
  EXPECT_THAT(MayFail(), IsOk());
  EXPECT_EQ(HitsOf("test.may-fail").hits, 3);
  EXPECT_EQ(HitsOf("test.may-fail").acted, 1);
}

TEST_F(FailpointsTest, KillsTheProcess) {
  ASSERT_THAT(SetFailpoints("test.passes=kill@1"), IsOk());
  const int state = StateOfChild(Passes);
  EXPECT_TRUE(WIFSIGNALED(state) && WTERMSIG(state) == SIGKILL) << state;
}

TEST_F(FailpointsTest, StopsTheProcess) {
  ASSERT_THAT(SetFailpoints("test.passes=stop@1"), IsOk());
  const int state = StateOfChild(Passes);
  EXPECT_TRUE(WIFSTOPPED(state)) << state;
}

TEST_F(FailpointsTest, Delays) {
  ASSERT_THAT(SetFailpoints("test.passes=delay:30@1"), IsOk());
  const auto start = std::chrono::steady_clock::now();
  Passes();
  EXPECT_GE(std::chrono::steady_clock::now() - start,
            std::chrono::milliseconds(30));
}

TEST_F(FailpointsTest, ActsBySeededChance) {
  const auto sequence = [](const std::string& seed) {
    EXPECT_THAT(SetFailpoints("test.may-fail=fail@random:0.5:" + seed), IsOk());
    std::string result;
    for (int i = 0; i < 64; ++i) result += MayFail().ok() ? '.' : 'x';
    return result;
  };
  const std::string first = sequence("1");
  EXPECT_NE(first, std::string(64, '.'));
  EXPECT_NE(first, std::string(64, 'x'));
  EXPECT_EQ(sequence("1"), first);
  EXPECT_NE(sequence("2"), first);
}

TEST_F(FailpointsTest, CountsAddUpOverProcessesThatAreKilled) {
  ASSERT_THAT(CountFailpointHits(path_), IsOk());
  EXPECT_EQ(HitsOf("test.passes").hits, 0);
  ASSERT_THAT(SetFailpoints("test.passes=kill@1"), IsOk());
  StateOfChild(Passes);
  StateOfChild(Passes);
  ASSERT_THAT(SetFailpoints(""), IsOk());
  Passes();
  EXPECT_EQ(HitsOf("test.passes").hits, 3);
  EXPECT_EQ(HitsOf("test.passes").acted, 2);
}

TEST_F(FailpointsTest, RefusesSettingsThatMeanNothing) {
  EXPECT_THAT(
      SetFailpoints("test.absent=kill@1"),
      StatusIs(kInvalid, ::testing::HasSubstr(
                             "failpoint setting 'test.absent=kill@1': no such "
                             "failpoint in this program; there are test.")));
  EXPECT_THAT(SetFailpoints("test.passes=die@1"),
              StatusIs(kInvalid,
                       "failpoint setting 'test.passes=die@1': the action must "
                       "be kill, stop, fail or delay:MS"));
  for (const char* const when :
       {"", "@", "@0", "@-1", "@x", "@random", "@random:2:1", "@random:1"}) {
    const std::string setting = std::string("test.passes=kill") + when;
    EXPECT_THAT(SetFailpoints(setting),
                StatusIs(kInvalid, "failpoint setting '" + setting +
                                       "': when must be @N, N from 1, or "
                                       "@random:P:SEED, P from 0 to 1"));
  }
  EXPECT_THAT(SetFailpoints("test.passes=fail@1"),
              StatusIs(kInvalid,
                       "failpoint setting 'test.passes=fail@1': nothing can "
                       "fail there: use kill, stop or delay:MS"));
  EXPECT_THAT(SetFailpoints("test.passes=kill@1,test.passes=kill@2"),
              StatusIs(kInvalid,
                       "failpoint setting 'test.passes=kill@2': the failpoint "
                       "is set twice"));
}

TEST_F(FailpointsTest, SaysWhatIsNoFileOfHits) {
  EXPECT_THAT(ReadFailpointHits(path_),
              StatusIs(absl::StatusCode::kNotFound,
                       "'" + path_ + "' is not a file of failpoint hits"));
}

}  // namespace
}  // namespace plumbline::testing
