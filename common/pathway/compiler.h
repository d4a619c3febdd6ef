// What the steps of CompilePathway() share: the message, what has been compiled
// of it so far, the faults, and where elements stand.

#ifndef PLUMBLINE_COMMON_PATHWAY_COMPILER_H_
#define PLUMBLINE_COMMON_PATHWAY_COMPILER_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "common/pathway/compile.h"
#include "common/pathway/did_you_mean.h"
#include "common/pathway/fault.h"
#include "common/pathway/model.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "plumbline/pathway/v1/pathway.pb.h"

namespace plumbline::pathway {

// Where an element of the message stands: by id for people, by number for
// Locate.
struct ElementPath {
  std::string shown;
  std::string numbered;

  // The field `name` of this element.
  ElementPath Field(absl::string_view name) const;
  // Element `index` of the list `name`, shown as `id` unless that is empty.
  ElementPath Element(absl::string_view name, int index,
                      absl::string_view id = "") const;
};

// How ids of one list look.
struct IdForm {
  bool (*matches)(absl::string_view id);
  absl::string_view description;  // "letters, digits and hyphens".
};

// The forms of ids, described.
extern const IdForm kWordForm;
extern const IdForm kSlugForm;
extern const IdForm kFlagForm;
extern const IdForm kLabelForm;
extern const IdForm kTagForm;

// What an expression may read besides items and scores.
struct ExpressionUse {
  int definitions_end;
  bool reads_outcome = false;
  bool is_condition = true;
};

// The most ids, of one kind, that an element refers to.
inline constexpr int kReferencesMax = 1000;

using Strings = google::protobuf::RepeatedPtrField<std::string>;
using IndexById = absl::flat_hash_map<std::string, int>;

class Compiler {
 public:
  Compiler(const v1::Pathway& from, CompiledPathway& to, const Locate& locate)
      : message(from), pathway(to), locate_(locate) {}

  const v1::Pathway& message;
  CompiledPathway& pathway;

  // The ids of each list, by which others refer to its elements.
  IndexById instruments;
  IndexById definitions;
  IndexById scores;
  IndexById rules;
  IndexById gates;
  IndexById guidance;
  absl::flat_hash_set<std::string> sources;  // And evidence.
  std::vector<bool> conditional;             // By item: it can be absent.
  std::vector<bool> faulty;                  // By item: its values are unclear.
  // By instrument: nothing can be made of it.
  std::vector<bool> faulty_instruments;

  void AddFault(const ElementPath& path, std::string what, int offset = 0);

  // Whether so many faults were found that looking for more helps nobody.
  bool IsFull() const;

  // How many faults were found.
  std::size_t FaultCount() const { return faults_.size(); }

  // Adds the fault that there is no `kind` of the name `id`, with the nearest
  // of `count` names, which `names()` lists.
  void AddUnknown(const ElementPath& path, absl::string_view kind,
                  const std::string& id, std::size_t count,
                  absl::FunctionRef<std::vector<absl::string_view>()> names);

  Faults TakeFaults() { return std::move(faults_); }

  // The paths of the elements of `list`, whose ids are in `id_field`. An id
  // that is missing, malformed or there already is a fault. `index` receives
  // the others; it may be null.
  template <typename List, typename GetId>
  std::vector<ElementPath> CheckIds(const ElementPath& parent,
                                    absl::string_view list_field,
                                    const List& list,
                                    absl::string_view id_field, GetId id_of,
                                    const IdForm& form, IndexById* index) {
    std::vector<std::string> ids;
    for (const auto& element : list) ids.push_back(id_of(element));
    return CheckIds(parent, list_field, id_field, ids, form, index);
  }

  std::vector<ElementPath> CheckIds(const ElementPath& parent,
                                    absl::string_view list_field,
                                    absl::string_view id_field,
                                    const std::vector<std::string>& ids,
                                    const IdForm& form, IndexById* index);

  // Refuses a list that is longer than `most`; then the rest is not compiled.
  bool CheckCount(const ElementPath& path, int count, int most);

  // A text that people read: present, of a sensible length, printable.
  void CheckText(const ElementPath& path, const std::string& text);
  void CheckOptionalText(const ElementPath& path, const std::string& text);

  // The code of LOINC, or none.
  void CheckLoinc(const ElementPath& path, const std::string& code);

  // A flag.
  void CheckFlag(const ElementPath& path, const std::string& flag);

  // A disposition that is one.
  std::optional<Disposition> CheckDisposition(const ElementPath& path,
                                              v1::Disposition disposition);

  // Evidence or source ids that exist, each once, at least `least` of them.
  void CheckSources(const ElementPath& element, const Strings& ids, int least);

  // Indices of ids that exist, each once.
  std::vector<int> FindAll(const ElementPath& element, absl::string_view field,
                           const Strings& ids, const IndexById& index,
                           absl::string_view kind);

  // Index of an id that exists; or -1, and a fault.
  int Find(const ElementPath& path, const std::string& id,
           const IndexById& index, absl::string_view kind);

  // The expression `text`; without a tree, and faults, where it is not valid.
  Expression CompileExpression(const ElementPath& path, const std::string& text,
                               const ExpressionUse& use);

  // The index of `flag`, added where it is new.
  int FlagIndex(const std::string& flag);

  ExpressionUse Condition() const {
    return {static_cast<int>(pathway.definitions.size())};
  }

 private:
  const Locate& locate_;
  Faults faults_;
  Suggestions suggestions_;
  absl::flat_hash_map<std::string, int> flag_index_;
};

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_COMMON_PATHWAY_COMPILER_H_
