#include "common/pathway/compiler.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/pathway/check_expression.h"
#include "common/pathway/names.h"
#include "common/pathway/utf8.h"

namespace plumbline::pathway {
namespace {

constexpr std::size_t kFaultsMax = 1000;
constexpr std::size_t kTextBytesMax = 16 << 10;

// What is wrong with a text that people read, or nothing.
std::string FaultOfText(const std::string& text) {
  if (text.size() > kTextBytesMax) {
    return absl::StrCat("has ", text.size(), " bytes; at most ", kTextBytesMax,
                        " are allowed");
  }
  if (InvalidUtf8Offset(text) >= 0) return "is not UTF-8";
  if (absl::StripAsciiWhitespace(text).size() != text.size()) {
    return "begins or ends with blanks; leave them out";
  }
  for (const char c : text) {
    if (absl::ascii_iscntrl(c)) {
      return "holds a line break or another control character; write one line";
    }
  }
  return "";
}

// The ids of `index`, in the order of their elements.
std::vector<absl::string_view> Names(const IndexById& index) {
  std::vector<absl::string_view> names(index.size());
  std::vector<std::pair<int, absl::string_view>> sorted;
  for (const auto& [id, position] : index) sorted.emplace_back(position, id);
  std::sort(sorted.begin(), sorted.end());
  for (std::size_t i = 0; i < sorted.size(); ++i) names[i] = sorted[i].second;
  return names;
}

// ", at rules.txtpb:12:3", or nothing where places are not known.
std::string AtPlace(const Locate& locate, const ElementPath& path) {
  if (locate == nullptr) return "";
  const Place place = locate(path.numbered, 0);
  if (place.line == 0) return "";
  return absl::StrCat(", at ", place.file, ":", place.line, ":", place.column);
}

}  // namespace

const IdForm kWordForm = {
    IsWord,
    "lower-case letters, digits and '_', a letter first, at most 63 "
    "characters"};
const IdForm kSlugForm = {
    IsSlug,
    "lower-case letters, digits and '-', a letter first, at most 63 "
    "characters"};
const IdForm kFlagForm = {
    IsFlag,
    "upper-case letters, digits and '_', a letter first, at most 63 "
    "characters"};
const IdForm kLabelForm = {IsLabel,
                           "letters, digits and '-', at most 63 "
                           "characters"};
const IdForm kTagForm = {
    IsTag,
    "lower-case letters, digits, '-' and '_', a letter first, at most 63 "
    "characters"};

ElementPath ElementPath::Field(absl::string_view name) const {
  const absl::string_view dot = numbered.empty() ? "" : ".";
  return {absl::StrCat(shown, dot, name), absl::StrCat(numbered, dot, name)};
}

ElementPath ElementPath::Element(absl::string_view name, int index,
                                 absl::string_view id) const {
  const ElementPath list = Field(name);
  const std::string number = absl::StrCat(index);
  return {absl::StrCat(list.shown, "[", id.empty() ? number : id, "]"),
          absl::StrCat(list.numbered, "[", number, "]")};
}

void Compiler::AddFault(const ElementPath& path, std::string what, int offset) {
  if (faults_.size() > kFaultsMax) return;
  if (faults_.size() == kFaultsMax) {
    faults_.push_back(
        {"", absl::StrCat("more than ", kFaultsMax, " faults; mend these")});
    return;
  }
  Fault fault = {path.shown, std::move(what)};
  if (locate_ != nullptr) fault.place = locate_(path.numbered, offset);
  faults_.push_back(std::move(fault));
}

bool Compiler::IsFull() const { return faults_.size() > kFaultsMax; }

void Compiler::AddUnknown(
    const ElementPath& path, absl::string_view kind, const std::string& id,
    std::size_t count,
    absl::FunctionRef<std::vector<absl::string_view>()> names) {
  if (IsFull()) return;
  const bool is_hinted =
      faults_.size() < kFaultsMax && suggestions_.Affords(count);
  AddFault(path,
           absl::StrCat("no ", kind, " '", id, "'",
                        is_hinted ? suggestions_.DidYouMean(id, names()) : ""));
}

std::vector<ElementPath> Compiler::CheckIds(const ElementPath& parent,
                                            absl::string_view list_field,
                                            absl::string_view id_field,
                                            const std::vector<std::string>& ids,
                                            const IdForm& form,
                                            IndexById* index) {
  IndexById seen;
  std::vector<ElementPath> paths;
  for (int i = 0; i < static_cast<int>(ids.size()); ++i) {
    const std::string& id = ids[i];
    const bool well_formed = form.matches(id);
    const bool is_new = well_formed && seen.try_emplace(id, i).second;
    paths.push_back(parent.Element(list_field, i, is_new ? id : ""));
    if (is_new || IsFull()) continue;
    AddFault(
        paths.back().Field(id_field),
        well_formed
            ? absl::StrCat("'", id, "' is there already",
                           AtPlace(locate_, paths[seen[id]].Field(id_field)),
                           "; each is unique")
        : id.empty() ? absl::StrCat("required: ", form.description)
                     : absl::StrCat("malformed; write ", form.description));
  }
  if (index != nullptr) *index = std::move(seen);
  return paths;
}

bool Compiler::CheckCount(const ElementPath& path, int count, int most) {
  if (count <= most) return true;
  AddFault(path, absl::StrCat("there are ", count, "; at most ", most,
                              " are allowed"));
  return false;
}

void Compiler::CheckText(const ElementPath& path, const std::string& text) {
  if (text.empty()) return AddFault(path, "required");
  CheckOptionalText(path, text);
}

void Compiler::CheckOptionalText(const ElementPath& path,
                                 const std::string& text) {
  std::string fault = FaultOfText(text);
  if (!fault.empty()) AddFault(path, std::move(fault));
}

void Compiler::CheckLoinc(const ElementPath& path, const std::string& code) {
  if (code.empty() || IsLoincCode(code)) return;
  AddFault(path, absl::StrCat("'", code,
                              "' is no code of LOINC: digits, '-', and the "
                              "digit that proves them"));
}

void Compiler::CheckFlag(const ElementPath& path, const std::string& flag) {
  if (flag.empty()) {
    return AddFault(path, absl::StrCat("required: ", kFlagForm.description));
  }
  if (!IsFlag(flag)) {
    AddFault(path, absl::StrCat("malformed; write ", kFlagForm.description));
  }
}

std::optional<Disposition> Compiler::CheckDisposition(
    const ElementPath& path, v1::Disposition disposition) {
  const bool is_one = v1::Disposition_IsValid(disposition) &&
                      disposition != v1::DISPOSITION_UNSPECIFIED;
  if (is_one) return static_cast<Disposition>(disposition);
  AddFault(path, "required: a disposition, such as DISPOSITION_SAME_DAY");
  return std::nullopt;
}

void Compiler::CheckSources(const ElementPath& element, const Strings& ids,
                            int least) {
  if (ids.size() < least) {
    AddFault(element.Field("sources"),
             "required: at least one evidence or source id");
  }
  if (!CheckCount(element.Field("sources"), ids.size(), kReferencesMax)) return;
  const auto names = [this] {
    std::vector<absl::string_view> sorted(sources.begin(), sources.end());
    std::sort(sorted.begin(), sorted.end());
    return sorted;
  };
  absl::flat_hash_set<std::string> seen;
  for (int i = 0; i < ids.size() && !IsFull(); ++i) {
    const ElementPath path = element.Element("sources", i);
    if (!sources.contains(ids[i])) {
      AddUnknown(path, "source or evidence", ids[i], sources.size(), names);
    } else if (!seen.insert(ids[i]).second) {
      AddFault(path, absl::StrCat("'", ids[i], "' is there already"));
    }
  }
}

std::vector<int> Compiler::FindAll(const ElementPath& element,
                                   absl::string_view field, const Strings& ids,
                                   const IndexById& index,
                                   absl::string_view kind) {
  if (!CheckCount(element.Field(field), ids.size(), kReferencesMax)) return {};
  std::vector<int> found;
  absl::flat_hash_set<std::string> seen;
  for (int i = 0; i < ids.size() && !IsFull(); ++i) {
    const ElementPath path = element.Element(field, i);
    const int position = Find(path, ids[i], index, kind);
    if (position < 0) continue;
    if (seen.insert(ids[i]).second) {
      found.push_back(position);
    } else {
      AddFault(path, absl::StrCat("'", ids[i], "' is there already"));
    }
  }
  return found;
}

int Compiler::Find(const ElementPath& path, const std::string& id,
                   const IndexById& index, absl::string_view kind) {
  const auto found = index.find(id);
  if (found != index.end()) return found->second;
  AddUnknown(path, kind, id, index.size(), [&index] { return Names(index); });
  return -1;
}

Expression Compiler::CompileExpression(const ElementPath& path,
                                       const std::string& text,
                                       const ExpressionUse& use) {
  if (IsFull()) return {};
  if (text.empty()) {
    AddFault(path, "required: an expression");
    return {};
  }
  const Scope scope = {.pathway = pathway,
                       .definitions = definitions,
                       .scores = scores,
                       .conditional = conditional,
                       .faulty = faulty,
                       .suggestions = suggestions_,
                       .definitions_end = use.definitions_end,
                       .reads_outcome = use.reads_outcome,
                       .is_condition = use.is_condition};
  CheckResult checked = CheckExpression(text, scope);
  for (ExpressionFault& fault : checked.faults) {
    AddFault(path, std::move(fault.message), fault.offset);
  }
  return std::move(checked.expression);
}

int Compiler::FlagIndex(const std::string& flag) {
  const auto [found, is_new] =
      flag_index_.try_emplace(flag, static_cast<int>(pathway.flags.size()));
  if (is_new) pathway.flags.push_back(flag);
  return found->second;
}

}  // namespace plumbline::pathway
