#include "cli/result_line.h"

#include <nlohmann/json.hpp>

#include "cli/words.h"
#include "plumbline/pathway/v1/decision.pb.h"

namespace plumbline::cli {
namespace {

using Json = nlohmann::ordered_json;

Json With(const OtherKeys& other_keys) {
  Json line = Json::object();
  for (const auto& [key, value] : other_keys) {
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
