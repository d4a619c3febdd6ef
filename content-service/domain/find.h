// Finds what a request names, and says by its reason what is missing.

#ifndef PLUMBLINE_CONTENT_SERVICE_DOMAIN_FIND_H_
#define PLUMBLINE_CONTENT_SERVICE_DOMAIN_FIND_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "content-service/domain/resource_name.h"
#include "content-service/storage/content_store.h"
#include "plumbline/content/v1/channel.pb.h"
#include "plumbline/content/v1/release.pb.h"

namespace plumbline::content {

// NOT_FOUND, reason PATHWAY_NOT_FOUND.
absl::Status RequirePathway(const Reader& reader,
                            const std::string& pathway_id);

// Without attestations and content. NOT_FOUND, reason PATHWAY_NOT_FOUND or
// RELEASE_NOT_FOUND.
absl::StatusOr<v1::Release> FindRelease(const Reader& reader,
                                        const ReleaseId& id);

// The attestations of `digest`, oldest first.
absl::StatusOr<std::vector<v1::Attestation>> FindAttestations(
    const Reader& reader, const std::string& digest);

// The newest move. NOT_FOUND, reason PATHWAY_NOT_FOUND or CHANNEL_NOT_FOUND.
absl::StatusOr<v1::ChannelMove> FindNewestMove(const Reader& reader,
                                               const ChannelId& id);

// The newest move of each channel of a pathway, by ascending channel id.
absl::StatusOr<std::vector<v1::ChannelMove>> NewestMoves(
    const Reader& reader, const std::string& pathway_id);

// The withdrawals of a pathway's releases, oldest release first.
absl::StatusOr<std::vector<v1::Withdrawal>> FindWithdrawals(
    const Reader& reader, const std::string& pathway_id);

// FAILED_PRECONDITION, reason RELEASE_WITHDRAWN.
absl::Status RequireNotWithdrawn(const v1::Release& release);

// The channel that was moved.
ChannelId ChannelOf(const v1::ChannelMove& move);

// Where a cursor stands among moves.
inline MovePosition PositionOf(const v1::Cursor& cursor) {
  return {cursor.epoch(), cursor.number()};
}

absl::StatusOr<v1::ChannelMove> ToMove(const MoveRecord& record);
absl::StatusOr<v1::Release> ToRelease(const ReleaseRecord& record);

// What a channel is after `move`.
absl::StatusOr<v1::Channel> ToChannel(const Reader& reader,
                                      const v1::ChannelMove& move);

}  // namespace plumbline::content

#endif  // PLUMBLINE_CONTENT_SERVICE_DOMAIN_FIND_H_
