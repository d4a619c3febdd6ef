#include "triage-service/content/sync_metrics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace plumbline::triage {
namespace {

using ::testing::HasSubstr;

TEST(SyncMetricsTest, ShowsHowAChannelStands) {
  rpc::Metrics metrics;
  SyncMetrics sync(metrics, {"back-pain", "stable"});
  sync.SetConnected(true);
  sync.StreamOpened();
  sync.Replaced();
  sync.Activated({2, 17});
  sync.SetCurrent(absl::FromUnixSeconds(1'800'000'000));
  sync.Refused("DIGEST_MISMATCH");
  const std::string labels = R"({channel="stable",pathway="back-pain"})";
  const std::string text = metrics.Text();
  EXPECT_THAT(text, HasSubstr("plumbline_sync_connected" + labels + " 1"));
  EXPECT_THAT(text, HasSubstr("plumbline_sync_streams_total" + labels + " 1"));
  EXPECT_THAT(text, HasSubstr("plumbline_sync_replaced_total" + labels + " 1"));
  EXPECT_THAT(text, HasSubstr("plumbline_content_move_epoch" + labels + " 2"));
  EXPECT_THAT(text,
              HasSubstr("plumbline_content_move_number" + labels + " 17"));
  EXPECT_THAT(text,
              HasSubstr("plumbline_content_activations_total" + labels + " 1"));
  EXPECT_THAT(text, HasSubstr("plumbline_content_current_timestamp_seconds" +
                              labels + " 18"));
  EXPECT_THAT(text,
              HasSubstr("plumbline_content_refusals_total{channel=\"stable\","
                        "pathway=\"back-pain\",reason=\"DIGEST_MISMATCH\"} 1"));
}

TEST(SyncMetricsTest, ChannelsShareTheirFamilies) {
  rpc::Metrics metrics;
  SyncMetrics stable(metrics, {"back-pain", "stable"});
  SyncMetrics candidate(metrics, {"back-pain", "candidate"});
  candidate.SetConnected(true);
  const std::string text = metrics.Text();
  EXPECT_THAT(text, HasSubstr("{channel=\"stable\",pathway=\"back-pain\"} 0"));
  EXPECT_THAT(text,
              HasSubstr("{channel=\"candidate\",pathway=\"back-pain\"} 1"));
}

TEST(SyncMetricsTest, NeverCurrentIsZero) {
  rpc::Metrics metrics;
  SyncMetrics sync(metrics, {"back-pain", "stable"});
  sync.SetCurrent(absl::InfinitePast());
  EXPECT_THAT(metrics.Text(),
              HasSubstr("plumbline_content_current_timestamp_seconds{channel="
                        "\"stable\",pathway=\"back-pain\"} 0"));
}

}  // namespace
}  // namespace plumbline::triage
