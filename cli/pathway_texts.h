// What the ids in a decision stand for, in words of one locale.
//
// A decision may be of other content than the pathway at hand: an id that the
// pathway does not have is told as it is.

#ifndef PLUMBLINE_CLI_PATHWAY_TEXTS_H_
#define PLUMBLINE_CLI_PATHWAY_TEXTS_H_

#include <google/protobuf/repeated_ptr_field.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "plumbline/pathway/v1/pathway.pb.h"

namespace plumbline::cli {

class PathwayTexts {
 public:
  using Ids = google::protobuf::RepeatedPtrField<std::string>;

  // Which content the pathway is.
  enum class Content : std::uint8_t {
    kThatDecided,
    kOther,  // An id may stand for something else in that which decided.
  };

  // Where the pathway does not offer `locale`, in its default one. Keeps
  // nothing of `pathway`.
  PathwayTexts(const pathway::v1::Pathway& pathway, absl::string_view locale,
               Content content = Content::kThatDecided);

  // "Can you stand and walk?"; empty where the item is not known.
  std::string Prompt(const std::string& link_id) const;
  // Where the item stands in the questionnaire; behind all others where it is
  // not known.
  int PositionOf(const std::string& link_id) const;

  // "Add up your doses (total-dose)".
  std::string GuidanceTitle(const std::string& guidance_id) const;

  // `"Be seen within 3 days" (within_days)`.
  std::string DispositionTitle(pathway::v1::Disposition disposition) const;
  // What to do; empty where it is not known.
  std::string Instruction(pathway::v1::Disposition disposition) const;

  // The signs to watch for, in order.
  const std::vector<std::string>& emergency_signs() const { return signs_; }

  // The sources behind evidence and source ids, of which `citations` came with
  // the decision: each once, the strongest kind first. Of other content only
  // those citations; where there are none, the ids.
  std::vector<std::string> StrongestFirst(const Ids& ids,
                                          const Ids& citations) const;
  // Those in one line.
  std::string Sources(const Ids& ids, const Ids& citations) const;
  // The same of ids with which no citations come: as the pathway names them.
  std::string SourcesByName(const Ids& ids) const;

 private:
  struct Question {
    int position = 0;
    std::string prompt;
  };

  void AddSources(const pathway::v1::Pathway& pathway);
  std::size_t RankOf(const std::string& citation) const;
  void SortByRank(std::vector<std::string>& citations) const;
  std::vector<std::string> Named(const Ids& ids, const Ids& citations) const;

  const Content content_;
  std::map<std::string, Question> questions_;
  std::map<std::string, std::string> guidance_titles_;
  std::map<int, pathway::v1::DispositionText> dispositions_;
  std::vector<std::string> signs_;
  // Of sources and facts; empty for a conflict between sources.
  std::map<std::string, std::string> citation_by_id_;
  std::map<std::string, std::size_t> rank_by_citation_;
};

}  // namespace plumbline::cli

#endif  // PLUMBLINE_CLI_PATHWAY_TEXTS_H_
