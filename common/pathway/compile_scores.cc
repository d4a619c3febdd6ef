#include "common/pathway/compile_scores.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/pathway/bind_instrument.h"
#include "common/pathway/check_bands.h"
#include "common/pathway/instruments.h"
#include "common/pathway/item_values.h"
#include "common/pathway/names.h"

namespace plumbline::pathway {
namespace {

// Refuses names that expressions could not read.
void CheckReadable(Compiler& compiler, const ElementPath& path,
                   const std::string& name) {
  if (!IsKeyword(name)) return;
  compiler.AddFault(path,
                    absl::StrCat("'", name, "' is a word of CEL; use another"));
}

// Refuses items that cannot be added up, or of which some may be absent while
// others are not.
void CheckScoreItem(Compiler& compiler, const ElementPath& path, int first,
                    int index) {
  const v1::Item& item = compiler.message.items(index);
  if (item.type() != v1::ITEM_TYPE_INTEGER) {
    compiler.AddFault(
        path, absl::StrCat("'", item.link_id(), "' is not an integer item"));
  }
  const v1::Item& other = compiler.message.items(first);
  if (item.enable_when() == other.enable_when()) return;
  compiler.AddFault(
      path, absl::StrCat("'", item.link_id(), "' and '", other.link_id(),
                         "' have different 'enable_when'; the items of "
                         "a score share one, written alike"));
}

// The items of a score; empty where one of them will not do.
std::vector<int> CompileScoreItems(Compiler& compiler, const ElementPath& path,
                                   const v1::Score& message) {
  if (message.link_ids().empty()) {
    compiler.AddFault(path.Field("link_ids"), "required: at least one item");
    return {};
  }
  std::vector<int> items =
      compiler.FindAll(path, "link_ids", message.link_ids(),
                       compiler.pathway.item_by_link_id, "item");
  bool ok = items.size() == static_cast<std::size_t>(message.link_ids_size());
  for (std::size_t i = 0; i < items.size(); ++i) {
    CheckScoreItem(compiler, path.Element("link_ids", static_cast<int>(i)),
                   items[0], items[i]);
    ok = ok && !compiler.faulty[items[i]] &&
         compiler.message.items(items[i]).type() == v1::ITEM_TYPE_INTEGER;
  }
  return ok ? items : std::vector<int>();
}

void CheckOwnBands(Compiler& compiler, const ElementPath& path,
                   const v1::Score& message, const Score& score) {
  const IntInterval total = TotalRange(score);
  CheckBands(compiler, path, message.bands(),
             {.minimum = ScoreOf(total.minimum, score),
              .maximum = ScoreOf(total.maximum, score),
              .whole_numbers = IsWhole(score.method),
              .cover = true,
              .subscale = std::nullopt});
}

// A score of the pathway's own: a method over integer items.
void CompileOwn(Compiler& compiler, const ElementPath& path,
                const v1::Score& message, Score& score) {
  compiler.CheckText(path.Field("citation"), message.citation());
  compiler.CheckText(path.Field("licence_note"), message.licence_note());
  compiler.CheckLoinc(path.Field("loinc_code"), message.loinc_code());
  for (const auto& [field, is_set] :
       {std::pair("scale_id", !message.scale_id().empty()),
        std::pair("inputs", !message.inputs().empty())}) {
    if (!is_set) continue;
    compiler.AddFault(path.Field(field),
                      "only a score with 'instrument_id' has this");
  }
  const bool is_mean = message.method() == v1::SCORE_METHOD_MEAN;
  const bool has_method = is_mean || message.method() == v1::SCORE_METHOD_TOTAL;
  if (!has_method) {
    compiler.AddFault(path.Field("method"),
                      "required: SCORE_METHOD_TOTAL or SCORE_METHOD_MEAN");
  }
  score.method = is_mean ? Score::Method::kMean : Score::Method::kTotal;
  score.items = CompileScoreItems(compiler, path, message);
  for (const int item : score.items) {
    Points points;
    points.minimum = compiler.pathway.items[item].minimum;
    points.maximum = compiler.pathway.items[item].maximum;
    score.points.push_back(std::move(points));
  }
  if (has_method && !score.items.empty()) {
    CheckOwnBands(compiler, path, message, score);
  }
}

void AddBands(const v1::Pathway& pathway, const v1::Score& message,
              Score& score) {
  for (const v1::Band& band : BandsOf(pathway, message)) {
    Band& added = score.bands.emplace_back();
    added.code = band.code();
    added.minimum = band.minimum();
    added.maximum = band.maximum();
    if (!band.has_subscale()) continue;
    added.subscale_minimum = band.subscale().minimum();
    added.subscale_maximum = band.subscale().maximum();
  }
}

void CompileScore(Compiler& compiler, const ElementPath& path,
                  const v1::Score& message, Score& score) {
  score.name = message.name();
  CheckReadable(compiler, path.Field("name"), message.name());
  compiler.CheckText(path.Field("title"), message.title());
  compiler.CheckSources(path, message.sources(), 0);
  if (message.instrument_id().empty()) {
    CompileOwn(compiler, path, message, score);
  } else {
    BindInstrument(compiler, path, message, score);
  }
  AddBands(compiler.message, message, score);
}

// Refuses a name by which an expression would find something else.
void CheckDefinitionName(Compiler& compiler, const ElementPath& path,
                         const std::string& name) {
  CheckReadable(compiler, path, name);
  if (IsReservedName(name)) {
    compiler.AddFault(path, absl::StrCat("'", name,
                                         "' means something else in "
                                         "expressions; use another name"));
  }
  for (const Item& item : compiler.pathway.items) {
    if (item.link_id.substr(0, item.link_id.find('.')) != name) continue;
    return compiler.AddFault(
        path, absl::StrCat("'", item.link_id, "' begins with '", name,
                           "'; use another name"));
  }
}

}  // namespace

void CompileScores(Compiler& compiler) {
  const auto& messages = compiler.message.scores();
  const std::vector<ElementPath> paths = compiler.CheckIds(
      {}, "scores", messages, "name",
      [](const v1::Score& score) { return score.name(); }, kWordForm,
      &compiler.scores);
  compiler.pathway.scores.resize(messages.size());
  for (int i = 0; i < messages.size(); ++i) {
    CompileScore(compiler, paths[i], messages[i], compiler.pathway.scores[i]);
  }
}

void CompileDefinitions(Compiler& compiler) {
  const auto& messages = compiler.message.definitions();
  const std::vector<ElementPath> paths = compiler.CheckIds(
      {}, "definitions", messages, "name",
      [](const v1::Definition& definition) { return definition.name(); },
      kWordForm, &compiler.definitions);
  for (const v1::Definition& message : messages) {
    compiler.pathway.definitions.push_back({message.name(), {}});
  }
  for (int i = 0; i < messages.size(); ++i) {
    const v1::Definition& message = messages[i];
    CheckDefinitionName(compiler, paths[i].Field("name"), message.name());
    compiler.CheckText(paths[i].Field("rationale"), message.rationale());
    compiler.CheckSources(paths[i], message.sources(), 0);
    compiler.pathway.definitions[i].expression = compiler.CompileExpression(
        paths[i].Field("expression"), message.expression(),
        {.definitions_end = i, .is_condition = false});
  }
}

}  // namespace plumbline::pathway
