// Releases and moves of one channel, signed as people would: what a content
// service would send, whole or spoilt at will.

#ifndef PLUMBLINE_TESTS_TRIAGE_SERVICE_SUPPORT_SIGNED_CHANNEL_H_
#define PLUMBLINE_TESTS_TRIAGE_SERVICE_SUPPORT_SIGNED_CHANNEL_H_

#include <cstdint>
#include <string>
#include <vector>

#include "common/trust/trust_policy.h"
#include "common/trust/verify.h"
#include "plumbline/content/v1/content_service.pb.h"
#include "tests/common/trust/samples.h"
#include "triage-service/domain/release_table.h"

namespace plumbline::triage {

// The channel of the example pathway.
inline const ChannelKey& ExampleKey() {
  static const auto& key = *new ChannelKey{"ankle", "stable"};
  return key;
}

// Content of the example pathway; each number gives another digest.
std::string ExampleContent(int number);

struct SignedRelease {
  std::string content;
  std::string digest;
  std::int64_t number = 0;
  trust::Attestations attestations;
};

class SignedChannel {
 public:
  explicit SignedChannel(ChannelKey key = ExampleKey())
      : key_(std::move(key)) {}

  // Two approvers must sign.
  trust::TrustPolicy Policy() { return keys_.Policy(); }
  trust::SampleKeys& keys() { return keys_; }

  // A release with everything that a replica asks for. `passed` is what its
  // gate report says.
  SignedRelease Publish(const std::string& content, std::int64_t number,
                        bool passed = true);
  SignedRelease PublishExample(int number) {
    return Publish(ExampleContent(number), number);
  }

  // The move after the last one, to `digest`, signed by the key `signer`.
  content::v1::ChannelMove Move(const std::string& digest,
                                const std::string& signer = "operator-1");
  // The first move of a new epoch.
  content::v1::ChannelMove OpenEpoch(std::int64_t epoch,
                                     const std::string& digest);
  // A move as it is given, signed by the key `signer`; does not count as last.
  content::v1::ChannelMove MoveOf(const content::v1::Statement& statement,
                                  const std::string& signer);
  // The statement of the move after the last one.
  content::v1::Statement NextStatement(const std::string& digest);

  // What announces `release` for `move`.
  content::v1::ContentStart Start(const SignedRelease& release,
                                  const content::v1::ChannelMove& move);

  // `move`, its announcement and the content in pieces.
  std::vector<content::v1::SyncResponse> Messages(
      const SignedRelease& release, const content::v1::ChannelMove& move,
      std::size_t piece_bytes = 4096);

 private:
  content::v1::ChannelMove Take(const content::v1::Statement& statement,
                                const std::string& signer);

  const ChannelKey key_;
  trust::SampleKeys keys_;
  std::int64_t epoch_ = 1;
  std::int64_t number_ = 0;
  std::string hash_;
};

content::v1::SyncResponse ToMessage(const content::v1::ChannelMove& move);
content::v1::SyncResponse ToMessage(const content::v1::ContentStart& start);

// The pieces of `content`.
std::vector<content::v1::SyncResponse> Chunks(const std::string& digest,
                                              const std::string& content,
                                              std::size_t piece_bytes);

}  // namespace plumbline::triage

#endif  // PLUMBLINE_TESTS_TRIAGE_SERVICE_SUPPORT_SIGNED_CHANNEL_H_
