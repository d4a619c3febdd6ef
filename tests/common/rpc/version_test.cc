#include "common/rpc/version.h"

#include <gtest/gtest.h>

#include <regex>

namespace plumbline::rpc {
namespace {

TEST(VersionTest, IsASemanticVersion) {
  EXPECT_TRUE(std::regex_match(Version(), std::regex("[0-9]+(\\.[0-9]+){2}")));
}

}  // namespace
}  // namespace plumbline::rpc
