#include "tests/support/child_process.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>

#include "absl/strings/str_cat.h"

namespace plumbline::testing {
namespace {

std::string ProgramPath(const std::string& program) {
  const char* folder = std::getenv("PLUMBLINE_BIN_DIR");
  return absl::StrCat(folder == nullptr ? "build/bin" : folder, "/", program);
}

// As exec wants them.
std::vector<char*> PointersTo(std::vector<std::string>& strings) {
  std::vector<char*> pointers;
  for (std::string& text : strings) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

// Runs in the child, between fork and exec.
[[noreturn]] void Exec(const std::string& path, std::vector<char*>& arguments,
                       std::vector<char*>& environment,
                       const std::string& log) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  const int file = open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  if (file >= 0) dup2(file, STDERR_FILENO);
  execve(path.c_str(), arguments.data(), environment.data());
  _exit(127);
}

}  // namespace

ChildProcess::ChildProcess(const std::string& program,
                           std::vector<std::string> arguments,
                           const std::string& log,
                           std::vector<std::string> environment) {
  const std::string path = ProgramPath(program);
  if (access(path.c_str(), X_OK) != 0) {
    ADD_FAILURE() << path << " is not built";
    return;
  }
  arguments.insert(arguments.begin(), program);
  for (char** ours = environ; *ours != nullptr; ++ours) {
    environment.emplace_back(*ours);
  }
  std::vector<char*> argument_pointers = PointersTo(arguments);
  std::vector<char*> environment_pointers = PointersTo(environment);
  pid_ = fork();
  if (pid_ == 0) Exec(path, argument_pointers, environment_pointers, log);
  EXPECT_GT(pid_, 0) << "fork failed";
}

ChildProcess::~ChildProcess() {
  if (pid_ > 0) Kill();
}

void ChildProcess::Kill() { Signal(SIGKILL); }

int ChildProcess::Terminate() { return Signal(SIGTERM); }

int ChildProcess::Signal(int signal) {
  if (pid_ <= 0) return -1;
  kill(pid_, signal);
  return Wait();
}

int ChildProcess::Wait() {
  if (pid_ <= 0) return -1;
  int status = 0;
  waitpid(pid_, &status, 0);
  pid_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

bool ChildProcess::IsRunning() {
  if (pid_ <= 0) return false;
  int status = 0;
  if (waitpid(pid_, &status, WNOHANG) == 0) return true;
  pid_ = -1;
  return false;
}

bool WaitUntil(const std::function<bool()>& condition) {
  constexpr timespec kInterval{.tv_sec = 0, .tv_nsec = 10'000'000};
  for (int i = 0; i < 3000; ++i) {
    if (condition()) return true;
    nanosleep(&kInterval, nullptr);
  }
  return false;
}

std::string WaitForPort(const std::string& path) {
  std::string port;
  const bool written = WaitUntil([&] {
    std::ifstream file(path);
    return std::getline(file, port) && !file.eof();
  });
  EXPECT_TRUE(written) << path << " was not written";
  return port;
}

}  // namespace plumbline::testing
