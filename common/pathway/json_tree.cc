#include "common/pathway/json_tree.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <limits>
#include <nlohmann/json.hpp>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace plumbline::pathway {
namespace {

constexpr absl::string_view kNotFinite =
    "a number must be finite; JSON has no NaN and no infinity";

// Reads characters and says how many have been read, since the library's own
// callbacks do not.
class CountingIterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  CountingIterator(const char* next, std::size_t* count)
      : next_(next), count_(count) {}

  reference operator*() const { return *next_; }
  CountingIterator& operator++() {
    ++next_;
    ++*count_;
    return *this;
  }
  friend bool operator==(const CountingIterator& a, const CountingIterator& b) {
    return a.next_ == b.next_;
  }
  friend bool operator!=(const CountingIterator& a, const CountingIterator& b) {
    return !(a == b);
  }

 private:
  const char* next_;
  std::size_t* count_;
};

// Puts the tree together from the library's callbacks, whose names and types
// are the library's.
class TreeBuilder {
 public:
  TreeBuilder(const SourceText& source, absl::string_view text,
              const std::size_t* read, JsonValue* root, Faults* faults)
      : source_(source),
        text_(text),
        base_(text.data() - source.text().data()),
        read_(*read),
        root_(root),
        faults_(*faults) {}

  bool null() {
    Add(JsonValue::Kind::kNull);
    return HasRoom();
  }

  bool boolean(bool value) {
    Add(JsonValue::Kind::kBoolean).boolean = value;
    return HasRoom();
  }

  bool number_integer(std::int64_t value) {
    JsonValue& added = Add(JsonValue::Kind::kInteger);
    added.integer = value;
    added.number = static_cast<double>(value);
    return HasRoom();
  }

  bool number_unsigned(std::uint64_t value) {
    constexpr std::uint64_t kMost = std::numeric_limits<std::int64_t>::max();
    if (value <= kMost) return number_integer(static_cast<std::int64_t>(value));
    Add(JsonValue::Kind::kDouble).number = static_cast<double>(value);
    return HasRoom();
  }

  bool number_float(double value, const std::string& /*text*/) {
    Add(JsonValue::Kind::kDouble).number = value;
    return HasRoom();
  }

  bool string(std::string& value) {
    Add(JsonValue::Kind::kString).string = std::move(value);
    return HasRoom();
  }

  bool binary(const std::vector<std::uint8_t>& /*value*/) { return false; }

  bool start_object(std::size_t /*size*/) {
    return Open(JsonValue::Kind::kObject);
  }

  bool key(std::string& value) {
    const std::size_t offset = OffsetOf(TakeToken());
    const auto [first, is_new] = keys_.back().try_emplace(value, offset);
    if (!is_new) {
      const Place place = source_.PlaceAt(first->second);
      Report(offset, absl::StrCat("'", value, "' is given twice; first at ",
                                  place.line, ":", place.column));
    }
    open_.back()->members.push_back({std::move(value), offset, {}});
    return !IsFull(faults_);
  }

  bool end_object() { return Close(); }

  bool start_array(std::size_t /*size*/) {
    return Open(JsonValue::Kind::kList);
  }

  bool end_array() { return Close(); }

  template <typename Exception>
  bool parse_error(std::size_t position, const std::string& /*token*/,
                   const Exception& error) {
    constexpr int kNumberOverflow = 406;
    const std::size_t at =
        std::min(std::max<std::size_t>(position, 1) - 1, text_.size());
    if (error.id == kNumberOverflow) {
      return Report(OffsetOf(TakeToken()), std::string(kNotFinite));
    }
    const std::size_t minus = at > 0 && text_[at - 1] == '-' ? at - 1 : at;
    for (const absl::string_view name : {"NaN", "nan", "Inf", "inf"}) {
      if (absl::StartsWith(text_.substr(at), name)) {
        return Report(base_ + minus, std::string(kNotFinite));
      }
    }
    return Report(base_ + at,
                  absl::StrCat("malformed JSON: ", Reason(error.what())));
  }

 private:
  // "invalid literal" from "[json…] parse error …: syntax error while parsing
  // value - invalid literal; last read: '…'".
  static std::string Reason(absl::string_view what) {
    const std::size_t dash = what.find(" - ");
    if (dash != absl::string_view::npos) what.remove_prefix(dash + 3);
    const std::size_t last_read = what.find("; last read: '");
    if (last_read == absl::string_view::npos) return std::string(what);
    const std::size_t expected = what.rfind("'; expected ");
    return absl::StrCat(
        what.substr(0, last_read),
        expected != absl::string_view::npos && expected > last_read
            ? what.substr(expected + 1)
            : "");
  }

  // The token that was just read. The library reads one character past a
  // number.
  absl::string_view TakeToken() {
    const std::size_t start =
        std::min(text_.find_first_not_of(" \t\r\n,:", taken_), text_.size());
    std::size_t end = std::max(read_, start);
    if (start < text_.size() &&
        absl::StrContains("-0123456789", text_.substr(start, 1))) {
      end = std::min(text_.find_first_not_of("+-.0123456789eE", start),
                     text_.size());
    }
    taken_ = end;
    return text_.substr(start, end - start);
  }

  std::size_t OffsetOf(absl::string_view token) const {
    return token.data() - source_.text().data();
  }

  // Adds a value where the one that is open expects it.
  JsonValue& Add(JsonValue::Kind kind) {
    const absl::string_view token = TakeToken();
    JsonValue* added = root_;
    if (!open_.empty()) {
      JsonValue& parent = *open_.back();
      added = parent.kind == JsonValue::Kind::kList
                  ? &parent.elements.emplace_back()
                  : &parent.members.back().value;
    }
    added->kind = kind;
    added->offset = OffsetOf(token);
    added->text = token;
    return *added;
  }

  // Whether more values may follow.
  bool HasRoom() {
    if (++values_ <= kJsonValuesMax) return true;
    return Report(base_ + taken_, absl::StrCat("more than ", kJsonValuesMax,
                                               " values in one text"));
  }

  bool Open(JsonValue::Kind kind) {
    JsonValue& added = Add(kind);
    if (static_cast<int>(open_.size()) >= kJsonDepthMax) {
      return Report(added.offset,
                    absl::StrCat("more than ", kJsonDepthMax,
                                 " objects and lists within one another"));
    }
    open_.push_back(&added);
    keys_.emplace_back();
    return HasRoom();
  }

  bool Close() {
    TakeToken();
    JsonValue& closed = *open_.back();
    closed.text =
        source_.text().substr(closed.offset, base_ + taken_ - closed.offset);
    open_.pop_back();
    keys_.pop_back();
    return true;
  }

  bool Report(std::size_t offset, std::string message) {
    faults_.push_back(source_.FaultAt(offset, "", std::move(message)));
    return false;
  }

  const SourceText& source_;
  const absl::string_view text_;
  const std::size_t base_;   // Where `text_` begins in `source_`.
  const std::size_t& read_;  // Characters of `text_` that were read.
  std::size_t taken_ = 0;    // The end of the last token.
  int values_ = 0;
  JsonValue* const root_;
  std::vector<JsonValue*> open_;  // Objects and lists that are not closed.
  // The keys of each, with their places.
  std::vector<absl::flat_hash_map<std::string, std::size_t>> keys_;
  Faults& faults_;
};

}  // namespace

const JsonValue* JsonValue::Find(absl::string_view key) const {
  for (const JsonMember& member : members) {
    if (member.key == key) return &member.value;
  }
  return nullptr;
}

bool ParseJson(const SourceText& source, absl::string_view text,
               JsonValue* value, Faults* faults) {
  const std::size_t faults_before = faults->size();
  std::size_t read = 0;
  TreeBuilder builder(source, text, &read, value, faults);
  nlohmann::json::sax_parse(CountingIterator(text.data(), &read),
                            CountingIterator(text.data() + text.size(), &read),
                            &builder);
  return faults->size() == faults_before;
}

}  // namespace plumbline::pathway
