#include "common/pathway/apply_overlay.h"

#include <algorithm>
#include <initializer_list>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "common/pathway/bind_text.h"
#include "common/pathway/did_you_mean.h"
#include "common/pathway/text_tree.h"
#include "common/pathway/texts.h"

namespace plumbline::pathway {
namespace {

using FieldNames = std::initializer_list<absl::string_view>;

// Indices of elements by their ids.
using IndexById = std::map<std::string, int>;

template <typename List, typename GetId>
IndexById IndexOf(const List& list, GetId id_of) {
  IndexById index;
  for (int i = 0; i < list.size(); ++i) index.try_emplace(id_of(list[i]), i);
  return index;
}

bool IsWrittenIn(const ElementPlace& place, const char* field) {
  const auto found = place.fields.find(field);
  return found != place.fields.end() && !found->second.empty();
}

// Whether an overlay may change the translation of this text: the words of
// items, but not what a policy says.
bool IsWordingKey(absl::string_view key) {
  return absl::StartsWith(key, "items/") &&
         !absl::EndsWith(key, "/if_unknown/rationale");
}

// Elements of one list of the overlay, each found in the pathway.
struct Match {
  int from = 0;      // In the overlay.
  int to = 0;        // In the pathway.
  std::string path;  // `items[pain.now]`.
};

// Applies one overlay; see ApplyOverlay().
class Overlay {
 public:
  Overlay(v1::Pathway* message, ElementPlace* place, Faults* faults)
      : message_(*message), place_(*place), faults_(*faults) {}

  bool Apply(const SourceText& source) {
    const TextTree tree = ParseText(source, source.text());
    if (!tree.faults.empty()) {
      faults_.insert(faults_.end(), tree.faults.begin(), tree.faults.end());
      return false;
    }
    BindText(source, tree, tree.fields, "", &overlay_, &overlay_place_,
             &faults_);
    RefuseOthers(overlay_place_, "", {"items", "scores", "translations"});
    ApplyItems();
    ApplyScores();
    ApplyTranslations();
    return true;
  }

 private:
  void Report(const ElementPlace& place, std::string path, std::string what) {
    faults_.push_back(
        {std::move(path), std::move(what), FindPlace(place, "", 0)});
  }

  // Refuses fields that an overlay may not have.
  void RefuseOthers(const ElementPlace& place, const std::string& path,
                    FieldNames allowed) {
    for (const auto& [field, children] : place.fields) {
      const bool is_allowed =
          std::find(allowed.begin(), allowed.end(), field) != allowed.end();
      if (is_allowed || children.empty()) continue;
      Report(children.front(),
             absl::StrCat(path, path.empty() ? "" : ".", field),
             absl::StrCat("an overlay changes the wording of items and the "
                          "mark 'validated' of scores, and nothing else; here "
                          "it may have ",
                          absl::StrJoin(allowed, ", ")));
    }
  }

  // Finds the elements of a list that `parent` of the overlay holds among those
  // of the pathway. A missing id, one that the pathway does not have and one
  // that is there already are faults.
  template <typename List, typename GetId>
  std::vector<Match> FindAll(const ElementPlace& parent,
                             const std::string& parent_path, const char* list,
                             const List& elements, const char* id_field,
                             absl::string_view kind, const IndexById& known,
                             GetId id_of) {
    std::vector<Match> matches;
    std::set<std::string> seen;
    for (int i = 0; i < elements.size() && !IsFull(faults_); ++i) {
      const std::string id = id_of(elements[i]);
      const std::string path =
          absl::StrCat(parent_path, parent_path.empty() ? "" : ".", list, "[",
                       id.empty() ? absl::StrCat(i) : id, "]");
      const ElementPlace& place = parent.fields.at(list)[i];
      const ElementPlace& id_place = IsWrittenIn(place, id_field)
                                         ? place.fields.at(id_field).front()
                                         : place;
      const std::string id_path = absl::StrCat(path, ".", id_field);
      const auto found = known.find(id);
      if (id.empty()) {
        Report(id_place, id_path,
               absl::StrCat("required: the ", kind, " that is meant"));
      } else if (found == known.end()) {
        Report(id_place, id_path,
               absl::StrCat("no ", kind, " '", id, "'", Hint(id, known)));
      } else if (!seen.insert(id).second) {
        Report(id_place, id_path, absl::StrCat("'", id, "' is there already"));
      } else {
        matches.push_back({i, found->second, path});
      }
    }
    return matches;
  }

  std::string Hint(const std::string& id, const IndexById& known) {
    if (!suggestions_.Affords(known.size())) return "";
    std::vector<absl::string_view> names;
    for (const auto& [name, index] : known) names.push_back(name);
    return suggestions_.DidYouMean(id, names);
  }

  // Replaces the text `field` where the overlay writes it.
  static void Put(const ElementPlace& from_place, const char* field,
                  const std::string& from, std::string* to,
                  ElementPlace* to_place) {
    if (!IsWrittenIn(from_place, field)) return;
    *to = from;
    to_place->fields[field] = from_place.fields.at(field);
  }

  void ApplyItems() {
    const auto id_of = [](const v1::Item& item) { return item.link_id(); };
    for (const Match& match :
         FindAll(overlay_place_, "", "items", overlay_.items(), "link_id",
                 "item", IndexOf(message_.items(), id_of), id_of)) {
      ApplyItem(overlay_.items(match.from),
                overlay_place_.fields.at("items")[match.from], match.path,
                message_.mutable_items(match.to),
                &place_.fields.at("items")[match.to]);
    }
  }

  void ApplyItem(const v1::Item& from, const ElementPlace& from_place,
                 const std::string& path, v1::Item* to,
                 ElementPlace* to_place) {
    RefuseOthers(from_place, path,
                 {"link_id", "prompt", "help", "options", "bands"});
    Put(from_place, "prompt", from.prompt(), to->mutable_prompt(), to_place);
    Put(from_place, "help", from.help(), to->mutable_help(), to_place);
    const auto code_of = [](const auto& element) { return element.code(); };
    const v1::Item before = *to;
    for (const Match& match :
         FindAll(from_place, path, "options", from.options(), "code", "option",
                 IndexOf(to->options(), code_of), code_of)) {
      const ElementPlace& place = from_place.fields.at("options")[match.from];
      RefuseOthers(place, match.path, {"code", "text"});
      RefuseExchange(from.options(match.from), before, match.path, place);
      Put(place, "text", from.options(match.from).text(),
          to->mutable_options(match.to)->mutable_text(),
          &to_place->fields.at("options")[match.to]);
    }
    for (const Match& match :
         FindAll(from_place, path, "bands", from.bands(), "code", "band",
                 IndexOf(to->bands(), code_of), code_of)) {
      const ElementPlace& place = from_place.fields.at("bands")[match.from];
      RefuseOthers(place, match.path, {"code", "label"});
      Put(place, "label", from.bands(match.from).label(),
          to->mutable_bands(match.to)->mutable_label(),
          &to_place->fields.at("bands")[match.to]);
    }
  }

  // With the words of one option, another would be chosen.
  void RefuseExchange(const v1::Option& option, const v1::Item& before,
                      const std::string& path, const ElementPlace& place) {
    for (const v1::Option& other : before.options()) {
      if (other.code() == option.code() ||
          !AreSameWords(other.text(), option.text())) {
        continue;
      }
      Report(
          place.fields.at("text").front(), absl::StrCat(path, ".text"),
          absl::StrCat("in the pathway these are the words of '", other.code(),
                       "'; an overlay must not exchange options"));
    }
  }

  void ApplyScores() {
    const auto id_of = [](const v1::Score& score) { return score.name(); };
    for (const Match& match :
         FindAll(overlay_place_, "", "scores", overlay_.scores(), "name",
                 "score", IndexOf(message_.scores(), id_of), id_of)) {
      const ElementPlace& place =
          overlay_place_.fields.at("scores")[match.from];
      RefuseOthers(place, match.path, {"name", "validated"});
      if (!IsWrittenIn(place, "validated")) continue;
      v1::Score& score = *message_.mutable_scores(match.to);
      score.set_validated(overlay_.scores(match.from).validated());
      const std::string why_not =
          score.validated() ? WhyNotValidated(score) : "";
      if (why_not.empty()) continue;
      Report(place.fields.at("validated").front(),
             absl::StrCat(match.path, ".validated"), why_not);
    }
  }

  // Empty where the overlay may say that `score` is validated: the published
  // validation is of the published words, which come with the mark.
  std::string WhyNotValidated(const v1::Score& score) const {
    if (score.instrument_id().empty()) {
      return absl::StrCat("'", score.name(),
                          "' follows no instrument, and local wording is never "
                          "validated; leave it out");
    }
    for (const v1::ScoreInput& input : score.inputs()) {
      if (HasWordsOf(input)) continue;
      return absl::StrCat(
          "the published words of every item must stand in this overlay, and "
          "there is no ",
          input.option_code().empty()
              ? absl::StrCat("prompt of '", input.link_id(), "'")
              : absl::StrCat("text of option '", input.option_code(), "' of '",
                             input.link_id(), "'"));
    }
    return "";
  }

  // The statement of a list that is ticked is the text of an option.
  bool HasWordsOf(const v1::ScoreInput& input) const {
    for (const v1::Item& item : overlay_.items()) {
      if (item.link_id() != input.link_id()) continue;
      if (input.option_code().empty()) return !item.prompt().empty();
      return std::any_of(item.options().begin(), item.options().end(),
                         [&input](const v1::Option& option) {
                           return option.code() == input.option_code() &&
                                  !option.text().empty();
                         });
    }
    return false;
  }

  void ApplyTranslations() {
    const auto id_of = [](const v1::LocaleTexts& texts) {
      return texts.locale();
    };
    for (const Match& match :
         FindAll(overlay_place_, "", "translations", overlay_.translations(),
                 "locale", "translation into",
                 IndexOf(message_.translations(), id_of), id_of)) {
      ApplyTranslation(overlay_.translations(match.from),
                       overlay_place_.fields.at("translations")[match.from],
                       match.path, message_.mutable_translations(match.to),
                       &place_.fields.at("translations")[match.to]);
    }
  }

  void ApplyTranslation(const v1::LocaleTexts& from,
                        const ElementPlace& from_place, const std::string& path,
                        v1::LocaleTexts* to, ElementPlace* to_place) {
    RefuseOthers(from_place, path, {"locale", "texts"});
    const auto key_of = [](const v1::LocaleText& text) { return text.key(); };
    const IndexById present = IndexOf(to->texts(), key_of);
    const v1::LocaleTexts before = *to;
    for (const Match& match :
         FindAll(from_place, path, "texts", from.texts(), "key",
                 "wording of an item", WordingKeys(), key_of)) {
      const ElementPlace& place = from_place.fields.at("texts")[match.from];
      const v1::LocaleText& text = from.texts(match.from);
      RefuseExchange(text, before, match.path, place);
      const auto found = present.find(text.key());
      if (found == present.end()) {
        *to->add_texts() = text;
        to_place->fields["texts"].push_back(place);
      } else {
        Put(place, "text", text.text(),
            to->mutable_texts(found->second)->mutable_text(),
            &to_place->fields.at("texts")[found->second]);
      }
    }
  }

  void RefuseExchange(const v1::LocaleText& text, const v1::LocaleTexts& before,
                      const std::string& path, const ElementPlace& place) {
    const absl::string_view item = OptionsOfKey(text.key());
    if (item.empty()) return;
    for (const v1::LocaleText& other : before.texts()) {
      if (other.key() == text.key() || OptionsOfKey(other.key()) != item ||
          !AreSameWords(other.text(), text.text())) {
        continue;
      }
      Report(
          place.fields.at("text").front(), absl::StrCat(path, ".text"),
          absl::StrCat("in the pathway these are the words of '", other.key(),
                       "'; an overlay must not exchange options"));
    }
  }

  IndexById WordingKeys() const {
    IndexById keys;
    for (const TranslatableText& text : TranslatableTexts(message_)) {
      if (IsWordingKey(text.key)) keys.try_emplace(text.key, 0);
    }
    return keys;
  }

  v1::Pathway& message_;
  ElementPlace& place_;
  Faults& faults_;
  v1::Pathway overlay_;
  ElementPlace overlay_place_;
  Suggestions suggestions_;
};

}  // namespace

bool ApplyOverlay(const SourceText& source, v1::Pathway* message,
                  ElementPlace* place, Faults* faults) {
  return Overlay(message, place, faults).Apply(source);
}

}  // namespace plumbline::pathway
