// What a gate report says, in words for who approves.

#ifndef PLUMBLINE_CLI_GATE_WORDS_H_
#define PLUMBLINE_CLI_GATE_WORDS_H_

#include <string>

#include "absl/strings/string_view.h"
#include "plumbline/content/v1/draft.pb.h"

namespace plumbline::cli {

// "proved", "REFUTED", "NOT DECIDED"
const char* WordOf(content::v1::PropertyResult::Verdict verdict);

// "no answer is worse than another"
std::string WhatIsExcepted(const content::v1::ProofException& exception);

// The property in a sentence; empty for one that is not known here.
absl::string_view MeaningOf(absl::string_view property);

}  // namespace plumbline::cli

#endif  // PLUMBLINE_CLI_GATE_WORDS_H_
