#include "common/pathway/text_tree.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"

namespace plumbline::pathway {
namespace {

using Kind = TextToken::Kind;

class Parser {
 public:
  Parser(const SourceText& source, TextTokens tokens) : source_(source) {
    tree_.tokens = std::move(tokens.tokens);
    tree_.faults = std::move(tokens.faults);
  }

  TextTree Run() {
    while (true) {
      ParseFields(0, &tree_.fields);
      if (Peek().kind == Kind::kEnd || IsFull()) break;
      Report(absl::StrCat("'", Peek().text, "' closes nothing"));
      ++next_;
    }
    if (IsFull()) CloseFaults();
    return std::move(tree_);
  }

 private:
  const TextToken& Peek(int ahead = 0) const {
    const int last = static_cast<int>(tree_.tokens.size()) - 1;
    return tree_.tokens[std::min(next_ + ahead, last)];
  }

  bool AtOpening() const { return Peek().Is("{") || Peek().Is("<"); }
  bool AtClosing() const { return Peek().Is("}") || Peek().Is(">"); }
  bool IsFull() const {
    return static_cast<int>(tree_.faults.size()) > kFaultsPerFileMax;
  }

  // Keeps the first faults and says at the next that it is not the last.
  void CloseFaults() {
    std::stable_sort(tree_.faults.begin(), tree_.faults.end(),
                     [](const Fault& a, const Fault& b) {
                       return std::make_pair(a.place.line, a.place.column) <
                              std::make_pair(b.place.line, b.place.column);
                     });
    tree_.faults.resize(kFaultsPerFileMax + 1);
    tree_.faults.back().message =
        absl::StrCat("more than ", kFaultsPerFileMax,
                     " faults in this file; mend these first");
  }

  // Parses fields up to what closes their message, or the end.
  void ParseFields(int depth, std::vector<TextField>* fields) {
    while (Peek().kind != Kind::kEnd && !AtClosing() && !IsFull()) {
      TextField field;
      if (ParseField(depth, &field)) {
        fields->push_back(std::move(field));
      } else {
        SkipToField();
      }
    }
  }

  bool ParseField(int depth, TextField* field) {
    if (Peek().kind != Kind::kName) {
      return Report(
          absl::StrCat("expected the name of a field, not ", Describe(Peek())));
    }
    field->first = next_++;
    field->name = std::string(tree_.tokens[field->first].text);
    const bool has_colon = Peek().Is(":");
    if (has_colon) ++next_;
    if (!has_colon && !AtOpening()) {
      return Report(absl::StrCat("expected ':' or '{' after '", field->name,
                                 "', not ", Describe(Peek())));
    }
    if (!ParseValues(depth, field)) return false;
    if (Peek().Is(",") || Peek().Is(";")) ++next_;
    field->last = next_ - 1;
    return true;
  }

  bool ParseValues(int depth, TextField* field) {
    field->is_list = Peek().Is("[");
    if (!field->is_list) {
      return ParseValue(field->name, depth, &field->values.emplace_back());
    }
    const int opening = next_++;
    while (!Peek().Is("]")) {
      if (!ParseValue(field->name, depth, &field->values.emplace_back())) {
        return false;
      }
      if (Peek().Is("]")) break;
      if (!Peek().Is(",")) {
        return Report(absl::StrCat("expected ',' or ']' in the list of '",
                                   field->name, "' that begins at line ",
                                   LineOf(opening), ", not ",
                                   Describe(Peek())));
      }
      ++next_;
      if (Peek().Is("]")) {
        return Report("a list does not end with ','");
      }
    }
    ++next_;
    CheckUnmixed(*field);
    return true;
  }

  // What reads a list takes it for one of messages, or for one of values.
  void CheckUnmixed(const TextField& field) {
    const auto is_message = [](const TextValue& value) {
      return value.kind == TextValue::Kind::kMessage;
    };
    for (const TextValue& value : field.values) {
      if (is_message(value) == is_message(field.values.front())) continue;
      tree_.faults.push_back(source_.FaultAt(
          tree_.OffsetOf(value), "",
          absl::StrCat("the list of '", field.name,
                       "' mixes fields in { } with values; write one kind")));
      return;
    }
  }

  bool ParseValue(const std::string& name, int depth, TextValue* value) {
    value->first = next_;
    if (AtOpening()) return ParseMessage(name, depth + 1, value);
    if (Peek().kind == Kind::kString) {
      value->kind = TextValue::Kind::kString;
      while (Peek().kind == Kind::kString) ++next_;
    } else {
      if (Peek().Is("-")) ++next_;
      if (Peek().kind != Kind::kNumber && Peek().kind != Kind::kName) {
        return Report(absl::StrCat("expected a value for '", name, "', not ",
                                   Describe(Peek())));
      }
      value->kind = Peek().kind == Kind::kNumber ? TextValue::Kind::kNumber
                                                 : TextValue::Kind::kName;
      ++next_;
    }
    value->last = next_ - 1;
    return true;
  }

  bool ParseMessage(const std::string& name, int depth, TextValue* value) {
    value->kind = TextValue::Kind::kMessage;
    const absl::string_view closing = Peek().Is("{") ? "}" : ">";
    if (depth > kTextDepthMax) {
      Report(absl::StrCat("more than ", kTextDepthMax,
                          " messages within one another"));
      SkipMessage();
      value->last = next_ - 1;
      return true;
    }
    ++next_;
    ParseFields(depth, &value->fields);
    if (IsFull()) return false;
    if (!Peek().Is(closing)) {
      return Report(absl::StrCat("expected '", closing, "' to close '", name,
                                 "', which begins at line ",
                                 LineOf(value->first), ", not ",
                                 Describe(Peek())));
    }
    value->last = next_++;
    return true;
  }

  // Steps over a message without looking into it.
  void SkipMessage() {
    int open = 0;
    do {
      if (AtOpening()) ++open;
      if (AtClosing()) --open;
      ++next_;
    } while (open > 0 && Peek().kind != Kind::kEnd);
  }

  // Skips to the next line that begins like a field, or to what closes the
  // message.
  void SkipToField() {
    while (Peek().kind != Kind::kEnd && !AtClosing() && !AtLineOfField()) {
      if (AtOpening()) {
        SkipMessage();
      } else {
        ++next_;
      }
    }
  }

  bool AtLineOfField() const {
    const bool begins_line = next_ == 0 || LineOf(next_ - 1) < LineOf(next_);
    return begins_line && Peek().kind == Kind::kName &&
           (Peek(1).Is(":") || Peek(1).Is("{"));
  }

  int LineOf(int token) const {
    return source_.LineAt(tree_.tokens[token].offset);
  }

  static std::string Describe(const TextToken& token) {
    if (token.kind == Kind::kEnd) return "the end of the text";
    if (token.kind == Kind::kString) return "a text";
    return absl::StrCat("'", token.text, "'");
  }

  bool Report(std::string message) {
    tree_.faults.push_back(
        source_.FaultAt(Peek().offset, "", std::move(message)));
    return false;
  }

  const SourceText& source_;
  int next_ = 0;
  TextTree tree_;
};

}  // namespace

TextTree ParseText(const SourceText& source, absl::string_view text) {
  return Parser(source, TokenizeText(source, text)).Run();
}

}  // namespace plumbline::pathway
