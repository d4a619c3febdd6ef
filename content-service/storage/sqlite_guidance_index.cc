#include "content-service/storage/sqlite_guidance_index.h"

#include <cstddef>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/string_view.h"
#include "common/sync/mutex.h"
#include "content-service/storage/sqlite_database.h"

namespace plumbline::content {
namespace {

// Stand around each word that was found.
constexpr char kBegin = '\x01';
constexpr char kEnd = '\x02';

// About how many bytes of a body a snippet has before the first word found, and
// in all.
constexpr std::size_t kBytesBefore = 80;
constexpr std::size_t kSnippetBytes = 240;

// Each word a string of FTS5's, in which nothing but the quote means anything.
std::string ToMatch(const std::vector<SearchWord>& words) {
  std::string match;
  for (const SearchWord& word : words) {
    absl::StrAppend(&match, match.empty() ? "" : " AND ", "\"",
                    absl::StrReplaceAll(word.text, {{"\"", "\"\""}}), "\"",
                    word.is_prefix ? " *" : "");
  }
  return match;
}

// A text without its marks, which become the highlights. A mark that has no
// other, as of a text that holds one itself, is none.
Snippet Unmark(const std::string& marked) {
  Snippet whole;
  int begin = -1;
  for (const char c : marked) {
    const int size = static_cast<int>(whole.text.size());
    if (c == kBegin) {
      begin = size;
    } else if (c == kEnd) {
      if (begin >= 0 && begin < size) whole.highlights.push_back({begin, size});
      begin = -1;
    } else {
      whole.text.push_back(c);
    }
  }
  return whole;
}

// The words of a text around its first highlight.
Snippet Cut(const Snippet& whole) {
  constexpr absl::string_view kMore = "…";
  const absl::string_view text = whole.text;
  const std::size_t found =
      whole.highlights.empty()
          ? 0
          : static_cast<std::size_t>(whole.highlights.front().start);
  std::size_t begin = 0;
  if (found > kBytesBefore) {
    const std::size_t space = text.find(' ', found - kBytesBefore);
    begin = space < found ? space + 1 : found;
  }
  std::size_t end = text.size();
  if (end - begin > kSnippetBytes) {
    const std::size_t space = text.find(' ', begin + kSnippetBytes);
    end = space == text.npos ? text.size() : space;
  }
  Snippet snippet;
  snippet.text =
      absl::StrCat(begin > 0 ? kMore : "", text.substr(begin, end - begin),
                   end < text.size() ? kMore : "");
  const int shift =
      static_cast<int>(begin) - static_cast<int>(begin > 0 ? kMore.size() : 0);
  for (const TextSpan& span : whole.highlights) {
    if (span.end > static_cast<int>(end)) break;
    snippet.highlights.push_back({span.start - shift, span.end - shift});
  }
  return snippet;
}

class SqliteGuidanceIndex final : public GuidanceIndex {
 public:
  explicit SqliteGuidanceIndex(std::unique_ptr<SqliteConnection> connection)
      : connection_(std::move(connection)) {}

  absl::Status Fill(const std::vector<IndexedText>& texts) {
    const sync::MutexLock lock(mutex_);
    SqliteConnection& connection = *connection_;
    const absl::Status status = connection.Execute(
        "CREATE VIRTUAL TABLE texts USING fts5("
        "title, body, tokenize = 'unicode61 remove_diacritics 2')");
    if (!status.ok()) return status;
    return InTransaction(connection, "BEGIN", [&]() -> absl::Status {
      for (std::size_t i = 0; i < texts.size(); ++i) {
        const absl::Status added =
            connection
                .Query("INSERT INTO texts(rowid, title, body) VALUES (?, ?, ?)")
                .Integer(static_cast<std::int64_t>(i))
                .Text(texts[i].title)
                .Text(texts[i].body)
                .Run();
        if (!added.ok()) return added;
      }
      return absl::OkStatus();
    });
  }

  absl::StatusOr<std::vector<int>> Search(
      const std::vector<SearchWord>& words) override {
    const std::string match = ToMatch(words);
    std::vector<int> texts;
    if (match.empty()) return texts;
    const sync::MutexLock lock(mutex_);
    SqliteQuery query = connection_->Query(
        "SELECT rowid FROM texts WHERE texts MATCH ? "
        "ORDER BY bm25(texts, 4.0, 1.0), rowid");
    query.Text(match);
    while (true) {
      const absl::StatusOr<bool> row = query.Step();
      if (!row.ok()) return row.status();
      if (!*row) return texts;
      texts.push_back(static_cast<int>(query.IntegerAt(0)));
    }
  }

  absl::StatusOr<Snippet> SnippetOf(
      int text, const std::vector<SearchWord>& words) override {
    const std::string match = ToMatch(words);
    const sync::MutexLock lock(mutex_);
    // Not snippet(): its time grows with the square of what was found.
    SqliteQuery query = connection_->Query(
        "SELECT highlight(texts, 0, char(1), char(2)), "
        "highlight(texts, 1, char(1), char(2)) "
        "FROM texts WHERE texts MATCH ? AND rowid = ?");
    query.Text(match).Integer(text);
    const absl::StatusOr<bool> row = query.Step();
    if (!row.ok()) return row.status();
    if (!*row) return Snippet();
    const Snippet body = Unmark(query.TextAt(1));
    return Cut(body.highlights.empty() ? Unmark(query.TextAt(0)) : body);
  }

 private:
  sync::Mutex mutex_;
  const std::unique_ptr<SqliteConnection> connection_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace

absl::StatusOr<std::unique_ptr<GuidanceIndex>> NewSqliteGuidanceIndex(
    const std::vector<IndexedText>& texts) {
  auto connection = SqliteConnection::Open(":memory:", /*create=*/true);
  if (!connection.ok()) return connection.status();
  auto index = std::make_unique<SqliteGuidanceIndex>(*std::move(connection));
  const absl::Status filled = index->Fill(texts);
  if (!filled.ok()) return filled;
  return index;
}

}  // namespace plumbline::content
