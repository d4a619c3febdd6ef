#include "cli/unanswered.h"

#include "absl/strings/str_cat.h"
#include "cli/text.h"

namespace plumbline::cli {

using pathway::v1::UnknownItem;

void Unanswered::Add(const UnknownItems& items) {
  for (const UnknownItem& item : items) {
    items_[{texts_.PositionOf(item.link_id()), item.link_id()}] = item;
  }
}

void Unanswered::Remove(const Unanswered& others) {
  for (const auto& [place, item] : others.items_) items_.erase(place);
}

void Unanswered::Print(std::ostream& out) const {
  for (const auto& [place, item] : items_) {
    const std::string id =
        absl::StrCat(item.link_id(), item.state() == UnknownItem::STATE_CLOSED
                                         ? "; asked, no usable answer"
                                         : "");
    const std::string prompt = texts_.Prompt(item.link_id());
    out << Fill(prompt.empty() ? id : absl::StrCat(prompt, " (", id, ")"),
                "  - ", "    ");
  }
}

}  // namespace plumbline::cli
