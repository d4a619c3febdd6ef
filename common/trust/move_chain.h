// The chain of a channel's moves: each names the hash of the one before, so
// that none can be taken out, put in or changed unseen.

#ifndef PLUMBLINE_COMMON_TRUST_MOVE_CHAIN_H_
#define PLUMBLINE_COMMON_TRUST_MOVE_CHAIN_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/trust/trust_policy.h"
#include "common/trust/verify.h"
#include "plumbline/content/v1/trust.pb.h"

namespace plumbline::trust {

// The hash of a move: SHA-256 of its statement's bytes, in hexadecimal digits.
std::string MoveHash(absl::string_view statement_bytes);

// The end of a chain that was verified. Before the first move all is zero or
// empty.
struct ChainEnd {
  std::int64_t epoch = 0;
  std::int64_t number = 0;
  std::string hash;
  // What the channel points to.
  std::string digest;

  friend bool operator==(const ChainEnd&, const ChainEnd&) = default;
};

// The moves of one channel, taken in one by one.
//
// A move whose own signatures suffice is verified, and with it all that lead to
// it: each names the hash of the one before. So an older move may have been
// signed by a key that has been revoked since, or by fewer keys than are asked
// for now: it is taken in tentatively, until a move that follows is verified.
// Nothing may be done on account of a move that is tentative, and a new stream
// begins without (DropTentative()).
class MoveChain {
 public:
  // Continues after `end`, which was verified before.
  MoveChain(std::string pathway_id, std::string channel_id, ChainEnd end = {});

  // Takes in the next move: a statement of kind move or epoch for this channel
  // and the policy's audience, following `tentative_end()`: the next number in
  // the same epoch, or, by an `epoch`, number 1 of a higher one; naming the
  // hash of the move before. FAILED_PRECONDITION, with a reason of
  // docs/errors.md, and no change, otherwise; so where a key that may sign did
  // not make its signature.
  //
  // Signed by the threshold of operators (of the root, for an epoch) it is
  // verified; a `move` that is not, tentative; an `epoch` that is not, refused.
  //
  // An epoch opens after a restore: the move before it may be one that this
  // chain has gone past, because the restored store never saw it. So its
  // previous hash is not compared; its signatures are the root's.
  absl::Status Append(const TrustPolicy& policy, absl::string_view bytes,
                      const Signatures& signatures);

  // The newest verified move: what may be served and kept.
  const ChainEnd& end() const { return end_; }

  // The newest move that was taken in: what the next one must follow.
  const ChainEnd& tentative_end() const { return tentative_end_; }

  // OK where the newest move that was taken in is verified; else why not, with
  // a reason of docs/errors.md.
  const absl::Status& tentative_fault() const { return tentative_fault_; }

  // Forgets the moves after `end()`.
  void DropTentative();

 private:
  const std::string pathway_id_;
  const std::string channel_id_;
  ChainEnd end_;
  ChainEnd tentative_end_;
  absl::Status tentative_fault_;
};

}  // namespace plumbline::trust

#endif  // PLUMBLINE_COMMON_TRUST_MOVE_CHAIN_H_
