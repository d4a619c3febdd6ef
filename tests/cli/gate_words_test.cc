#include "cli/gate_words.h"

#include <gtest/gtest.h>

#include "cli/pathway_folder.h"
#include "cli/verify_pathway.h"
#include "tests/support/plumb.h"

namespace plumbline::cli {
namespace {

using content::v1::ProofException;
using content::v1::PropertyResult;

TEST(GateWordsTest, TellVerdicts) {
  EXPECT_STREQ(WordOf(PropertyResult::VERDICT_PROVED), "proved");
  EXPECT_STREQ(WordOf(PropertyResult::VERDICT_REFUTED), "REFUTED");
  EXPECT_STREQ(WordOf(PropertyResult::VERDICT_TIMED_OUT), "NOT DECIDED");
}

TEST(GateWordsTest, TellExceptions) {
  ProofException exception;
  exception.set_kind(ProofException::KIND_MONOTONE);
  exception.add_rule_ids("R-1");
  exception.add_rule_ids("R-2");
  EXPECT_EQ(WhatIsExcepted(exception),
            "a worse answer may give less by R-1, "
            "R-2");
}

TEST(GateWordsTest, ExplainEveryPropertyThatIsProved) {
  const auto read = ReadPathwayFolder("tests/fixtures/pathways/tiny");
  ASSERT_TRUE(read.ok());
  std::istringstream in;
  std::ostringstream out;
  std::ostringstream err;
  Console console{.in = in, .out = out, .err = err};
  const auto gate =
      RunGateHere(*read->pathway, read->places, "2027-05-01", console);
  ASSERT_TRUE(gate.ok());
  ASSERT_GT(gate->properties_size(), 0);
  for (const PropertyResult& result : gate->properties()) {
    EXPECT_NE(MeaningOf(result.property()), "") << result.property();
  }
  EXPECT_EQ(MeaningOf("another"), "");
}

}  // namespace
}  // namespace plumbline::cli
