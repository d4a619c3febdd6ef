#include "common/pathway/format_pathway.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/pathway/read_guidance.h"
#include "common/pathway/source_files.h"
#include "common/pathway/source_text.h"
#include "common/pathway/text_tree.h"

namespace plumbline::pathway {
namespace {

constexpr std::size_t kColumnsMax = 80;
constexpr std::size_t kIndent = 2;

std::size_t ColumnsOf(absl::string_view text) {
  return std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  });
}

bool IsMessage(const TextField& field) {
  return !field.values.empty() &&
         field.values.front().kind == TextValue::Kind::kMessage;
}

// Lays out a tree. Comments have three places: on lines of their own before a
// field, an element of a list or what closes; after what ends a line; and those
// that stand elsewhere in a field go before it.
class Formatter {
 public:
  Formatter(const SourceText& source, const TextTree& tree)
      : source_(source), tree_(tree) {}

  std::string Run() {
    AddFields(tree_.fields, 0);
    AddComments(tree_.tokens.back(), 0, tree_.fields.empty());
    return std::move(out_);
  }

 private:
  void AddFields(const std::vector<TextField>& fields, std::size_t indent) {
    for (const TextField& field : fields) {
      const bool is_first = &field == &fields.front();
      const TextToken& name = TokenAt(field.first);
      AddComments(name, indent, is_first);
      if (name.blank_before && !(is_first && name.comments.empty())) {
        out_ += '\n';
      }
      AddField(field, indent);
    }
  }

  void AddField(const TextField& field, std::size_t indent) {
    if (IsMessage(field)) {
      AddMessages(field, indent);
    } else if (field.is_list) {
      AddList(field, indent);
    } else {
      AddScalar(field, indent);
    }
  }

  // A list of messages becomes one field a message, which reads alike.
  void AddMessages(const TextField& field, std::size_t indent) {
    HoistTrailing(field.first, indent);
    int next = field.first + 1;
    for (const TextValue& value : field.values) {
      const bool is_last = &value == &field.values.back();
      const int end = is_last ? field.last : value.last;
      Hoist(next, value.first - 1, indent);
      HoistLeading(value.first, indent);
      if (end > value.last) {
        HoistTrailing(value.last, indent);
        Hoist(value.last + 1, end - 1, indent);
        HoistLeading(end, indent);
      }
      AddMessage(field.name, value, end, indent);
      next = value.last + 1;
    }
  }

  // `end` is the last token of the field.
  void AddMessage(const std::string& name, const TextValue& value, int end,
                  std::size_t indent) {
    const std::string line = absl::StrCat(name, " ", InlineMessage(value));
    if (MayStandOnOneLine(value) && Fits(line, indent)) {
      AddLine(indent, line, TokenAt(end).comment_after);
      return;
    }
    AddLine(indent, absl::StrCat(name, " {"),
            TokenAt(value.first).comment_after);
    AddFields(value.fields, indent + kIndent);
    AddComments(TokenAt(value.last), indent + kIndent, value.fields.empty());
    AddLine(indent, "}", TokenAt(end).comment_after);
  }

  void AddScalar(const TextField& field, std::size_t indent) {
    Hoist(field.first, field.last, indent, /*keep_ends=*/true);
    const TextValue& value = field.values.front();
    const absl::string_view comment = TokenAt(field.last).comment_after;
    const std::string line = InlineField(field);
    const bool is_text = value.kind == TextValue::Kind::kString;
    if (!is_text || (value.first == value.last && Fits(line, indent))) {
      AddLine(indent, line, comment);
      return;
    }
    AddLine(indent, absl::StrCat(field.name, ":"));
    for (int token = value.first; token <= value.last; ++token) {
      AddLine(indent + kIndent, TokenAt(token).text,
              token == value.last ? comment : "");
    }
  }

  void AddList(const TextField& field, std::size_t indent) {
    const int opening = field.values.empty() ? ClosingOf(field) - 1
                                             : field.values.front().first - 1;
    Hoist(field.first, opening, indent, /*keep_ends=*/true);
    const std::string line = InlineField(field);
    if (!HasCommentWithin(opening, field.last) && Fits(line, indent)) {
      AddLine(indent, line, TokenAt(field.last).comment_after);
      return;
    }
    AddLine(indent, absl::StrCat(field.name, ": ["),
            TokenAt(opening).comment_after);
    for (const TextValue& value : field.values) {
      AddElement(field, value, indent + kIndent);
    }
    AddListEnd(field, indent);
  }

  // The token that closes a list; a separator may follow it.
  int ClosingOf(const TextField& field) const {
    return TokenAt(field.last).Is("]") ? field.last : field.last - 1;
  }

  void AddElement(const TextField& field, const TextValue& value,
                  std::size_t indent) {
    const bool is_last = &value == &field.values.back();
    const int end = is_last ? value.last : value.last + 1;  // With the comma.
    AddComments(TokenAt(value.first), indent, /*is_first=*/true);
    Hoist(value.first, end, indent, /*keep_ends=*/true);
    AddLine(indent, absl::StrCat(InlineValue(value), is_last ? "" : ","),
            TokenAt(end).comment_after);
  }

  void AddListEnd(const TextField& field, std::size_t indent) {
    const int closing = ClosingOf(field);
    AddComments(TokenAt(closing), indent + kIndent, /*is_first=*/true);
    if (closing < field.last) {
      HoistTrailing(closing, indent + kIndent);
      HoistLeading(field.last, indent + kIndent);
    }
    AddLine(indent, "]", TokenAt(field.last).comment_after);
  }

  // The comments on their own lines before `token`.
  void AddComments(const TextToken& token, std::size_t indent, bool is_first) {
    for (const TextComment& comment : token.comments) {
      const bool is_at_start = is_first && &comment == &token.comments.front();
      if (comment.blank_before && !is_at_start) out_ += '\n';
      AddLine(indent, comment.text);
    }
  }

  // Puts the comments of the tokens `first` to `last` on lines of their own;
  // with `keep_ends`, but those before the first and after the last.
  void Hoist(int first, int last, std::size_t indent, bool keep_ends = false) {
    for (int token = first; token <= last; ++token) {
      if (!keep_ends || token != first) HoistLeading(token, indent);
      if (!keep_ends || token != last) HoistTrailing(token, indent);
    }
  }

  void HoistLeading(int token, std::size_t indent) {
    for (const TextComment& comment : TokenAt(token).comments) {
      AddLine(indent, comment.text);
    }
  }

  void HoistTrailing(int token, std::size_t indent) {
    if (!TokenAt(token).comment_after.empty()) {
      AddLine(indent, TokenAt(token).comment_after);
    }
  }

  // Whether a comment stands between the tokens `first` and `last`.
  bool HasCommentWithin(int first, int last) const {
    for (int token = first; token <= last; ++token) {
      if (token > first && !TokenAt(token).comments.empty()) return true;
      if (token < last && !TokenAt(token).comment_after.empty()) return true;
    }
    return false;
  }

  // A message that was written on one line may stay there.
  bool MayStandOnOneLine(const TextValue& value) const {
    const int line = source_.LineAt(TokenAt(value.first).offset);
    return source_.LineAt(TokenAt(value.last).offset) == line &&
           !HasJoinedText(value);
  }

  // Whether a text in the message is written in pieces.
  static bool HasJoinedText(const TextValue& value) {
    if (value.kind == TextValue::Kind::kString) return value.first < value.last;
    return std::any_of(value.fields.begin(), value.fields.end(),
                       [](const TextField& field) {
                         return std::any_of(field.values.begin(),
                                            field.values.end(), HasJoinedText);
                       });
  }

  std::string InlineField(const TextField& field) const {
    if (IsMessage(field)) {
      return absl::StrJoin(
          field.values, " ", [&](std::string* out, const TextValue& value) {
            absl::StrAppend(out, field.name, " ", InlineMessage(value));
          });
    }
    const std::string values = absl::StrJoin(
        field.values, ", ", [&](std::string* out, const TextValue& value) {
          out->append(InlineValue(value));
        });
    return field.is_list ? absl::StrCat(field.name, ": [", values, "]")
                         : absl::StrCat(field.name, ": ", values);
  }

  std::string InlineMessage(const TextValue& value) const {
    if (value.fields.empty()) return "{}";
    const std::string fields = absl::StrJoin(
        value.fields, " ", [&](std::string* out, const TextField& field) {
          out->append(InlineField(field));
        });
    return absl::StrCat("{ ", fields, " }");
  }

  // A number with its sign, a name, or the pieces of a text.
  std::string InlineValue(const TextValue& value) const {
    std::string text(TokenAt(value.first).text);
    const bool is_text = value.kind == TextValue::Kind::kString;
    for (int token = value.first + 1; token <= value.last; ++token) {
      absl::StrAppend(&text, is_text ? " " : "", TokenAt(token).text);
    }
    return text;
  }

  static bool Fits(absl::string_view line, std::size_t indent) {
    return indent + ColumnsOf(line) <= kColumnsMax;
  }

  void AddLine(std::size_t indent, absl::string_view text,
               absl::string_view comment = "") {
    out_.append(indent, ' ');
    absl::StrAppend(&out_, text, comment.empty() ? "" : "  ", comment, "\n");
  }

  const TextToken& TokenAt(int token) const { return tree_.tokens[token]; }

  const SourceText& source_;
  const TextTree& tree_;
  std::string out_;
};

// What a tree says, however it is laid out: its values in their order, and its
// comments, which may have moved.
class Essence {
 public:
  explicit Essence(const TextTree& tree) : tree_(tree) {
    AddFields(tree.fields);
    for (const TextToken& token : tree.tokens) {
      for (const TextComment& comment : token.comments) {
        comments_.push_back(comment.text);
      }
      if (!token.comment_after.empty()) {
        comments_.push_back(token.comment_after);
      }
    }
    std::sort(comments_.begin(), comments_.end());
  }

  bool operator==(const Essence& other) const {
    return values_ == other.values_ && comments_ == other.comments_;
  }

 private:
  void AddFields(const std::vector<TextField>& fields) {
    for (const TextField& field : fields) {
      if (field.values.empty())
        values_.insert(values_.end(), {field.name, "["});
      for (const TextValue& value : field.values) {
        values_.push_back(field.name);
        if (value.kind == TextValue::Kind::kMessage) {
          values_.push_back("{");
          AddFields(value.fields);
          values_.push_back("}");
          continue;
        }
        for (int token = value.first; token <= value.last; ++token) {
          values_.push_back(tree_.tokens[token].text);
        }
      }
    }
  }

  const TextTree& tree_;
  std::vector<absl::string_view> values_;
  std::vector<absl::string_view> comments_;
};

FormatResult FormatText(const SourceText& source, absl::string_view text) {
  const TextTree tree = ParseText(source, text);
  if (!tree.faults.empty()) return {"", tree.faults};
  std::string formatted = Formatter(source, tree).Run();
  const SourceText after(source.file(), formatted);
  const TextTree again = ParseText(after, after.text());
  if (again.faults.empty() && Essence(again) == Essence(tree)) {
    return {std::move(formatted), {}};
  }
  return {"",
          {source.FaultAt(text.data() - source.text().data(), "",
                          "cannot be laid out without losing a value or a "
                          "comment; left as it is. This is a mistake of "
                          "ours: please report it")}};
}

FormatResult FormatGuidance(const SourceText& source) {
  FormatResult result;
  const GuidanceParts parts = SplitGuidance(source, &result.faults);
  if (!result.faults.empty()) return result;
  result = FormatText(source, parts.front);
  if (!result.faults.empty()) return result;
  result.bytes = absl::StrCat("---\n", result.bytes, "---\n", parts.body,
                              parts.body.empty() ? "" : "\n");
  return result;
}

}  // namespace

FormatResult FormatSource(const std::string& file, absl::string_view bytes) {
  const SourceText source(file, bytes);
  Faults faults = CheckText(source);
  if (!faults.empty()) return {"", std::move(faults)};
  switch (KindOf(file)) {
    case SourceKind::kFields:
    case SourceKind::kLocale:
    case SourceKind::kInstrument:
    case SourceKind::kOverlay:
      return FormatText(source, source.text());
    case SourceKind::kGuidance:
      return FormatGuidance(source);
    case SourceKind::kCases:
    case SourceKind::kReadMe:
    case SourceKind::kForeign:
      return {std::string(bytes), {}};
  }
  return {std::string(bytes), {}};
}

}  // namespace plumbline::pathway
