#include "common/pathway/format_pathway.h"

#include <google/protobuf/text_format.h>
#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/pathway/content.h"
#include "common/pathway/fault.h"
#include "common/pathway/read_folder.h"
#include "common/pathway/text_tree.h"

namespace plumbline::pathway {
namespace {

using google::protobuf::TextFormat;
using google::protobuf::util::MessageDifferencer;

std::string Format(const std::string& text) {
  const FormatResult result = FormatSource("rules.txtpb", text);
  EXPECT_EQ(ToString(result.faults), "");
  EXPECT_EQ(FormatSource("rules.txtpb", result.bytes).bytes, result.bytes)
      << "formatting again changes it";
  return result.bytes;
}

struct LayoutCase {
  std::string name;
  std::string text;
  std::string formatted;
};

class FormatSourceTest : public testing::TestWithParam<LayoutCase> {};

TEST_P(FormatSourceTest, IsLaidOut) {
  EXPECT_EQ(Format(GetParam().text), GetParam().formatted);
}

INSTANTIATE_TEST_SUITE_P(
    Text, FormatSourceTest,
    testing::ValuesIn<LayoutCase>({
        {"Nothing", "", ""},
        {"OneFieldALine", "title :\"A\"; pathway_id:'b' ,n: - 1",
         "title: \"A\"\npathway_id: 'b'\nn: -1\n"},
        {"MessageOverLines",
         "rules:<\nflag:\"A\"\n    on_unknown {\nask:true}>",
         "rules {\n  flag: \"A\"\n  on_unknown {\n    ask: true\n  }\n}\n"},
        {"MessageOnOneLine", "bands{code:\"a\" minimum:1}",
         "bands { code: \"a\" minimum: 1 }\n"},
        {"MessageTooLongForOneLine",
         "bands { code: \"aaaaaaaaaaaaaaaaaaaaaaaaa\" label: "
         "\"bbbbbbbbbbbbbbbbbbbbbbbbbbbb\" }",
         "bands {\n  code: \"aaaaaaaaaaaaaaaaaaaaaaaaa\"\n  label: "
         "\"bbbbbbbbbbbbbbbbbbbbbbbbbbbb\"\n}\n"},
        {"EmptyMessage", "rules {\n}", "rules {\n}\n"},
        {"ListThatFits", "sources: [\n\"a\",\n  \"b\"\n]",
         "sources: [\"a\", \"b\"]\n"},
        {"ListThatDoesNotFit",
         "s: [\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\", "
         "\"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\"]",
         "s: [\n  \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\",\n"
         "  \"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\"\n]\n"},
        {"ListOfMessages", "rules: [{ flag: 'a' }, {}]",
         "rules { flag: 'a' }\nrules {}\n"},
        {"TextInPieces", "when: 'a ' 'b'", "when:\n  'a '\n  'b'\n"},
        {"LongText",
         "t: \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
         "aaaaaaaaaaaaaaaa\"",
         "t:\n  \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
         "aaaaaaaaaaaaaaaaaa\"\n"},
        {"EmptyLines", "\n\na: 1\n\n\n\nb {\n\n  c: 1\n\n}\nd: 2\n\n",
         "a: 1\n\nb {\n  c: 1\n}\nd: 2\n"},
        {"Comments",
         "# head\n\n# of a\na: 1 # after a\nb { # after b\n    # in b\n"
         " c: 1\n # end of b\n} # end\n\n# last\n",
         "# head\n\n# of a\na: 1  # after a\nb {  # after b\n  # in b\n"
         "  c: 1\n  # end of b\n}  # end\n\n# last\n"},
        {"CommentsInLists",
         "s: [ # all\n  # of a\n  \"a\", # a\n  \"b\" # b\n  # no more\n] # "
         "end",
         "s: [  # all\n  # of a\n  \"a\",  # a\n  \"b\"  # b\n  # no more\n"
         "]  # end\n"},
        {"CommentsWithinAField",
         "a: # one\n  # two\n  'x' # three\n  'y' # four",
         "# one\n# two\n# three\na:\n  'x'\n  'y'  # four\n"},
    }),
    [](const auto& instance) { return instance.param.name; });

TEST(FormatGuidanceTest, LaysOutTheFrontMatterAndKeepsTheBody) {
  const FormatResult result = FormatSource(
      "guidance/heat.md", "---\norder:7\n---\n\n  Warm.  \nMore.\n\n\n");
  EXPECT_EQ(ToString(result.faults), "");
  EXPECT_EQ(result.bytes, "---\norder: 7\n---\n  Warm.  \nMore.\n");
}

TEST(FormatSourceTest, LeavesOtherFilesAsTheyAre) {
  EXPECT_EQ(FormatSource("cases/all.jsonl", "{ }\n").bytes, "{ }\n");
  EXPECT_EQ(FormatSource("README.md", "a  \n\n").bytes, "a  \n\n");
}

TEST(FormatSourceTest, RefusesWhatCannotBeRead) {
  const FormatResult text = FormatSource("rules.txtpb", "rules {");
  EXPECT_EQ(text.bytes, "");
  EXPECT_EQ(ToString(text.faults),
            "rules.txtpb:1:8: expected '}' to close 'rules', which begins at "
            "line 1, not the end of the text\n");
  const FormatResult mixed = FormatSource(
      "sources.txtpb", "sources: [{ a: 1 }, \"E-RF-01\", \"keep me\"]");
  EXPECT_EQ(mixed.bytes, "");
  EXPECT_EQ(ToString(mixed.faults),
            "sources.txtpb:1:21: the list of 'sources' mixes fields in { } "
            "with values; write one kind\n");
  const FormatResult guidance = FormatSource("guidance/heat.md", "---\na:\n");
  EXPECT_EQ(guidance.bytes, "");
  EXPECT_EQ(ToString(guidance.faults),
            "guidance/heat.md:1:1: the front matter that begins here has no "
            "closing line '---'\n");
}

// How often '#' begins a comment; the texts below have no other.
int CommentsIn(const std::string& text) {
  return static_cast<int>(std::count(text.begin(), text.end(), '#'));
}

// A text that is well formed, with comments and line ends anywhere.
class RandomText {
 public:
  explicit RandomText(unsigned seed) : random_(seed) {}

  std::string Make() {
    AddFields(0);
    AddSpace();
    return text_;
  }

 private:
  int Choose(int choices) {
    return static_cast<int>(random_() % static_cast<unsigned>(choices));
  }

  void AddSpace() {
    static const char* const kSpaces[] = {" ",         " ",    "\n",
                                          " # a\n",    "\n\n", "\n# b\n",
                                          "\n\n# c\n", " ",    "\n # d\n\n"};
    text_ += kSpaces[Choose(9)];
  }

  void Add(const char* token) {
    text_ += token;
    AddSpace();
  }

  void AddFields(int depth) {
    const int fields = Choose(4);
    for (int i = 0; i < fields; ++i) {
      const int kind = Choose(depth < 3 ? 4 : 2);
      if (kind == 0) AddSources();
      if (kind == 1) AddRationale();
      if (kind == 2) AddMessage("rules", depth);
      if (kind == 3) AddMessages(depth);
      if (Choose(4) == 0) Add(",");
    }
  }

  void AddSources() {
    Add("sources");
    Add(":");
    Add("[");
    const int values = Choose(4);
    for (int i = 0; i < values; ++i) {
      if (i > 0) Add(",");
      Add("\"a source with a name of some length\"");
    }
    Add("]");
  }

  void AddRationale() {
    Add("rationale");
    Add(":");
    const int pieces = 1 + Choose(2);
    for (int i = 0; i < pieces; ++i) Add("'why'");
  }

  void AddMessage(const char* name, int depth) {
    Add(name);
    Add("{");
    AddFields(depth + 1);
    Add("}");
  }

  void AddMessages(int depth) {
    Add("rules");
    Add(":");
    Add("[");
    for (int i = 0; i < 2; ++i) {
      if (i > 0) Add(",");
      Add("{");
      AddFields(depth + 1);
      Add("}");
    }
    Add("]");
  }

  std::mt19937 random_;
  std::string text_;
};

// The tokens but separators, which formatting adds and leaves out.
std::string Essence(const std::string& text) {
  const SourceText source("f", text);
  std::string essence;
  const auto add = [&](const auto& self, const TextTree& tree,
                       const std::vector<TextField>& list) -> void {
    for (const TextField& field : list) {
      for (const TextValue& value : field.values) {
        absl::StrAppend(&essence, " ", field.name);
        if (value.kind == TextValue::Kind::kMessage) {
          essence += " {";
          self(self, tree, value.fields);
          essence += " }";
          continue;
        }
        for (int token = value.first; token <= value.last; ++token) {
          absl::StrAppend(&essence, " ", tree.tokens[token].text);
        }
      }
    }
  };
  const TextTree tree = ParseText(source, source.text());
  EXPECT_EQ(ToString(tree.faults), "") << text;
  add(add, tree, tree.fields);
  return essence;
}

TEST(FormatSourceTest, KeepsEveryValueAndEveryComment) {
  for (unsigned seed = 0; seed < 500; ++seed) {
    const std::string text = RandomText(seed).Make();
    const std::string formatted = Format(text);
    ASSERT_EQ(CommentsIn(formatted), CommentsIn(text)) << text;
    ASSERT_EQ(Essence(formatted), Essence(text)) << text;
  }
}

TEST(FormatSourceTest, DoesNotChangeTheShippedPathway) {
  auto files =
      LoadSourceFiles("content-service/pathways/back-pain", kContentBytesMax);
  ASSERT_TRUE(files.ok()) << files.status();
  SourceFiles formatted;
  for (const auto& [path, bytes] : *files) {
    formatted[path] = FormatSource(path, bytes).bytes;
    EXPECT_EQ(formatted[path], bytes) << path << " is not formatted";
  }
  EXPECT_EQ(ToContent(ReadPathway(formatted).message),
            ToContent(ReadPathway(*files).message));
}

// Protobuf's own parser is the oracle of ours.
TEST(FormatSourceTest, ReadsTheShippedPathwayAsProtobufDoes) {
  const auto files =
      LoadSourceFiles("content-service/pathways/back-pain", kContentBytesMax);
  ASSERT_TRUE(files.ok()) << files.status();
  v1::Pathway oracle;
  for (const auto& [path, bytes] : *files) {
    const SourceKind kind = KindOf(path);
    if (kind != SourceKind::kFields && kind != SourceKind::kLocale) continue;
    v1::Pathway part;
    ASSERT_TRUE(TextFormat::ParseFromString(bytes, &part)) << path;
    oracle.MergeFrom(part);
  }
  v1::Pathway message = ReadPathway(*files).message;
  message.clear_guidance();
  message.clear_cases();
  EXPECT_TRUE(MessageDifferencer::Equals(message, oracle));
}

}  // namespace
}  // namespace plumbline::pathway
