#include "common/pathway/read_answers.h"

#include "common/pathway/answer_json.h"
#include "common/pathway/json_tree.h"
#include "common/pathway/source_text.h"

namespace plumbline::pathway {
namespace {

constexpr absl::string_view kAnswers = "answers";

ReadAnswersResult FromObject(const v1::Pathway& message,
                             const SourceText& source,
                             const JsonValue& object) {
  ReadAnswersResult result;
  for (const JsonMember& member : object.members) {
    if (member.key == kAnswers) continue;
    result.other_keys.emplace_back(member.key, std::string(member.value.text));
  }
  const JsonValue* const answers = object.Find(kAnswers);
  if (answers == nullptr) {
    result.faults.push_back(source.FaultAt(
        object.offset, "",
        "expected {\"answers\": {\"em.bladder\": \"none\"}}; there is no "
        "'answers'"));
    return result;
  }
  AnswerJsonReader::Result read = AnswerJsonReader(message).Read(
      source, *answers, std::string(kAnswers), &result.faults);
  CloseFaults(IsFull(result.faults), &result.faults);
  result.answers = std::move(read.answers);
  for (const std::size_t offset : read.offsets) {
    result.places.push_back(source.PlaceAt(offset));
  }
  return result;
}

}  // namespace

ReadAnswersResult ReadAnswers(const v1::Pathway& message,
                              const std::string& file,
                              absl::string_view bytes) {
  const SourceText source(file, bytes);
  ReadAnswersResult result;
  result.faults = CheckText(source);
  JsonValue object;
  if (!result.faults.empty() ||
      !ParseJson(source, source.text(), &object, &result.faults)) {
    return result;
  }
  return FromObject(message, source, object);
}

ReadAnswersResult ReadAnswersLine(const v1::Pathway& message,
                                  const std::string& file, int line,
                                  absl::string_view bytes) {
  ReadAnswersResult result = ReadAnswers(message, file, bytes);
  for (Place& place : result.places) place.line += line - 1;
  for (Fault& fault : result.faults) {
    if (fault.place.line > 0) fault.place.line += line - 1;
  }
  return result;
}

}  // namespace plumbline::pathway
