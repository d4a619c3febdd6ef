// Writes a page of HTML, in which every text stands as it is.

#ifndef PLUMBLINE_CLI_REPORT_HTML_H_
#define PLUMBLINE_CLI_REPORT_HTML_H_

#include <initializer_list>
#include <string>
#include <utility>

#include "absl/functional/function_ref.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace plumbline::cli {

class Html {
 public:
  using Attributes =
      std::initializer_list<std::pair<absl::string_view, std::string>>;

  // <tag name="value">, what `content` writes, </tag>
  void Element(absl::string_view tag, Attributes attributes,
               absl::FunctionRef<void()> content);

  // The same around a text.
  void Text(absl::string_view tag, Attributes attributes,
            absl::string_view text);
  void Text(absl::string_view tag, absl::string_view text) {
    Text(tag, {}, text);
  }

  // Text.
  void Write(absl::string_view text);

  // What is HTML already.
  void Raw(absl::string_view html) { absl::StrAppend(&page_, html); }

  const std::string& page() const { return page_; }

 private:
  void Open(absl::string_view tag, Attributes attributes);

  std::string page_;
};

}  // namespace plumbline::cli

#endif  // PLUMBLINE_CLI_REPORT_HTML_H_
