#include "common/rpc/metrics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/rpc/version.h"
#include "plumbline/triage/v1/triage_service.pb.h"
#include "tests/faults/faulty_file_system.h"
#include "tests/support/http_get.h"
#include "tests/support/status_matchers.h"

namespace plumbline::rpc {
namespace {

using testing::FaultyFileSystem;
using ::testing::HasSubstr;
using testing::HttpGet;
using testing::IsOk;
using ::testing::Not;
using testing::StatusIs;

AccessTable Access() {
  EXPECT_NE(triage::v1::AssessRequest::descriptor(), nullptr);
  return AccessTable::Read({"plumbline.triage.v1.TriageService"}).value();
}

TEST(MetricsTest, NamesTheVersion) {
  EXPECT_THAT(Metrics().Text(),
              HasSubstr(absl::StrCat("plumbline_build_info{version=\"",
                                     Version(), "\"} 1")));
}

TEST(MetricsTest, HoldsAMetricOfALayer) {
  Metrics metrics;
  metrics.NewCounter("plumbline_things_total", "Things.").Increment(2);
  metrics.NewGauge("plumbline_depth", "Depth.").Set(3);
  EXPECT_THAT(metrics.Text(), HasSubstr("# HELP plumbline_things_total Things."
                                        "\n# TYPE plumbline_things_total "
                                        "counter\nplumbline_things_total 2"));
  EXPECT_THAT(metrics.Text(), HasSubstr("plumbline_depth 3"));
}

TEST(CallMetricsTest, CountsByMethodAndCode) {
  const AccessTable access = Access();
  Metrics metrics;
  CallMetrics calls(metrics, access);
  const MethodAccess& method =
      *access.Find("/plumbline.triage.v1.TriageService/Assess");
  calls.Started(method);
  EXPECT_THAT(metrics.Text(),
              HasSubstr("plumbline_calls_in_flight{method=\"TriageService."
                        "Assess\"} 1"));
  calls.Finished(method, absl::StatusCode::kNotFound, absl::Milliseconds(2));
  const std::string text = metrics.Text();
  EXPECT_THAT(text, HasSubstr("plumbline_calls_total{code=\"NOT_FOUND\","
                              "method=\"TriageService.Assess\"} 1"));
  EXPECT_THAT(text, Not(HasSubstr("code=\"ABORTED\"")));
  EXPECT_THAT(text, HasSubstr("plumbline_call_duration_seconds_bucket{method="
                              "\"TriageService.Assess\",le=\"0.001\"} 0"));
  EXPECT_THAT(text, HasSubstr("plumbline_call_duration_seconds_bucket{method="
                              "\"TriageService.Assess\",le=\"0.0025\"} 1"));
}

TEST(CallMetricsTest, CountsCallsOfManyThreads) {
  const AccessTable access = Access();
  Metrics metrics;
  CallMetrics calls(metrics, access);
  const MethodAccess& method =
      *access.Find("/plumbline.triage.v1.TriageService/Assess");
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&calls, &method] {
      for (int j = 0; j < 250; ++j) {
        calls.Started(method);
        calls.Finished(method, absl::StatusCode::kOk, absl::ZeroDuration());
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(metrics.Text(),
              HasSubstr("plumbline_calls_total{code=\"OK\",method="
                        "\"TriageService.Assess\"} 1000"));
}

TEST(MetricsPortTest, ShowsTheRegistry) {
  Metrics metrics;
  metrics.NewCounter("plumbline_things_total", "Things.").Increment();
  const auto port = MetricsPort::Open(metrics, "127.0.0.1:0");
  ASSERT_THAT(port, IsOk());
  EXPECT_THAT(HttpGet((*port)->port(), "/metrics"),
              HasSubstr("plumbline_things_total 1"));
}

TEST(MetricsPortTest, WritesItsPortWhereItIsAskedTo) {
  const Metrics metrics;
  FaultyFileSystem files;
  const auto port =
      MetricsPort::Open(metrics, "127.0.0.1:0", "run/metrics.port", files);
  ASSERT_THAT(port, IsOk());
  EXPECT_EQ(files.Read("run/metrics.port").value(),
            absl::StrCat((*port)->port(), "\n"));
  files.FailAt(1);
  EXPECT_THAT(
      MetricsPort::Open(metrics, "127.0.0.1:0", "run/other.port", files),
      StatusIs(absl::StatusCode::kResourceExhausted));
}

TEST(MetricsPortTest, IsNotThereWhereNobodyAsksForIt) {
  const Metrics metrics;
  FaultyFileSystem files;
  const auto port = MetricsPort::Open(metrics, "", "run/metrics.port", files);
  ASSERT_THAT(port, IsOk());
  EXPECT_EQ(*port, nullptr);
  EXPECT_EQ(files.operations(), 0);
}

TEST(MetricsPortTest, SaysWhereItCannotBeOpened) {
  EXPECT_THAT(MetricsPort::Open(Metrics(), "no address"),
              StatusIs(absl::StatusCode::kUnavailable,
                       HasSubstr("cannot show metrics on 'no address': ")));
}

}  // namespace
}  // namespace plumbline::rpc
