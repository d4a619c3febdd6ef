// Submitting a draft to the gate, and what the gate makes of it.

#ifndef PLUMBLINE_CONTENT_SERVICE_DOMAIN_SUBMIT_H_
#define PLUMBLINE_CONTENT_SERVICE_DOMAIN_SUBMIT_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "content-service/domain/actor.h"
#include "content-service/domain/compile_sources.h"
#include "content-service/domain/signed_statement.h"
#include "content-service/domain/stored_draft.h"

namespace plumbline::content {

// A draft that its author may submit, with its sources. Compiling them takes a
// while and is done outside a transaction, between Load and Submit.
struct Submission {
  StoredDraft draft;
  Sources sources;
  CompiledSources compiled;
};

// Loads and checks. `compiled` is left for the caller.
absl::StatusOr<Submission> LoadSubmission(const Reader& reader,
                                          const Actor& author,
                                          const DraftId& id,
                                          const std::string& etag);

// What the author signs; only for sources without faults.
v1::Statement SubmissionStatement(const trust::TrustPolicy& policy,
                                  const Submission& submission,
                                  const Actor& author);

// Makes the draft CHECKING, with its content stored; or FAILED, with the report
// of its faults. ABORTED if the draft has changed since it was loaded.
absl::StatusOr<StoredDraft> SubmitDraft(Transaction& transaction,
                                        const trust::TrustPolicy& policy,
                                        const Actor& author,
                                        const Submission& submission,
                                        const SignedStatement& given);

// The draft as it would be, without storing it or looking at signatures.
StoredDraft PreviewSubmission(const Submission& submission);

// Takes in what the gate found: SUBMITTED or FAILED. Does nothing unless the
// draft is CHECKING the content that the report is about.
absl::Status FinishGate(Transaction& transaction,
                        const trust::TrustPolicy& policy, const DraftId& id,
                        const v1::GateReport& report, absl::Time now);

}  // namespace plumbline::content

#endif  // PLUMBLINE_CONTENT_SERVICE_DOMAIN_SUBMIT_H_
