#include "cli/result_notes.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace plumbline::cli {
namespace {

constexpr char kWordsOfForm[] =
    ". From --pathway, and perhaps other than there, are the words of "
    "questions, the titles of guidance that is kept back, the sources of "
    "guidance and the title of the most urgent result still possible";

// As ResolveLocale() does, which may have been that of a service: subtags are
// left out from the end.
bool Serves(absl::string_view used, absl::string_view asked) {
  return absl::EqualsIgnoreCase(used, asked) ||
         absl::StartsWithIgnoreCase(asked, absl::StrCat(used, "-"));
}

}  // namespace

std::string LocaleNote(const pathway::v1::Pathway& form,
                       absl::string_view asked, absl::string_view used) {
  if (asked.empty() || Serves(used, asked)) return "";
  return absl::StrCat("plumb: no texts in '", asked, "': these are in '", used,
                      "'. Offered: ", absl::StrJoin(form.locales(), ", "),
                      "\n");
}

std::string ContentNote(absl::string_view form_digest,
                        absl::string_view release_digest, FromForm from_form) {
  if (form_digest == release_digest) return "";
  return absl::StrCat("plumb: content ", release_digest,
                      " decided, and not that of --pathway, content ",
                      form_digest,
                      from_form == FromForm::kWords ? kWordsOfForm : "", "\n");
}

std::string ResultNotes(const Assessor& assessor, absl::string_view locale,
                        const pathway::v1::Decision& decision,
                        FromForm from_form) {
  return absl::StrCat(LocaleNote(assessor.form(), locale, decision.locale()),
                      ContentNote(assessor.form_digest(),
                                  decision.release_digest(), from_form));
}

}  // namespace plumbline::cli
