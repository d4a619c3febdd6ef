// An invented instrument, and scores of the example that follow it.

#ifndef PLUMBLINE_TESTS_COMMON_PATHWAY_EXAMPLE_INSTRUMENT_H_
#define PLUMBLINE_TESTS_COMMON_PATHWAY_EXAMPLE_INSTRUMENT_H_

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <utility>

#include "tests/common/pathway/faulty_pathway.h"

namespace plumbline::pathway {

// Adds the text of a part of a pathway.
inline void Add(const std::string& text, v1::Pathway& message) {
  google::protobuf::TextFormat::Parser parser;
  EXPECT_TRUE(parser.MergeFromString(text, &message));
}

// Adds the instrument `stairs`, of two items from 0 to 3 and one of yes or no,
// and the score `stairs` that follows its first scale.
inline void AddStairs(v1::Pathway& message) {
  Add(R"(
    instruments {
      instrument_id: "stairs" revision: 1 title: "STAIRS"
      items { number: 1 minimum: 0 maximum: 3 }
      items { number: 2 minimum: 0 maximum: 3 }
      items { number: 3 minimum: 0 maximum: 1 }
      scales {
        scale_id: "total" method: SCORE_METHOD_TOTAL numbers: [1, 2]
        bands { code: "few" label: "Few" minimum: 0 maximum: 2 }
        bands { code: "many" label: "Many" minimum: 3 maximum: 6 }
        missing_max: 1 missing_note: "Invented."
      }
      scales {
        scale_id: "all" method: SCORE_METHOD_TOTAL
        missing_note: "Every item is needed."
      }
      citation: "Invented." licence_note: "No wording is included."
    }
    scores {
      name: "stairs" title: "Stairs" instrument_id: "stairs" scale_id: "total"
      inputs { number: 1 link_id: "mood.interest" }
      inputs { number: 2 link_id: "mood.low" }
    })",
      message);
}

// An instrument of ticks, followed by a score over the options of med.taken.
inline void AddTicks(v1::Pathway& message) {
  Add(R"(
    instruments {
      instrument_id: "ticks" revision: 1 title: "TICKS"
      items { number: 1 minimum: 0 maximum: 1 }
      items { number: 2 minimum: 0 maximum: 1 }
      scales {
        scale_id: "ticks" method: SCORE_METHOD_COUNT
        missing_note: "Answered or not as a whole."
      }
      citation: "Invented." licence_note: "No wording is included."
    }
    scores {
      name: "ticks" title: "Ticks" instrument_id: "ticks"
      inputs { number: 1 link_id: "med.taken" option_code: "nsaid" }
      inputs { number: 2 link_id: "med.taken" option_code: "opioid" }
    })",
      message);
}

// The example with the instrument, spoilt; see FaultsOf().
inline std::function<void(v1::Pathway&)> WithStairs(
    std::function<void(v1::Pathway&)> spoil) {
  return [spoil = std::move(spoil)](v1::Pathway& message) {
    AddStairs(message);
    spoil(message);
  };
}

inline v1::Instrument& Stairs(v1::Pathway& message) {
  return *message.mutable_instruments(0);
}

// The score that follows the instrument.
inline v1::Score& StairsScore(v1::Pathway& message) {
  return *message.mutable_scores(1);
}

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_TESTS_COMMON_PATHWAY_EXAMPLE_INSTRUMENT_H_
