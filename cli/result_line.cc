#include "cli/result_line.h"

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>

#include "cli/words.h"
#include "plumbline/pathway/v1/decision.pb.h"

namespace plumbline::cli {
namespace {

using Json = nlohmann::ordered_json;

// What a line says of itself. An input that has such a key, as the result of an
// earlier run has, must not be taken for this one's.
bool IsOfTheResult(absl::string_view key) {
  constexpr absl::string_view kKeys[] = {
      "disposition", "certainty",      "most_urgent_possible", "flags",
      "guidance",    "release_digest", "decision_digest",      "error"};
  return std::find(std::begin(kKeys), std::end(kKeys), key) != std::end(kKeys);
}

Json With(const OtherKeys& other_keys) {
  Json line = Json::object();
  for (const auto& [key, value] : other_keys) {
    if (IsOfTheResult(key)) continue;
    line[key] = Json::parse(value, nullptr, false);
  }
  return line;
}

}  // namespace

std::string AssessmentLine(const triage::v1::Assessment& assessment,
                           const OtherKeys& other_keys) {
  const pathway::v1::Decision& decision = assessment.decision();
  Json line = With(other_keys);
  line["disposition"] = WordOf(decision.disposition());
  line["certainty"] = WordOf(decision.certainty());
  line["most_urgent_possible"] = WordOf(decision.most_urgent_possible());
  line["flags"] = std::vector<std::string>(decision.flags().begin(),
                                           decision.flags().end());
  std::vector<std::string> guidance;
  for (const auto& shown : decision.guidance()) {
    guidance.push_back(shown.guidance_id());
  }
  line["guidance"] = guidance;
  line["release_digest"] = decision.release_digest();
  line["decision_digest"] = assessment.decision_digest();
  return line.dump() + "\n";
}

std::string ErrorLine(int line, absl::string_view message,
                      const pathway::Faults& faults,
                      const OtherKeys& other_keys) {
  Json told = Json::array();
  for (const pathway::Fault& fault : faults) {
    told.push_back({{"path", fault.path}, {"message", fault.message}});
  }
  Json result = With(other_keys);
  result["error"] = {
      {"line", line}, {"message", std::string(message)}, {"faults", told}};
  return result.dump() + "\n";
}

}  // namespace plumbline::cli
