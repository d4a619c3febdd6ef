// How many years of school an English text asks for: the Flesch-Kincaid grade
// level (Kincaid and others, 1975, report 8-75 of the Naval Technical Training
// Command).
//
//   0.39 * words / sentences + 11.8 * syllables / words - 15.59
//
// Counted so: a sentence ends at . ! ? : or ; before a space or an end, and
// where a paragraph or a list item ends. A word is letters and digits, with
// apostrophes, hyphens, points and commas inside. Syllables are groups of the
// vowels a e i o u y; a last e is silent, but not in -le after a consonant; so
// is the e of a last -ed, but not after t or d; every word has one at least.
// Marks of Markdown are left out.

#ifndef PLUMBLINE_CONTENT_SERVICE_GATE_READING_GRADE_H_
#define PLUMBLINE_CONTENT_SERVICE_GATE_READING_GRADE_H_

#include "absl/strings/string_view.h"

namespace plumbline::gate {

// Patient text asks for this at most.
inline constexpr double kReadingGradeMax = 8;

// What texts are made of; texts may be counted together.
class ReadingGrade {
 public:
  void Add(absl::string_view markdown);

  // 0 where there are no words.
  double Grade() const;

 private:
  void AddSentence(absl::string_view sentence);

  int sentences_ = 0;
  int words_ = 0;
  int syllables_ = 0;
};

// Of one word.
int CountSyllables(absl::string_view word);

}  // namespace plumbline::gate

#endif  // PLUMBLINE_CONTENT_SERVICE_GATE_READING_GRADE_H_
