#include "content-service/storage/sqlite_guidance_index.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/sync/mutex.h"
#include "content-service/storage/sqlite_database.h"

namespace plumbline::content {
namespace {

// Stand around each word that was found. No text has them: content is checked
// for control characters.
constexpr char kBegin = '\x01';
constexpr char kEnd = '\x02';

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

// The snippet without its marks, which become the highlights.
IndexMatch ToIndexMatch(int text, const std::string& marked) {
  IndexMatch match{.text = text};
  for (const char c : marked) {
    const int size = static_cast<int>(match.snippet.size());
    if (c == kBegin) {
      match.highlights.push_back({size, size});
    } else if (c == kEnd) {
      match.highlights.back().end = size;
    } else {
      match.snippet.push_back(c);
    }
  }
  return match;
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

  absl::StatusOr<std::vector<IndexMatch>> Search(
      const std::vector<SearchWord>& words) override {
    const std::string match = ToMatch(words);
    std::vector<IndexMatch> matches;
    if (match.empty()) return matches;
    const sync::MutexLock lock(mutex_);
    SqliteQuery query = connection_->Query(
        "SELECT rowid, snippet(texts, -1, char(1), char(2), '…', 24) "
        "FROM texts WHERE texts MATCH ? ORDER BY bm25(texts, 4.0, 1.0), rowid");
    query.Text(match);
    while (true) {
      const absl::StatusOr<bool> row = query.Step();
      if (!row.ok()) return row.status();
      if (!*row) return matches;
      matches.push_back(
          ToIndexMatch(static_cast<int>(query.IntegerAt(0)), query.TextAt(1)));
    }
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
