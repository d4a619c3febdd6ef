#include "common/pathway/read_guidance.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "common/pathway/bind_text.h"
#include "common/pathway/source_files.h"
#include "common/pathway/text_tree.h"

namespace plumbline::pathway {
namespace {

constexpr absl::string_view kFence = "---";

// A text with the places of what is in it.
struct Text {
  v1::GuidanceText message;
  ElementPlace place;
};

// A record with its texts, the default locale's first.
struct Record {
  v1::GuidanceRecord message;
  ElementPlace place;
  std::map<std::string, Text> translations;  // By locale.
};

absl::string_view WithoutEmptyLinesAround(absl::string_view text) {
  text = absl::StripTrailingAsciiWhitespace(text);
  const std::size_t indent =
      text.size() - absl::StripLeadingAsciiWhitespace(text).size();
  const std::size_t line_end = text.substr(0, indent).rfind('\n');
  if (line_end != absl::string_view::npos) text.remove_prefix(line_end + 1);
  return text;
}

// Reads all files into records; see ReadGuidance().
class Reader {
 public:
  Reader(std::string default_locale, Faults* faults)
      : default_locale_(std::move(default_locale)), faults_(*faults) {}

  bool Read(const std::vector<const SourceText*>& files) {
    for (const SourceText* source : files) {
      if (!IsTranslation(*source)) ReadRecord(*source);
    }
    for (const SourceText* source : files) {
      if (IsTranslation(*source)) ReadTranslation(*source);
    }
    return all_read_;
  }

  // The records by order, then by id.
  std::vector<Record*> Sorted() {
    std::vector<Record*> sorted;
    for (auto& [id, record] : records_) sorted.push_back(&record);
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const Record* a, const Record* b) {
                       return a->message.order() < b->message.order();
                     });
    return sorted;
  }

 private:
  static bool IsTranslation(const SourceText& source) {
    return StemOf(source.file()).find('.') != absl::string_view::npos;
  }

  void ReadRecord(const SourceText& source) {
    const std::string id(StemOf(source.file()));
    const std::string path = absl::StrCat("guidance[", id, "]");
    Record& record = records_[id];
    record.place.source = &source;
    const absl::string_view body =
        ReadFile(source, path, &record.message, &record.place);
    CheckName(path + ".guidance_id", id, record.message.guidance_id(),
              FindPlace(record.place, "guidance_id", 0), FileIs(source));
    record.message.set_guidance_id(id);

    ElementPlace& text_place = KeepOneText(source, path, &record);
    if (default_locale_.empty()) {
      // That is the fault; not what texts have or have not.
      text_place.unread = true;
    } else {
      FinishText(source, default_locale_, body, path,
                 absl::StrCat("the default locale is '", default_locale_, "'"),
                 record.message.mutable_texts(0), &text_place);
    }
  }

  // A record's file has one text, which this gives it where it has none.
  // Returns the place of the text.
  ElementPlace& KeepOneText(const SourceText& source, const std::string& path,
                            Record* record) {
    std::vector<ElementPlace>& places = record->place.fields["texts"];
    const int texts = record->message.texts_size();
    if (texts == 0) {
      record->message.add_texts();
      places.emplace_back().source = &source;
    } else if (texts > 1) {
      Report(FindPlace(record->place, "texts[1]", 0), path + ".texts",
             "one text stands here; that of another locale in a file of its "
             "own, such as guidance/heat.es.md");
      record->message.mutable_texts()->DeleteSubrange(1, texts - 1);
      places.resize(1);
    }
    return places.front();
  }

  void ReadTranslation(const SourceText& source) {
    const absl::string_view stem = StemOf(source.file());
    const std::string id(stem.substr(0, stem.find('.')));
    const std::string locale(stem.substr(id.size() + 1));
    const std::string path = absl::StrCat("guidance[", id, "]");
    const std::string record_file = absl::StrCat("guidance/", id, ".md");
    const auto record = records_.find(id);
    if (record == records_.end()) {
      Report(source.PlaceAt(0), path,
             absl::StrCat("translates ", record_file, ", which is missing"));
      return;
    }
    if (locale == default_locale_) {
      Report(source.PlaceAt(0), path,
             absl::StrCat("'", locale, "' is the default locale; its text ",
                          "stands in ", record_file));
      return;
    }
    Text& text = record->second.translations[locale];
    text.place.source = &source;
    const absl::string_view body =
        ReadFile(source, absl::StrCat(path, ".texts[", locale, "]"),
                 &text.message, &text.place);
    FinishText(source, locale, body, path, FileIs(source), &text.message,
               &text.place);
  }

  // Reads the front matter into `message`. Returns the body.
  absl::string_view ReadFile(const SourceText& source, const std::string& path,
                             google::protobuf::Message* message,
                             ElementPlace* place) {
    const std::size_t faults_before = faults_.size();
    const GuidanceParts parts = SplitGuidance(source, &faults_);
    if (faults_.size() > faults_before) {
      all_read_ = false;
      return parts.body;
    }
    const TextTree tree = ParseText(source, parts.front);
    if (tree.faults.empty()) {
      BindText(source, tree, tree.fields, path, message, place, &faults_);
    } else {
      all_read_ = false;
      faults_.insert(faults_.end(), tree.faults.begin(), tree.faults.end());
    }
    return parts.body;
  }

  // Gives `text` its locale, for the reason `why`, and its body.
  void FinishText(const SourceText& source, const std::string& locale,
                  absl::string_view body, const std::string& record_path,
                  const std::string& why, v1::GuidanceText* text,
                  ElementPlace* place) {
    const std::string path = absl::StrCat(record_path, ".texts[", locale, "]");
    CheckName(path + ".locale", locale, text->locale(),
              FindPlace(*place, "locale", 0), why);
    text->set_locale(locale);
    if (!text->body().empty()) {
      Report(FindPlace(*place, "body", 0), path + ".body",
             "stands below the front matter");
      return;
    }
    if (body.empty()) return;

    text->set_body(std::string(body));
    ElementPlace& body_place = place->fields["body"].emplace_back();
    body_place.source = &source;
    body_place.offset = body.data() - source.text().data();
    body_place.pieces = {{0, body_place.offset}};  // Written as it is read.
  }

  static std::string FileIs(const SourceText& source) {
    return absl::StrCat("the file is '", source.file(), "'");
  }

  // A name that is given elsewhere may be written too, but no other.
  void CheckName(std::string path, const std::string& name,
                 const std::string& written, Place place,
                 const std::string& why) {
    if (written.empty() || written == name) return;
    Report(std::move(place), std::move(path),
           absl::StrCat("is '", written, "', but ", why));
  }

  void Report(Place place, std::string path, std::string message) {
    faults_.push_back({std::move(path), std::move(message), std::move(place)});
  }

  const std::string default_locale_;
  Faults& faults_;
  bool all_read_ = true;
  std::map<std::string, Record> records_;  // By id.
};

}  // namespace

bool ReadGuidance(const std::vector<const SourceText*>& files,
                  v1::Pathway* message, ElementPlace* place, Faults* faults) {
  Reader reader(message->default_locale(), faults);
  const bool all_read = reader.Read(files);
  for (Record* record : reader.Sorted()) {
    for (auto& [locale, text] : record->translations) {
      *record->message.add_texts() = std::move(text.message);
      record->place.fields["texts"].push_back(std::move(text.place));
    }
    *message->add_guidance() = std::move(record->message);
    place->fields["guidance"].push_back(std::move(record->place));
  }
  return all_read;
}

GuidanceParts SplitGuidance(const SourceText& source, Faults* faults) {
  const absl::string_view text = source.text();
  absl::string_view rest = text;
  const auto next_line = [&rest] {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const absl::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return absl::StripTrailingAsciiWhitespace(line);
  };
  if (next_line() != kFence) {
    faults->push_back(source.FaultAt(
        0, "",
        "expected '---' alone on the first line; front matter stands between "
        "two such lines, and the text below"));
    return {};
  }
  const absl::string_view front_and_body = rest;
  while (!rest.empty()) {
    const char* const line = rest.data();
    if (next_line() != kFence) continue;
    return {front_and_body.substr(0, line - front_and_body.data()),
            WithoutEmptyLinesAround(rest)};
  }
  faults->push_back(source.FaultAt(
      0, "", "the front matter that begins here has no closing line '---'"));
  return {};
}

}  // namespace plumbline::pathway
