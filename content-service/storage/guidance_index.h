// Full-text search over texts of one language. Implementations are thread-safe.
//
// An index is made from the texts, and can be made again: nothing in it is kept
// anywhere else.

#ifndef PLUMBLINE_CONTENT_SERVICE_STORAGE_GUIDANCE_INDEX_H_
#define PLUMBLINE_CONTENT_SERVICE_STORAGE_GUIDANCE_INDEX_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace plumbline::content {

// Plain text, without markup.
struct IndexedText {
  std::string title;
  std::string body;
};

// One word of a query.
struct SearchWord {
  std::string text;        // Not empty.
  bool is_prefix = false;  // Whether it matches what begins with it, too.

  friend bool operator==(const SearchWord&, const SearchWord&) = default;
};

// A part of a text: bytes of UTF-8 from 0; `end` is exclusive.
struct TextSpan {
  int start = 0;
  int end = 0;

  friend bool operator==(const TextSpan&, const TextSpan&) = default;
};

// A piece of a text around the first words found.
struct Snippet {
  std::string text;
  std::vector<TextSpan> highlights;  // Ascending and apart.
};

class GuidanceIndex {
 public:
  virtual ~GuidanceIndex() = default;

  // The texts that hold every one of `words`, by their indices, the best match
  // first; a word in a title counts for more. Equal ones stand in the order of
  // the texts. Letter case and accents make no difference; a word that is
  // punctuation alone matches nothing.
  virtual absl::StatusOr<std::vector<int>> Search(
      const std::vector<SearchWord>& words) = 0;

  // Of one of the texts that Search() found: of its body, or of its title where
  // the body has none of the words. Takes time with the length of the text.
  virtual absl::StatusOr<Snippet> SnippetOf(
      int text, const std::vector<SearchWord>& words) = 0;
};

}  // namespace plumbline::content

#endif  // PLUMBLINE_CONTENT_SERVICE_STORAGE_GUIDANCE_INDEX_H_
