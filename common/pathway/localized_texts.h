// The texts of a pathway in one locale; where the locale lacks one, that of the
// default locale, and the key is remembered.

#ifndef PLUMBLINE_COMMON_PATHWAY_LOCALIZED_TEXTS_H_
#define PLUMBLINE_COMMON_PATHWAY_LOCALIZED_TEXTS_H_

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "plumbline/pathway/v1/pathway.pb.h"

namespace plumbline::pathway {

// Not thread-safe: one for each use.
class LocalizedTexts {
 public:
  // `message` must outlive this. `locale` is one that it offers.
  LocalizedTexts(const v1::Pathway& message, absl::string_view locale);

  // The text of `key` (as in v1::LocaleText.key), which is `fallback` in the
  // default locale. `fallback` must outlive the result.
  absl::string_view Find(absl::string_view key, absl::string_view fallback);

  // The words of a record, which has at least those of the default locale.
  const v1::GuidanceText& Find(const v1::GuidanceRecord& record);

  // What Find() took from the default locale, each once, in the order of the
  // first call. Records count as `guidance/<id>`.
  const std::vector<std::string>& untranslated() const { return untranslated_; }

 private:
  void Remember(absl::string_view key);

  const std::string locale_;
  const bool is_default_;
  absl::flat_hash_map<absl::string_view, absl::string_view> text_by_key_;
  std::vector<std::string> untranslated_;
};

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_COMMON_PATHWAY_LOCALIZED_TEXTS_H_
