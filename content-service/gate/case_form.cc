#include "content-service/gate/case_form.h"

#include <nlohmann/json.hpp>

#include "absl/strings/ascii.h"
#include "common/pathway/answers.h"
#include "common/pathway/names.h"

namespace plumbline::gate {
namespace {

using Json = nlohmann::ordered_json;
using pathway::v1::Answer;

// null, but where somebody said why there is no value.
Json WhyNot(pathway::v1::NoValue why) {
  switch (why) {
    case pathway::v1::NO_VALUE_DECLINED:
      return {{"no_value", "DECLINED"}};
    case pathway::v1::NO_VALUE_UNSURE:
      return {{"no_value", "UNSURE"}};
    case pathway::v1::NO_VALUE_NOT_ANSWERED:
    default:
      return nullptr;
  }
}

Json ValueOf(const Answer& answer) {
  switch (answer.value_case()) {
    case Answer::kBoolean:
      return answer.boolean();
    case Answer::kInteger:
      return answer.integer();
    case Answer::kDecimal:
      return answer.decimal();
    case Answer::kCode:
      return answer.code();
    case Answer::kCodes:
      return Json(std::vector<std::string>(answer.codes().codes().begin(),
                                           answer.codes().codes().end()));
    case Answer::kNoValue:
      return WhyNot(answer.no_value());
    case Answer::VALUE_NOT_SET:
      break;
  }
  return Json(nullptr);
}

}  // namespace

std::string CaseForm(const pathway::v1::Case& one) {
  Json answers = Json::object();
  for (const Answer& answer : one.answers()) {
    answers[answer.link_id()] = ValueOf(answer);
  }
  Json line = {{"id", one.case_id()}};
  if (!one.narrative().empty()) line["narrative"] = one.narrative();
  if (!one.source().empty()) line["source"] = one.source();
  line["answers"] = answers;
  if (one.expected_disposition() != pathway::v1::DISPOSITION_UNSPECIFIED) {
    line["expected_disposition"] = absl::AsciiStrToLower(pathway::ToString(
        static_cast<pathway::Disposition>(one.expected_disposition())));
  }
  return line.dump();
}

std::string CaseForm(const pathway::CompiledPathway& pathway,
                     const pathway::Intake& intake, absl::string_view id) {
  pathway::v1::Case one;
  one.set_case_id(std::string(id));
  *one.mutable_answers() = pathway::ToMessages(pathway, intake);
  return CaseForm(one);
}

}  // namespace plumbline::gate
