#include "common/pathway/evidence_use.h"

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace plumbline::pathway {
namespace {

class Uses {
 public:
  explicit Uses(const v1::Pathway& pathway) {
    for (const v1::Evidence& evidence : pathway.evidence()) {
      by_id_.emplace(evidence.evidence_id(), by_id_.size());
    }
    uses_.resize(by_id_.size());
  }

  void Add(const std::string& id, const std::string& element) {
    const auto found = by_id_.find(id);
    if (found == by_id_.end()) return;
    std::vector<std::string>& elements = uses_[found->second];
    if (elements.empty() || elements.back() != element) {
      elements.push_back(element);
    }
  }

  // Every element of a list, which has an id.
  template <typename List, typename Element>
  void AddAll(absl::string_view list, const List& elements,
              const std::string& (Element::*id)() const) {
    for (const auto& element : elements) {
      AddSources(element.sources(), absl::StrCat(list, "/", (element.*id)()));
    }
  }

  template <typename Sources>
  void AddSources(const Sources& sources, const std::string& element) {
    for (const std::string& source : sources) Add(source, element);
  }

  std::vector<std::vector<std::string>> Take() { return std::move(uses_); }

 private:
  absl::flat_hash_map<std::string, std::size_t> by_id_;
  std::vector<std::vector<std::string>> uses_;
};

}  // namespace

std::vector<std::vector<std::string>> UsesOfEvidence(
    const v1::Pathway& pathway) {
  Uses uses(pathway);
  uses.AddAll("emergency_signs", pathway.emergency_signs(),
              &v1::EmergencySign::sign_id);
  for (const v1::Item& item : pathway.items()) {
    const std::string element = absl::StrCat("items/", item.link_id());
    uses.AddSources(item.sources(), element);
    uses.AddSources(item.if_unknown().sources(), element);
  }
  uses.AddAll("definitions", pathway.definitions(), &v1::Definition::name);
  uses.AddAll("scores", pathway.scores(), &v1::Score::name);
  uses.AddAll("rules", pathway.rules(), &v1::Rule::rule_id);
  uses.AddAll("invariants", pathway.invariants(), &v1::Invariant::invariant_id);
  uses.AddAll("gates", pathway.gates(), &v1::Gate::gate_id);
  uses.AddAll("guidance", pathway.guidance(), &v1::GuidanceRecord::guidance_id);
  for (const v1::Case& one : pathway.cases()) {
    uses.Add(one.source(), absl::StrCat("cases/", one.case_id()));
  }
  return uses.Take();
}

}  // namespace plumbline::pathway
