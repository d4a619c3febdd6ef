#include "content-service/gate/reading_grade.h"

#include <algorithm>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"

namespace plumbline::gate {
namespace {

bool IsVowel(char letter) {
  return absl::string_view("aeiouy").find(letter) != absl::string_view::npos;
}

bool EndsSentence(char mark) {
  return absl::string_view(".!?:;").find(mark) != absl::string_view::npos;
}

bool OpensListItem(absl::string_view line) {
  return absl::StartsWith(line, "- ") || absl::StartsWith(line, "* ");
}

bool IsMarkdown(char mark) {
  return absl::string_view("*_`#>").find(mark) != absl::string_view::npos;
}

// Letters alone, in lower case.
std::string LettersOf(absl::string_view word) {
  std::string letters;
  for (const char letter : word) {
    if (absl::ascii_isalpha(static_cast<unsigned char>(letter))) {
      letters += absl::ascii_tolower(static_cast<unsigned char>(letter));
    }
  }
  return letters;
}

bool HasSilentEnd(absl::string_view letters) {
  const std::size_t size = letters.size();
  if (size < 3) return false;
  const char before = letters[size - 3];
  if (absl::EndsWith(letters, "ed"))
    return !IsVowel(before) && before != 't' && before != 'd';
  if (letters[size - 1] != 'e') return false;
  return !(letters[size - 2] == 'l' && !IsVowel(before));
}

// Lines that belong together: a paragraph, or one list item.
std::vector<std::string> Blocks(absl::string_view markdown) {
  std::vector<std::string> blocks(1);
  for (absl::string_view line : absl::StrSplit(markdown, '\n')) {
    line = absl::StripAsciiWhitespace(line);
    if (line.empty() || OpensListItem(line)) blocks.emplace_back();
    for (const char letter : line) {
      if (!IsMarkdown(letter)) blocks.back() += letter;
    }
    blocks.back() += ' ';
  }
  return blocks;
}

}  // namespace

int CountSyllables(absl::string_view word) {
  const std::string letters = LettersOf(word);
  int syllables = 0;
  bool in_group = false;
  for (const char letter : letters) {
    if (IsVowel(letter) && !in_group) ++syllables;
    in_group = IsVowel(letter);
  }
  if (HasSilentEnd(letters)) --syllables;
  return std::max(syllables, 1);
}

void ReadingGrade::Add(absl::string_view markdown) {
  for (const std::string& block : Blocks(markdown)) {
    std::size_t begin = 0;
    for (std::size_t i = 0; i < block.size(); ++i) {
      const bool at_end = i + 1 == block.size() || block[i + 1] == ' ';
      if (!at_end || (!EndsSentence(block[i]) && i + 1 != block.size())) {
        continue;
      }
      AddSentence(absl::string_view(block).substr(begin, i + 1 - begin));
      begin = i + 1;
    }
  }
}

void ReadingGrade::AddSentence(absl::string_view sentence) {
  int words = 0;
  for (const absl::string_view word :
       absl::StrSplit(sentence, ' ', absl::SkipEmpty())) {
    const bool is_word = std::any_of(word.begin(), word.end(), [](char c) {
      return absl::ascii_isalnum(static_cast<unsigned char>(c));
    });
    if (!is_word) continue;
    ++words;
    syllables_ += CountSyllables(word);
  }
  words_ += words;
  if (words > 0) ++sentences_;
}

double ReadingGrade::Grade() const {
  if (words_ == 0) return 0;
  return 0.39 * words_ / sentences_ + 11.8 * syllables_ / words_ - 15.59;
}

}  // namespace plumbline::gate
