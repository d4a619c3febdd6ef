// content-service and triage-service as real processes on loopback, with
// throw-away keys and one principal for each role, as an operator would run
// them. Everything stands in a temporary directory and ends with its owner.

#ifndef PLUMBLINE_TESTS_SUPPORT_LOCAL_PAIR_H_
#define PLUMBLINE_TESTS_SUPPORT_LOCAL_PAIR_H_

#include <memory>
#include <string>
#include <vector>

#include "tests/support/child_process.h"
#include "tests/support/plumb.h"
#include "tests/support/reserved_port.h"
#include "tests/support/temporary_directory.h"

namespace plumbline::testing {

class LocalPair {
 public:
  // Makes keys (one for each role of a key, threshold 1), trust policy and
  // tokens. Starts nothing.
  LocalPair();

  // Start, and return when the service listens. Starting again keeps database,
  // state and address. `flags` are added to those that a service needs, and win
  // over them.
  void StartContent(const std::vector<std::string>& flags = {});
  void StartTriage(const std::vector<std::string>& flags = {});

  // What StartContent() and StartTriage() start is this: a program, with flags,
  // its log in the folder. For a test that looks after processes itself.
  std::unique_ptr<ChildProcess> Start(
      const std::string& program, const std::vector<std::string>& flags,
      const std::string& log,
      const std::vector<std::string>& environment = {}) const;
  std::vector<std::string> ContentFlags() const;
  std::vector<std::string> TriageFlags() const;

  // The process, to be ended; null before its first start.
  ChildProcess* content() { return content_.get(); }
  ChildProcess* triage() { return triage_.get(); }

  std::string content_address() const { return content_port_.address(); }
  std::string triage_address() const { return triage_port_.address(); }
  int content_port() const { return content_port_.port(); }

  // The file that holds the token of the principal of this role; principals are
  // named as their roles.
  std::string TokenFile(const std::string& role) const;
  // The private key that signs in this role.
  std::string KeyFile(const std::string& role) const;
  std::string InFolder(const std::string& name) const;

  // Runs plumb against content-service or triage-service as the principal of
  // `role`.
  PlumbResult PlumbContent(const std::string& role,
                           std::vector<std::string> arguments) const;
  PlumbResult PlumbTriage(const std::string& role,
                          std::vector<std::string> arguments,
                          const std::string& input = "") const;

  // A folder with the shipped pathway under another title.
  std::string ChangedPathway() const;

  // Takes the folder of the pathway from draft to release `number` and points
  // its channel `stable` there. A test failure where a step fails.
  void Publish(const std::string& folder, int number,
               const std::string& pathway = "back-pain");

  // What triage-service says of its health (grpc.health.v1): "SERVING",
  // "NOT_SERVING"; or the status code with which it did not say.
  std::string TriageHealth(const std::string& service = "") const;
  // Whether it says SERVING within the time that WaitUntil() gives.
  bool WaitUntilReady() const;

  // What triage-service serves on back-pain/stable: the name of the release;
  // empty: nothing.
  std::string ServedRelease() const;

  // What both services wrote to their logs.
  std::string Logs() const;

 private:
  void MakeKeys();
  void MakeTokens();
  std::vector<std::string> SharedFlags(const std::string& service,
                                       const std::string& address) const;

  TemporaryDirectory directory_;
  const ReservedPort content_port_;
  const ReservedPort triage_port_;
  std::unique_ptr<ChildProcess> content_;
  std::unique_ptr<ChildProcess> triage_;
};

}  // namespace plumbline::testing

#endif  // PLUMBLINE_TESTS_SUPPORT_LOCAL_PAIR_H_
