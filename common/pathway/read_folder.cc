#include "common/pathway/read_folder.h"

#include <algorithm>
#include <deque>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "common/pathway/apply_overlay.h"
#include "common/pathway/bind_text.h"
#include "common/pathway/content.h"
#include "common/pathway/element_place.h"
#include "common/pathway/read_guidance.h"
#include "common/pathway/source_text.h"
#include "common/pathway/text_tree.h"

namespace plumbline::pathway {
namespace {

constexpr absl::string_view kMainFile = "pathway.txtpb";

using PlaceKey = std::tuple<std::string, int, int>;

PlaceKey KeyOf(const Place& place) {
  return {place.file, place.line, place.column};
}

std::size_t BytesOf(const SourceFiles& files) {
  std::size_t bytes = 0;
  for (const auto& [path, content] : files) bytes += content.size();
  return bytes;
}

// Gathers where values could not be read, and what holds them.
void GatherUnread(const ElementPlace& element, std::set<PlaceKey>* unread) {
  if (element.unread && element.source != nullptr) {
    unread->insert(KeyOf(FindPlace(element, "", 0)));
  }
  for (const auto& [field, children] : element.fields) {
    for (const ElementPlace& child : children) GatherUnread(child, unread);
  }
}

// Reads the files of one pathway; see ReadPathway().
class FolderReader {
 public:
  ReadResult Run(const SourceFiles& files) {
    if (HasRightSize(files)) {
      SortByKind(files);
      for (const SourceText* source : field_files_) ReadFields(*source);
      all_read_ &= ReadGuidance(guidance_files_, &result_.message, &places_,
                                &result_.faults);
      for (const SourceText* source : case_files_) {
        AddCases(*source, &result_.message, &places_, &result_.faults);
      }
      CheckValidated();
      for (const SourceText* source : overlay_files_) {
        all_read_ = all_read_ && ApplyOverlay(*source, &result_.message,
                                              &places_, &result_.faults);
      }
      if (all_read_ && !IsFull(result_.faults)) Compile();
    }
    const bool are_more = is_compile_cut_ || IsFull(result_.faults);
    std::stable_sort(result_.faults.begin(), result_.faults.end(),
                     [](const Fault& a, const Fault& b) {
                       return KeyOf(a.place) < KeyOf(b.place);
                     });
    result_.faults.erase(
        std::unique(result_.faults.begin(), result_.faults.end()),
        result_.faults.end());
    CloseFaults(are_more, &result_.faults);
    return std::move(result_);
  }

 private:
  bool HasRightSize(const SourceFiles& files) {
    const std::size_t bytes = BytesOf(files);
    if (bytes <= kContentBytesMax) return true;
    Report({}, "",
           absl::StrCat("the files have ", bytes,
                        " bytes together; a pathway has at most ",
                        kContentBytesMax));
    return false;
  }

  void SortByKind(const SourceFiles& files) {
    if (files.count(std::string(kMainFile)) == 0) {
      Report({std::string(kMainFile)}, "",
             absl::StrCat("is missing; ", WhatBelongs()));
      all_read_ = false;
    }
    for (const auto& [path, bytes] : files) {
      if (std::vector<const SourceText*>* const list = ListOf(path)) {
        Take(path, bytes, list);
      }
    }
  }

  // The files of the same kind; null where the file is not read.
  std::vector<const SourceText*>* ListOf(const std::string& path) {
    switch (KindOf(path)) {
      case SourceKind::kFields:
      case SourceKind::kLocale:
      case SourceKind::kInstrument:
        return &field_files_;
      case SourceKind::kGuidance:
        return &guidance_files_;
      case SourceKind::kCases:
        return &case_files_;
      case SourceKind::kOverlay:
        return &overlay_files_;
      case SourceKind::kReadMe:
        return nullptr;
      case SourceKind::kForeign:
        Report({path, 1, 1}, "",
               absl::StrCat("does not belong; ", WhatBelongs()));
        return nullptr;
    }
    return nullptr;
  }

  void Take(const std::string& path, const std::string& bytes,
            std::vector<const SourceText*>* list) {
    const SourceText& source = sources_.emplace_back(path, bytes);
    const Faults faults = CheckText(source);
    if (faults.empty()) {
      list->push_back(&source);
    } else {
      AddUnreadable(faults);
    }
  }

  void ReadFields(const SourceText& source) {
    const TextTree tree = ParseText(source, source.text());
    if (!tree.faults.empty()) {
      AddUnreadable(tree.faults);
      return;
    }
    std::vector<TextField> fields;
    for (const TextField& field : tree.fields) {
      const absl::string_view home = FileOf(field.name);
      if (home.empty() || BelongsIn(source.file(), home)) {
        fields.push_back(field);
      } else {
        Report(source.PlaceAt(tree.OffsetOf(field)), field.name,
               absl::StrCat("belongs in ", home));
        misplaced_.insert(field.name);
      }
    }
    const int translations_before = result_.message.translations_size();
    const int instruments_before = result_.message.instruments_size();
    BindText(source, tree, fields, "", &result_.message, &places_,
             &result_.faults);
    for (int i = translations_before; i < result_.message.translations_size();
         ++i) {
      CheckName(source, "translations", i, "locale",
                result_.message.translations(i).locale());
    }
    for (int i = instruments_before; i < result_.message.instruments_size();
         ++i) {
      CheckName(source, "instruments", i, "instrument_id",
                result_.message.instruments(i).instrument_id());
    }
  }

  static bool BelongsIn(const std::string& file, absl::string_view home) {
    if (home == FileOf("translations")) {
      return KindOf(file) == SourceKind::kLocale;
    }
    if (home == FileOf("instruments")) {
      return KindOf(file) == SourceKind::kInstrument;
    }
    return file == home;
  }

  // Refuses an element whose id is not the name of its file.
  void CheckName(const SourceText& source, absl::string_view list, int index,
                 absl::string_view field, const std::string& written) {
    if (written.empty() || written == StemOf(source.file())) return;
    Report(FindPlace(places_, absl::StrCat(list, "[", index, "].", field), 0),
           absl::StrCat(list, "[", written, "].", field),
           absl::StrCat("is '", written, "', but the file is '", source.file(),
                        "'"));
  }

  // The published validation of an instrument is of the published wording,
  // which an overlay alone can bring; local wording is never validated.
  void CheckValidated() {
    for (int i = 0; i < result_.message.scores_size(); ++i) {
      const v1::Score& score = result_.message.scores(i);
      if (!score.validated()) continue;
      Report(FindPlace(places_, absl::StrCat("scores[", i, "].validated"), 0),
             absl::StrCat("scores[", score.name(), "].validated"),
             score.instrument_id().empty()
                 ? "local wording is never validated; leave it out"
                 : "only an overlay may say this of an instrument, together "
                   "with the published wording; leave it out here");
    }
  }

  void Compile() {
    const Locate locate = [this](const std::string& path, int offset) {
      return Find(path, offset);
    };
    AddCompileFaults(CompilePathway(result_.message, "", locate).faults);
    if (!result_.faults.empty()) return;

    const std::string content = ToContent(result_.message);
    absl::StatusOr<std::shared_ptr<const CompiledPathway>> loaded =
        LoadContent(content);
    if (loaded.ok()) {
      result_.pathway = *std::move(loaded);
      NamePlaces();
    } else {
      Report({std::string(kMainFile), 1, 1}, "",
             std::string(loaded.status().message()));
    }
  }

  void NamePlaces() {
    const v1::Pathway& message = result_.message;
    NamePlaces("items", message.items(), &v1::Item::link_id);
    NamePlaces("definitions", message.definitions(), &v1::Definition::name);
    NamePlaces("scores", message.scores(), &v1::Score::name);
    NamePlaces("rules", message.rules(), &v1::Rule::rule_id);
    NamePlaces("gates", message.gates(), &v1::Gate::gate_id);
    NamePlaces("guidance", message.guidance(),
               &v1::GuidanceRecord::guidance_id);
    NamePlaces("invariants", message.invariants(),
               &v1::Invariant::invariant_id);
    NamePlaces("evidence", message.evidence(), &v1::Evidence::evidence_id);
    NamePlaces("cases", message.cases(), &v1::Case::case_id);
    for (int i = 0; i < message.dispositions_size(); ++i) {
      const auto disposition = message.dispositions(i).disposition();
      result_.places[absl::StrCat("dispositions/",
                                  v1::Disposition_Name(disposition))] =
          FindPlace(places_, absl::StrCat("dispositions[", i, "]"), 0);
    }
  }

  template <typename Elements, typename Element>
  void NamePlaces(absl::string_view list, const Elements& elements,
                  const std::string& (Element::*id)() const) {
    for (int i = 0; i < elements.size(); ++i) {
      result_.places[absl::StrCat(list, "/", (elements[i].*id)())] =
          FindPlace(places_, absl::StrCat(list, "[", i, "]"), 0);
    }
  }

  Place Find(const std::string& path, int offset) const {
    Place place = FindPlace(places_, path, offset);
    if (!place.file.empty()) return place;
    const std::string file(FileOf(path.substr(0, path.find_first_of(".["))));
    const bool exists = std::any_of(
        sources_.begin(), sources_.end(),
        [&](const SourceText& source) { return source.file() == file; });
    return exists ? Place{file, 1, 1} : Place{file};
  }

  // Adds the faults of the compiler but those that only say that something is
  // missing which could not be read, and the last of too many, which says so.
  void AddCompileFaults(Faults faults) {
    is_compile_cut_ = IsFull(faults);
    if (is_compile_cut_) faults.pop_back();
    std::set<PlaceKey> unread;
    GatherUnread(places_, &unread);
    for (const Fault& fault : faults) {
      const bool is_consequence =
          unread.count(KeyOf(fault.place)) > 0 ||
          misplaced_.count(fault.path) > 0 ||
          (places_.unread &&
           fault.path.find_first_of(".[") == std::string::npos);
      if (!is_consequence) result_.faults.push_back(fault);
    }
  }

  void AddUnreadable(const Faults& faults) {
    all_read_ = false;
    result_.faults.insert(result_.faults.end(), faults.begin(), faults.end());
  }

  void Report(Place place, std::string path, std::string message) {
    result_.faults.push_back(
        {std::move(path), std::move(message), std::move(place)});
  }

  std::deque<SourceText> sources_;
  std::vector<const SourceText*> field_files_;
  std::vector<const SourceText*> guidance_files_;
  std::vector<const SourceText*> case_files_;
  std::vector<const SourceText*> overlay_files_;  // One at most.
  ElementPlace places_;
  std::set<std::string> misplaced_;  // Fields in the wrong file.
  bool all_read_ = true;             // Whether every file could be read.
  bool is_compile_cut_ = false;      // Whether the compiler found too many.
  ReadResult result_;
};

}  // namespace

ReadResult ReadPathway(const SourceFiles& files) {
  return FolderReader().Run(files);
}

}  // namespace plumbline::pathway
