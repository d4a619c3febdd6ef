// A program of ours as a real process, for tests. Ends with its owner.

#ifndef PLUMBLINE_TESTS_SUPPORT_CHILD_PROCESS_H_
#define PLUMBLINE_TESTS_SUPPORT_CHILD_PROCESS_H_

#include <sys/types.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace plumbline::testing {

class ChildProcess {
 public:
  // Starts `program` of the folder with the built programs. What it writes to
  // stderr goes to the end of the file `log`; `environment` ("NAME=value") is
  // added to ours. A test failure where it cannot be started.
  ChildProcess(const std::string& program, std::vector<std::string> arguments,
               const std::string& log,
               std::vector<std::string> environment = {});
  // Kills it, where it still runs.
  ~ChildProcess();

  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  // SIGKILL; returns when it is gone.
  void Kill();
  // SIGTERM; returns its exit code when it is gone, or -1 where a signal ended
  // it.
  int Terminate();
  // Returns its exit code when it has ended by itself, as Terminate().
  int Wait();
  // Whether it still runs. A process that is stopped does.
  bool IsRunning();

  // -1 when it is known to be gone.
  pid_t pid() const { return pid_; }

 private:
  int Signal(int signal);

  pid_t pid_ = -1;
};

// Returns whether `condition` became true within 30 seconds.
bool WaitUntil(const std::function<bool()>& condition);

// The port that a service wrote to `path`; "" and a test failure where it
// writes none.
std::string WaitForPort(const std::string& path);

}  // namespace plumbline::testing

#endif  // PLUMBLINE_TESTS_SUPPORT_CHILD_PROCESS_H_
