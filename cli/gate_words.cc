#include "cli/gate_words.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/words.h"

namespace plumbline::cli {
namespace {

using content::v1::ProofException;
using content::v1::PropertyResult;

struct Meaning {
  absl::string_view property;
  absl::string_view text;
};

constexpr Meaning kMeanings[] = {
    {"no-error",
     "Whatever is answered, no rule reads a question that is not asked."},
    {"influence",
     "Every question, option, rule, gate and text can make a difference, or is "
     "listed below as one that need not."},
    {"monotone",
     "A worse answer never makes the result less urgent, but for what is "
     "listed below."},
    {"floors",
     "An option that promises at least some urgency gives it, whatever else is "
     "answered or left open."},
    {"unknown-is-safe",
     "An answer left open never gives less than the least that an answer to it "
     "could give; a question tagged safety, left open, gives at least the "
     "same day."},
    {"invariants", "What the pathway states of itself is true."},
    {"guidance",
     "Something is shown whatever the result, and nothing together with what "
     "it excludes."},
    {"texts",
     "Texts are easy enough to read and not overdue for review, every fact is "
     "accounted for, and translations have the numbers of the original."},
};

}  // namespace

const char* WordOf(PropertyResult::Verdict verdict) {
  switch (verdict) {
    case PropertyResult::VERDICT_PROVED:
      return "proved";
    case PropertyResult::VERDICT_REFUTED:
      return "REFUTED";
    case PropertyResult::VERDICT_TIMED_OUT:
    default:
      return "NOT DECIDED";
  }
}

std::string WhatIsExcepted(const ProofException& exception) {
  switch (exception.kind()) {
    case ProofException::KIND_UNORDERED:
      return "no answer is worse than another";
    case ProofException::KIND_MONOTONE:
      return absl::StrCat("a worse answer may give less by ",
                          absl::StrJoin(exception.rule_ids(), ", "));
    case ProofException::KIND_INFORMATIONAL:
      return absl::StrCat("'", exception.option_code(), "' may change nothing");
    case ProofException::KIND_IGNORED_WHEN_UNKNOWN:
      return "is ignored while it is not decided";
    default:
      return WordOf(exception.kind());
  }
}

absl::string_view MeaningOf(absl::string_view property) {
  for (const Meaning& meaning : kMeanings) {
    if (meaning.property == property) return meaning.text;
  }
  return "";
}

}  // namespace plumbline::cli
