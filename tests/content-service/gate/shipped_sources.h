// The sources of the shipped pathway, for tests that break one place of them.

#ifndef PLUMBLINE_TESTS_CONTENT_SERVICE_GATE_SHIPPED_SOURCES_H_
#define PLUMBLINE_TESTS_CONTENT_SERVICE_GATE_SHIPPED_SOURCES_H_

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/pathway/content.h"
#include "common/pathway/read_folder.h"

namespace plumbline::gate {

class ShippedSources {
 public:
  ShippedSources() : files_(Shipped()) {}

  const pathway::SourceFiles& files() const { return files_; }
  std::string& File(const std::string& path) { return files_[path]; }

  // An element is named as in places: "rules/R-E01". Takes it out of its file.
  ShippedSources& Drop(const std::string& element) {
    if (absl::StartsWith(element, "guidance/")) {
      EXPECT_EQ(files_.erase(FileOf(element)), 1u) << element;
      return *this;
    }
    const auto [begin, size] = RangeOf(element);
    File(FileOf(element)).erase(begin, size);
    return *this;
  }

  // Replaces the first `from` in the element.
  ShippedSources& In(const std::string& element, const std::string& from,
                     const std::string& to) {
    std::string& text = File(FileOf(element));
    const auto [begin, size] = RangeOf(element);
    const std::size_t at = text.find(from, begin);
    const bool found = at != std::string::npos && at < begin + size;
    EXPECT_TRUE(found) << element << " has no " << from;
    if (found) text.replace(at, from.size(), to);
    return *this;
  }

  // Puts `text` at the end of a file.
  ShippedSources& Add(const std::string& path, const std::string& text) {
    absl::StrAppend(&File(path), "\n", text);
    return *this;
  }

  // Moves the element to the end of its file.
  ShippedSources& MoveToEnd(const std::string& element) {
    const auto [begin, size] = RangeOf(element);
    const std::string text = File(FileOf(element)).substr(begin, size);
    return Drop(element).Add(FileOf(element), text);
  }

  // Everywhere, in all files.
  ShippedSources& ReplaceAll(const std::string& from, const std::string& to) {
    for (auto& [path, text] : files_) {
      for (std::size_t at = text.find(from); at != std::string::npos;
           at = text.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
      }
    }
    return *this;
  }

  ShippedSources WithoutCases() const {
    ShippedSources without = *this;
    for (const auto& [path, text] : files_) {
      if (absl::StartsWith(path, "cases/")) without.files_.erase(path);
    }
    return without;
  }

 private:
  struct Kind {
    std::string file;
    std::string id_field;
  };

  // Without translations: those of what a change takes away would be refused
  // before anything is proved.
  static const pathway::SourceFiles& Shipped() {
    static const auto& files = *[] {
      auto* const shipped = new pathway::SourceFiles(
          pathway::LoadSourceFiles("content-service/pathways/back-pain",
                                   pathway::kContentBytesMax)
              .value());
      for (auto at = shipped->begin(); at != shipped->end();) {
        const bool translates = absl::StartsWith(at->first, "locales/") ||
                                absl::EndsWith(at->first, ".es.md");
        at = translates ? shipped->erase(at) : std::next(at);
      }
      std::string& pathway = (*shipped)["pathway.txtpb"];
      const std::string locales = R"(locales: ["en", "es"])";
      pathway.replace(pathway.find(locales), locales.size(),
                      R"(locales: ["en"])");
      return shipped;
    }();
    return files;
  }

  static const Kind& KindOf(const std::string& element) {
    static const auto& kinds = *new std::map<std::string, Kind>{
        {"definitions", {"scores.txtpb", "name"}},
        {"dispositions", {"pathway.txtpb", "disposition"}},
        {"gates", {"pathway.txtpb", "gate_id"}},
        {"invariants", {"invariants.txtpb", "invariant_id"}},
        {"items", {"questionnaire.txtpb", "link_id"}},
        {"rules", {"rules.txtpb", "rule_id"}},
        {"scores", {"scores.txtpb", "name"}},
    };
    return kinds.at(element.substr(0, element.find('/')));
  }

  static std::string FileOf(const std::string& element) {
    if (absl::StartsWith(element, "guidance/")) {
      return absl::StrCat(element, ".md");
    }
    return KindOf(element).file;
  }

  // Where an element stands in its file, and how long it is.
  std::pair<std::size_t, std::size_t> RangeOf(const std::string& element) {
    const std::string& text = File(FileOf(element));
    if (absl::StartsWith(element, "guidance/")) return {0, text.size()};
    const std::size_t slash = element.find('/');
    const std::string id = element.substr(slash + 1);
    const bool is_word = absl::StartsWith(element, "dispositions/");
    const std::string open = absl::StrCat(
        "\n", element.substr(0, slash), " {\n  ", KindOf(element).id_field,
        ": ", is_word ? id : absl::StrCat("\"", id, "\""), "\n");
    const std::size_t begin = text.find(open) + 1;
    EXPECT_NE(begin, 0u) << "no " << element;
    const std::size_t end = text.find("\n}\n", begin) + 3;
    return {begin, end - begin};
  }

  pathway::SourceFiles files_;
};

}  // namespace plumbline::gate

#endif  // PLUMBLINE_TESTS_CONTENT_SERVICE_GATE_SHIPPED_SOURCES_H_
