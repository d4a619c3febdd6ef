// What several sections of a report write: results, sources, a text in every
// language.

#ifndef PLUMBLINE_CLI_REPORT_PARTS_H_
#define PLUMBLINE_CLI_REPORT_PARTS_H_

#include <google/protobuf/repeated_ptr_field.h>

#include <cstdint>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "cli/report/case_counts.h"
#include "cli/report/html.h"
#include "common/pathway/localized_texts.h"
#include "common/pathway/model.h"

namespace plumbline::cli {

// The pathway of a report, in every locale that it offers.
class ReportedPathway {
 public:
  // `pathway` must outlive this.
  explicit ReportedPathway(const pathway::CompiledPathway& pathway);

  const pathway::CompiledPathway& compiled() const { return pathway_; }
  const pathway::v1::Pathway& message() const { return *pathway_.source; }
  const CaseCounts& counts() const { return counts_; }

  // By locale, the default one first.
  std::vector<pathway::LocalizedTexts>& texts() { return texts_; }
  const std::string& locale(std::size_t i) const { return locales_[i]; }

 private:
  const pathway::CompiledPathway& pathway_;
  const CaseCounts counts_;
  std::vector<std::string> locales_;
  std::vector<pathway::LocalizedTexts> texts_;
};

using Ids = google::protobuf::RepeatedPtrField<std::string>;

// Writes once for each locale, side by side where there is room.
void WriteInEveryLocale(
    ReportedPathway& pathway, Html& html,
    absl::FunctionRef<void(pathway::LocalizedTexts&)> write);

// The text of `key`, which is `text` in the default locale, in every locale.
void WriteTexts(ReportedPathway& pathway, absl::string_view key,
                const std::string& text, Html& html);

// "Same day", in its colour.
void WriteDisposition(pathway::v1::Disposition disposition, Html& html);

// Links to sources and evidence; nothing where there are none.
void WriteSources(const ReportedPathway& pathway, const Ids& ids, Html& html);

// A link to a question, with its prompt.
void WriteItemLink(const pathway::v1::Pathway& pathway,
                   const std::string& link_id, Html& html);

// How much of what stands behind an element is a choice of its authors: a
// source of kind `LOCAL`.
enum class Locality : std::uint8_t { kNone, kInPart, kAlone };
Locality LocalityOf(const pathway::v1::Pathway& pathway, const Ids& sources);

// A link to a record, with its title.
void WriteGuidanceLink(const ReportedPathway& pathway, const std::string& id,
                       Html& html);

// Several, with commas between.
void WriteGuidanceLinks(const ReportedPathway& pathway, const Ids& ids,
                        Html& html);

// How many, and behind it links to them.
void WriteCases(const ReportedPathway& pathway, const std::vector<int>& cases,
                Html& html);

// "3 cases"
std::string CountText(int count, absl::string_view one);

}  // namespace plumbline::cli

#endif  // PLUMBLINE_CLI_REPORT_PARTS_H_
