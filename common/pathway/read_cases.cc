#include "common/pathway/read_cases.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/pathway/answer_json.h"
#include "common/pathway/did_you_mean.h"
#include "common/pathway/json_tree.h"

namespace plumbline::pathway {
namespace {

using google::protobuf::EnumDescriptor;
using google::protobuf::EnumValueDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Reflection;
using Kind = JsonValue::Kind;

// The key of a case and the field that holds it.
struct CaseKey {
  absl::string_view key;
  absl::string_view field;
  bool is_required;
};

constexpr CaseKey kCaseKeys[] = {
    {"id", "case_id", true},
    {"source", "source", true},
    {"narrative", "narrative", true},
    {"answers", "answers", true},
    {"expected_disposition", "expected_disposition", true},
    {"expected_certainty", "expected_certainty", false},
    {"must_flag", "must_flag", false},
    {"must_not_flag", "must_not_flag", false},
    {"must_show", "must_show", false},
    {"must_not_show", "must_not_show", false},
    {"must_gate", "must_gate", false},
    {"rationale", "rationale", false},
};

// "SAME_DAY" as cases write it, "same_day". What stands before is the enum's
// name.
std::string InLowerCase(const EnumValueDescriptor* value) {
  const std::string& unspecified = value->type()->value(0)->name();
  const std::size_t prefix = unspecified.size() - sizeof("UNSPECIFIED") + 1;
  return absl::AsciiStrToLower(value->name().substr(prefix));
}

const EnumValueDescriptor* FindInLowerCase(const EnumDescriptor* type,
                                           absl::string_view name) {
  for (int i = 1; i < type->value_count(); ++i) {
    if (InLowerCase(type->value(i)) == name) return type->value(i);
  }
  return nullptr;
}

std::string ValuesInLowerCase(const EnumDescriptor* type) {
  std::vector<std::string> names;
  for (int i = 1; i < type->value_count(); ++i) {
    names.push_back(absl::StrCat("\"", InLowerCase(type->value(i)), "\""));
  }
  return absl::StrJoin(names, ", ");
}

// Reads the cases of one file.
class CaseReader {
 public:
  CaseReader(const SourceText& source, const v1::Pathway& message,
             Faults* faults)
      : source_(source), answer_reader_(message), faults_(*faults) {}

  struct Read {
    v1::Case message;
    ElementPlace place;
  };

  std::vector<Read> Run() {
    std::vector<Read> cases;
    absl::string_view rest = source_.text();
    while (!rest.empty() && !IsFull(faults_)) {
      const absl::string_view line = rest.substr(0, rest.find('\n'));
      rest.remove_prefix(std::min(line.size() + 1, rest.size()));
      Read read;
      if (!absl::StripAsciiWhitespace(line).empty() && ReadLine(line, &read)) {
        cases.push_back(std::move(read));
      }
    }
    return cases;
  }

 private:
  // Returns whether the case has no fault.
  bool ReadLine(absl::string_view line, Read* read) {
    const std::size_t faults_before = faults_.size();
    JsonValue object;
    if (!ParseJson(source_, line, &object, &faults_)) return false;
    if (object.kind != Kind::kObject) {
      Report(object.offset, "", "a case is an object, {\"id\": …}");
      return false;
    }
    const JsonValue* const id = object.Find("id");
    path_ = id == nullptr ? "cases" : absl::StrCat("cases[", id->string, "]");
    read->place.source = &source_;
    read->place.offset = object.offset;
    for (const JsonMember& member : object.members) ReadMember(member, read);
    for (const CaseKey& key : kCaseKeys) {
      if (key.is_required && object.Find(key.key) == nullptr) {
        Report(object.offset, path_, absl::StrCat("has no '", key.key, "'"));
      }
    }
    return faults_.size() == faults_before;
  }

  void ReadMember(const JsonMember& member, Read* read) {
    if (IsFull(faults_)) return;
    std::vector<absl::string_view> keys;
    for (const CaseKey& key : kCaseKeys) {
      if (key.key == member.key) return ReadField(key, member.value, read);
      keys.push_back(key.key);
    }
    const std::string hint = DidYouMean(member.key, keys);
    Report(member.offset, path_,
           absl::StrCat("a case has no '", member.key, "'",
                        hint.empty() ? absl::StrCat("; its keys are ",
                                                    absl::StrJoin(keys, ", "))
                                     : hint));
  }

  void ReadField(const CaseKey& key, const JsonValue& value, Read* read) {
    const FieldDescriptor* const field =
        v1::Case::descriptor()->FindFieldByName(std::string(key.field));
    std::vector<ElementPlace>& places =
        read->place.fields[std::string(key.field)];
    const std::string path = absl::StrCat(path_, ".", key.key);
    if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      AnswerJsonReader::Result answers =
          answer_reader_.Read(source_, value, path, &faults_);
      *read->message.mutable_answers() = std::move(answers.answers);
      for (const std::size_t offset : answers.offsets)
        AddPlace(offset, &places);
    } else if (field->is_repeated()) {
      ReadStrings(value, path, field, read, &places);
    } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_ENUM) {
      AddPlace(value.offset, &places);
      ReadEnum(value, path, field, &read->message);
    } else {
      AddPlace(value.offset, &places);
      ReadString(value, path, field, &read->message);
    }
  }

  void ReadString(const JsonValue& value, const std::string& path,
                  const FieldDescriptor* field, v1::Case* message) {
    if (value.kind != Kind::kString) {
      Report(value.offset, path, "takes a text in quotes");
      return;
    }
    message->GetReflection()->SetString(message, field, value.string);
  }

  void ReadStrings(const JsonValue& value, const std::string& path,
                   const FieldDescriptor* field, Read* read,
                   std::vector<ElementPlace>* places) {
    if (value.kind != Kind::kList) {
      Report(value.offset, path, "takes a list of texts, [\"…\"]");
      return;
    }
    const Reflection* const reflection = read->message.GetReflection();
    for (const JsonValue& element : value.elements) {
      if (IsFull(faults_)) return;
      if (element.kind != Kind::kString) {
        Report(element.offset, path, "takes a list of texts, [\"…\"]");
        continue;
      }
      reflection->AddString(&read->message, field, element.string);
      AddPlace(element.offset, places);
    }
  }

  void ReadEnum(const JsonValue& value, const std::string& path,
                const FieldDescriptor* field, v1::Case* message) {
    const EnumValueDescriptor* const found =
        FindInLowerCase(field->enum_type(), value.string);
    if (found == nullptr) {
      Report(
          value.offset, path,
          absl::StrCat("takes one of ", ValuesInLowerCase(field->enum_type())));
      return;
    }
    message->GetReflection()->SetEnum(message, field, found);
  }

  void AddPlace(std::size_t offset, std::vector<ElementPlace>* places) {
    ElementPlace& place = places->emplace_back();
    place.source = &source_;
    place.offset = offset;
  }

  void Report(std::size_t offset, std::string path, std::string message) {
    faults_.push_back(
        source_.FaultAt(offset, std::move(path), std::move(message)));
  }

  const SourceText& source_;
  const AnswerJsonReader answer_reader_;
  std::string path_;  // Of the case that is read.
  Faults& faults_;
};

}  // namespace

ReadCasesResult ReadCases(const v1::Pathway& message, const std::string& file,
                          absl::string_view bytes) {
  const SourceText source(file, bytes);
  ReadCasesResult result;
  result.faults = CheckText(source);
  if (!result.faults.empty()) return result;

  std::map<std::string, Place> first_places;
  for (CaseReader::Read& read :
       CaseReader(source, message, &result.faults).Run()) {
    const std::string& id = read.message.case_id();
    const Place place = source.PlaceAt(read.place.offset);
    const auto [first, is_new] = first_places.try_emplace(id, place);
    if (is_new) {
      *result.cases.Add() = std::move(read.message);
    } else {
      result.faults.push_back(
          {absl::StrCat("cases[", id, "]"),
           absl::StrCat("'", id, "' is used twice; first at line ",
                        first->second.line),
           place});
    }
  }
  CloseFaults(IsFull(result.faults), &result.faults);
  return result;
}

void AddCases(const SourceText& source, v1::Pathway* message,
              ElementPlace* place, Faults* faults) {
  for (CaseReader::Read& read : CaseReader(source, *message, faults).Run()) {
    *message->add_cases() = std::move(read.message);
    place->fields["cases"].push_back(std::move(read.place));
  }
}

}  // namespace plumbline::pathway
