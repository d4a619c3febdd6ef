// Random well-typed expressions over the example pathway. The same seed gives
// the same expressions on every machine: no two random parts are made in one
// statement, whose order the compiler would choose.

#ifndef PLUMBLINE_TESTS_COMMON_PATHWAY_RANDOM_EXPRESSION_H_
#define PLUMBLINE_TESTS_COMMON_PATHWAY_RANDOM_EXPRESSION_H_

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/common/pathway/random_intake.h"

namespace plumbline::pathway {

inline std::string Pick(std::mt19937_64& random,
                        const std::vector<std::string>& choices) {
  return choices[Below(random, choices.size())];
}

inline std::string RandomBool(std::mt19937_64& random, int depth);

inline std::string RandomInt(std::mt19937_64& random, int depth) {
  if (depth <= 0 || Below(random, 3) == 0) {
    return Pick(random, {"pt.age", "pain.now", "size(med.taken)", "3", "-2",
                         "(has(score.mood) ? score.mood : 1)"});
  }
  const bool conditional = Below(random, 4) == 0;
  const std::string condition =
      conditional ? RandomBool(random, depth - 1) : "";
  const std::string left = RandomInt(random, depth - 1);
  const std::string sign = Pick(random, {" + ", " - ", " * "});
  const std::string right = RandomInt(random, depth - 1);
  if (conditional) {
    return absl::StrCat("(", condition, " ? ", left, " : ", right, ")");
  }
  return absl::StrCat("(", left, sign, right, ")");
}

inline std::string RandomDouble(std::mt19937_64& random, int depth) {
  if (depth <= 0 || Below(random, 2) == 0) {
    return Pick(random, {"pain.days", "-pain.days", "2.5", "-0.0"});
  }
  const std::string left = RandomDouble(random, depth - 1);
  const std::string sign = Pick(random, {" + ", " - ", " * "});
  return absl::StrCat("(", left, sign, RandomDouble(random, depth - 1), ")");
}

// Two numbers of which neither is a literal: bounds are checked statically.
inline std::string RandomComparison(std::mt19937_64& random, int depth) {
  const auto number = [&random, depth] {
    return Below(random, 3) == 0
               ? absl::StrCat("(", RandomDouble(random, depth - 1), " + 0.5)")
               : absl::StrCat("(", RandomInt(random, depth - 1), " + 1)");
  };
  const std::string left = number();
  const std::string sign =
      Pick(random, {" == ", " != ", " < ", " <= ", " > ", " >= "});
  return absl::StrCat(left, sign, number());
}

inline std::string RandomLeaf(std::mt19937_64& random) {
  return Pick(random, {"em.cold",
                       "em.bone == 'yes'",
                       "em.bone != 'no'",
                       "lasting",
                       "em.bone in ['no', 'yes']",
                       "em.bone in []",
                       "'nsaid' in med.taken",
                       "'none' in med.taken",
                       "pt.age > 40",
                       "pain.now >= 7",
                       "pain.days <= 2",
                       "pt.age in [10, 30, 60]",
                       "size(med.taken) == 2",
                       "has(pt.pregnant)",
                       "has(em.bone)",
                       "has(score.mood)",
                       "has(psy.harm)",
                       "true",
                       "false",
                       "(has(pt.pregnant) && pt.pregnant == 'yes')",
                       "(!has(psy.harm) || psy.harm == 'no')",
                       "(has(score.mood) ? score.mood >= 3 : em.cold)",
                       "(em.cold ? em.bone : 'no') == 'yes'"});
}

inline std::string RandomBool(std::mt19937_64& random, int depth) {
  if (depth <= 0) return RandomLeaf(random);
  const std::uint64_t kind = Below(random, 7);
  if (kind == 0) return RandomLeaf(random);
  if (kind == 1) return absl::StrCat("!(", RandomBool(random, depth - 1), ")");
  if (kind == 2) return absl::StrCat("(", RandomComparison(random, depth), ")");
  const std::string first = RandomBool(random, depth - 1);
  const std::string second = RandomBool(random, depth - 1);
  if (kind <= 4) return absl::StrCat("(", first, " && ", second, ")");
  if (kind == 5) return absl::StrCat("(", first, " || ", second, ")");
  const std::string third = RandomBool(random, depth - 1);
  return absl::StrCat("(", first, " ? ", second, " : ", third, ")");
}

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_TESTS_COMMON_PATHWAY_RANDOM_EXPRESSION_H_
