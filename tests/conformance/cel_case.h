// The official conformance cases of CEL, from cel_cases.jsonl, which
// tests/check/cel_conformance.js makes.

#ifndef PLUMBLINE_TESTS_CONFORMANCE_CEL_CASE_H_
#define PLUMBLINE_TESTS_CONFORMANCE_CEL_CASE_H_

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace plumbline::conformance {

struct CelCase {
  std::string name;
  std::string expression;
  nlohmann::json bindings;  // {"a.b": {"int": "3"}}
  nlohmann::json value;     // {"int": "3"}; null: an error.
  std::string outside;      // Why it is outside the language; empty: it is not.
};

inline std::vector<CelCase> CelCases() {
  std::ifstream file("tests/conformance/cel_cases.jsonl");
  EXPECT_TRUE(file.good()) << "run from the root of the checkout";
  std::vector<CelCase> cases;
  std::string line;
  std::getline(file, line);  // Where the cases are from.
  while (std::getline(file, line)) {
    const nlohmann::json json = nlohmann::json::parse(line);
    cases.push_back({json.at("case"), json.at("expression"),
                     json.value("bindings", nlohmann::json::object()),
                     json.value("value", nlohmann::json()),
                     json.value("outside", "")});
  }
  return cases;
}

}  // namespace plumbline::conformance

#endif  // PLUMBLINE_TESTS_CONFORMANCE_CEL_CASE_H_
