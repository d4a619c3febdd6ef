#include "cli/report/html.h"

#include "absl/strings/str_cat.h"

namespace plumbline::cli {

void Html::Element(absl::string_view tag, Attributes attributes,
                   absl::FunctionRef<void()> content) {
  Open(tag, attributes);
  content();
  absl::StrAppend(&page_, "</", tag, ">");
}

void Html::Text(absl::string_view tag, Attributes attributes,
                absl::string_view text) {
  Element(tag, attributes, [&] { Write(text); });
}

void Html::Write(absl::string_view text) {
  for (const char c : text) {
    switch (c) {
      case '&':
        page_.append("&amp;");
        break;
      case '<':
        page_.append("&lt;");
        break;
      case '>':
        page_.append("&gt;");
        break;
      case '"':
        page_.append("&quot;");
        break;
      default:
        page_.push_back(c);
    }
  }
}

void Html::Open(absl::string_view tag, Attributes attributes) {
  absl::StrAppend(&page_, "<", tag);
  for (const auto& [name, value] : attributes) {
    absl::StrAppend(&page_, " ", name, "=\"");
    Write(value);
    page_.push_back('"');
  }
  page_.push_back('>');
}

}  // namespace plumbline::cli
