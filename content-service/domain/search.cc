#include "content-service/domain/search.h"

#include <cmark.h>

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/pathway/encode_decision.h"
#include "common/pathway/localized_texts.h"

namespace plumbline::content {
namespace {

// Whether it begins with punctuation beyond ASCII: U+00A0 to U+00BF, U+2000 to
// U+206F.
bool IsPunctuation(absl::string_view text) {
  return (text.size() > 1 && text[0] == '\xC2') ||
         (text.size() > 2 && text[0] == '\xE2' &&
          (text[1] == '\x80' || text[1] == '\x81'));
}

// Of other scripts every letter counts.
bool HasLetterOrDigit(absl::string_view word) {
  for (std::size_t i = 0; i < word.size(); ++i) {
    const auto c = static_cast<unsigned char>(word[i]);
    if (absl::ascii_isalnum(c)) return true;
    const bool begins_letter = c >= 0xC0;
    if (begins_letter && !IsPunctuation(word.substr(i))) return true;
  }
  return false;
}

bool SetsWordsApart(cmark_node_type type) {
  return type <= CMARK_NODE_LAST_BLOCK || type == CMARK_NODE_SOFTBREAK ||
         type == CMARK_NODE_LINEBREAK;
}

// A body of a record as it reads, without marks of Markdown, in one line.
std::string PlainText(const std::string& markdown) {
  const std::unique_ptr<cmark_node, decltype(&cmark_node_free)> document(
      cmark_parse_document(markdown.data(), markdown.size(), CMARK_OPT_DEFAULT),
      &cmark_node_free);
  const std::unique_ptr<cmark_iter, decltype(&cmark_iter_free)> nodes(
      cmark_iter_new(document.get()), &cmark_iter_free);
  std::string text;
  while (cmark_iter_next(nodes.get()) != CMARK_EVENT_DONE) {
    cmark_node* const node = cmark_iter_get_node(nodes.get());
    const char* const literal = cmark_node_get_literal(node);
    if (literal != nullptr) text += literal;
    if (SetsWordsApart(cmark_node_get_type(node))) text += ' ';
  }
  // Stored content may be older than the check for control characters.
  std::replace_if(
      text.begin(), text.end(), [](char c) { return absl::ascii_iscntrl(c); },
      ' ');
  absl::RemoveExtraAsciiWhitespace(&text);
  return text;
}

std::vector<IndexedText> TextsOf(const pathway::CompiledPathway& pathway,
                                 const std::string& locale) {
  pathway::LocalizedTexts texts(*pathway.source, locale);
  std::vector<IndexedText> indexed;
  for (const pathway::v1::GuidanceRecord& record : pathway.source->guidance()) {
    const pathway::v1::GuidanceText& text = texts.Find(record);
    indexed.push_back({text.title(), PlainText(text.body())});
  }
  return indexed;
}

}  // namespace

std::vector<SearchWord> ParseQuery(absl::string_view query) {
  std::vector<SearchWord> words;
  for (absl::string_view word :
       absl::StrSplit(query, absl::ByAnyChar(" \t\r\n"), absl::SkipEmpty())) {
    const bool is_prefix = absl::ConsumeSuffix(&word, "*");
    if (!HasLetterOrDigit(word)) continue;
    const SearchWord next{std::string(word), is_prefix};
    if (std::find(words.begin(), words.end(), next) == words.end()) {
      words.push_back(next);
    }
  }
  return words;
}

absl::StatusOr<std::shared_ptr<GuidanceIndex>> GuidanceSearch::IndexOf(
    const pathway::CompiledPathway& pathway, const std::string& locale) {
  return Find(pathway, pathway::ResolveLocale(pathway, locale));
}

absl::StatusOr<std::shared_ptr<GuidanceIndex>> GuidanceSearch::Find(
    const pathway::CompiledPathway& pathway, const std::string& locale) {
  {
    const sync::MutexLock lock(mutex_);
    for (auto entry = newest_first_.begin(); entry != newest_first_.end();
         ++entry) {
      if (entry->digest != pathway.digest || entry->locale != locale) continue;
      newest_first_.splice(newest_first_.begin(), newest_first_, entry);
      return newest_first_.front().index;
    }
  }
  // Two threads may make the same; either will do.
  absl::StatusOr<std::unique_ptr<GuidanceIndex>> made =
      make_index_(TextsOf(pathway, locale));
  if (!made.ok()) return made.status();
  std::shared_ptr<GuidanceIndex> index = *std::move(made);
  const sync::MutexLock lock(mutex_);
  newest_first_.push_front({pathway.digest, locale, index});
  if (newest_first_.size() > indices_max_) newest_first_.pop_back();
  return index;
}

}  // namespace plumbline::content
