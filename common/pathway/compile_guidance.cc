#include "common/pathway/compile_guidance.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/pathway/check_markdown.h"
#include "common/pathway/compile_texts.h"
#include "common/pathway/names.h"
#include "common/pathway/utf8.h"

namespace plumbline::pathway {
namespace {

class RecordCompiler {
 public:
  RecordCompiler(Compiler& compiler, const v1::GuidanceRecord& message,
                 ElementPath path, Guidance& record)
      : compiler_(compiler),
        message_(message),
        path_(std::move(path)),
        record_(record) {}

  void Run() {
    record_.guidance_id = message_.guidance_id();
    if (message_.revision() < 1) Fault("revision", "must be at least 1");
    const bool has_kind = CheckKind();
    const bool has_audience = v1::Audience_IsValid(message_.audience()) &&
                              message_.audience() != v1::AUDIENCE_UNSPECIFIED;
    if (!has_audience) {
      Fault("audience", "required: an audience, such as AUDIENCE_PATIENT");
    }
    CompileDispositions(has_kind);
    CheckWords("regions", message_.regions(), kWordForm);
    CheckWords("tags", message_.tags(), kTagForm);
    if (!message_.show_when().empty()) {
      record_.show_when = compiler_.CompileExpression(path_.Field("show_when"),
                                                      message_.show_when(),
                                                      compiler_.Condition());
    }
    CompileExcludes();
    CheckParameters();
    compiler_.CheckSources(path_, message_.sources(), 1);
    if (!IsDate(message_.review_by())) {
      Fault("review_by", "required: a day, such as 2027-05-31");
    }
    CheckTexts();
  }

 private:
  void Fault(absl::string_view field, std::string message) {
    compiler_.AddFault(path_.Field(field), std::move(message));
  }

  bool CheckKind() {
    const bool has_kind = v1::GuidanceKind_IsValid(message_.kind()) &&
                          message_.kind() != v1::GUIDANCE_KIND_UNSPECIFIED;
    if (has_kind) {
      record_.kind = static_cast<GuidanceKind>(message_.kind());
    } else {
      Fault("kind", "required: a kind, such as GUIDANCE_KIND_SELF_CARE");
    }
    return has_kind;
  }

  void CompileDispositions(bool has_kind) {
    if (message_.dispositions().empty()) {
      Fault("dispositions", "required: at least one");
    }
    for (int i = 0; i < message_.dispositions_size() && !compiler_.IsFull();
         ++i) {
      const ElementPath path = path_.Element("dispositions", i);
      const std::optional<Disposition> disposition =
          compiler_.CheckDisposition(path, message_.dispositions(i));
      if (!disposition.has_value()) continue;
      AddDisposition(path, *disposition);
      if (has_kind) CheckShownAt(path, *disposition);
    }
  }

  void AddDisposition(const ElementPath& path, Disposition disposition) {
    const auto bit =
        static_cast<std::uint8_t>(1 << static_cast<int>(disposition));
    if ((record_.dispositions & bit) != 0) {
      compiler_.AddFault(
          path, absl::StrCat("'", ToString(disposition), "' is there already"));
    }
    record_.dispositions |= bit;
  }

  void CheckShownAt(const ElementPath& path, Disposition disposition) {
    if (disposition >= Disposition::kSameDay &&
        !IsAlwaysAllowed(record_.kind)) {
      compiler_.AddFault(
          path, absl::StrCat("a record of kind ",
                             v1::GuidanceKind_Name(message_.kind()),
                             " is never shown at ", ToString(disposition)));
    }
  }

  void CheckWords(absl::string_view field, const Strings& words,
                  const IdForm& form) {
    if (!compiler_.CheckCount(path_.Field(field), words.size(), kTagsMax)) {
      return;
    }
    for (int i = 0; i < words.size(); ++i) {
      if (form.matches(words[i])) continue;
      compiler_.AddFault(path_.Element(field, i),
                         absl::StrCat("malformed; write ", form.description));
    }
  }

  void CompileExcludes() {
    record_.excludes = compiler_.FindAll(path_, "excludes", message_.excludes(),
                                         compiler_.guidance, "guidance record");
    for (int i = 0; i < message_.excludes_size(); ++i) {
      if (message_.excludes(i) != message_.guidance_id()) continue;
      compiler_.AddFault(path_.Element("excludes", i),
                         "a record cannot exclude itself");
    }
  }

  void CheckParameters() {
    if (!compiler_.CheckCount(path_.Field("parameters"),
                              message_.parameters_size(), kParametersMax)) {
      return;
    }
    const std::vector<ElementPath> paths = compiler_.CheckIds(
        path_, "parameters", message_.parameters(), "name",
        [](const v1::Parameter& parameter) { return parameter.name(); },
        kWordForm, nullptr);
    for (int i = 0; i < message_.parameters_size(); ++i) {
      compiler_.CheckText(paths[i].Field("unit"),
                          message_.parameters(i).unit());
      if (!std::isfinite(message_.parameters(i).value())) {
        compiler_.AddFault(paths[i].Field("value"), "must be a finite number");
      }
    }
  }

  // One text for each locale; that of the default locale stands first.
  void CheckTexts() {
    if (!compiler_.CheckCount(path_.Field("texts"), message_.texts_size(),
                              kLocalesMax)) {
      return;
    }
    IndexById by_locale;
    const std::vector<ElementPath> paths = compiler_.CheckIds(
        path_, "texts", message_.texts(), "locale",
        [](const v1::GuidanceText& text) { return text.locale(); },
        {IsLocale, "a locale, such as 'en'"}, &by_locale);
    const v1::Pathway& pathway = compiler_.message;
    for (int i = 0; i < message_.texts_size() && !compiler_.IsFull(); ++i) {
      CheckText(paths[i], message_.texts(i));
    }
    for (const std::string& locale : pathway.locales()) {
      if (by_locale.contains(locale) || !IsLocale(locale)) continue;
      Fault("texts", absl::StrCat("no text for the locale '", locale, "'"));
    }
    if (message_.texts_size() > 0 &&
        message_.texts(0).locale() != pathway.default_locale()) {
      Fault("texts", absl::StrCat("the first text must be that of the default "
                                  "locale, '",
                                  pathway.default_locale(), "'"));
    }
  }

  void CheckText(const ElementPath& path, const v1::GuidanceText& text) {
    const Strings& locales = compiler_.message.locales();
    if (IsLocale(text.locale()) && std::find(locales.begin(), locales.end(),
                                             text.locale()) == locales.end()) {
      compiler_.AddFault(path.Field("locale"),
                         absl::StrCat("'", text.locale(),
                                      "' is not a locale of the pathway; add "
                                      "it to 'locales' or leave the text out"));
    }
    compiler_.CheckText(path.Field("title"), text.title());
    const ElementPath body = path.Field("body");
    if (text.body().empty()) {
      compiler_.AddFault(body, "required");
    } else if (text.body().size() > kBodyBytesMax) {
      compiler_.AddFault(
          body, absl::StrCat("has ", text.body().size(), " bytes; at most ",
                             kBodyBytesMax, " are allowed"));
    } else if (InvalidUtf8Offset(text.body()) >= 0) {
      compiler_.AddFault(body, "is not UTF-8");
    } else {
      for (MarkdownFault& fault : CheckMarkdown(text.body())) {
        compiler_.AddFault(body, std::move(fault.message),
                           static_cast<int>(fault.offset));
      }
    }
  }

  Compiler& compiler_;
  const v1::GuidanceRecord& message_;
  const ElementPath path_;
  Guidance& record_;
};

// Refuses records in another order than that in which they are shown.
void CheckShownOrder(Compiler& compiler,
                     const std::vector<ElementPath>& paths) {
  const auto& records = compiler.message.guidance();
  for (int i = 1; i < records.size(); ++i) {
    const auto key = [](const v1::GuidanceRecord& record) {
      return std::make_pair(record.order(), record.guidance_id());
    };
    if (key(records[i - 1]) <= key(records[i])) continue;
    return compiler.AddFault(paths[i],
                             "stands after a record with a higher 'order'; "
                             "sort by 'order', then by id");
  }
}

using RecordsByTag = absl::flat_hash_map<std::string, std::vector<int>>;

RecordsByTag GroupByTag(const v1::Pathway& message) {
  RecordsByTag records;
  for (int i = 0; i < message.guidance_size(); ++i) {
    if (message.guidance(i).tags_size() > kTagsMax) continue;
    for (const std::string& tag : message.guidance(i).tags()) {
      std::vector<int>& tagged = records[tag];
      if (tagged.empty() || tagged.back() != i) tagged.push_back(i);
    }
  }
  return records;
}

// Adds the gate to the records with its tags.
void SelectRecords(Compiler& compiler, const ElementPath& path,
                   const v1::Gate& message, int gate,
                   const RecordsByTag& records) {
  if (message.tags().empty()) {
    compiler.AddFault(path.Field("tags"), "required: at least one tag");
  }
  if (!compiler.CheckCount(path.Field("tags"), message.tags_size(), kTagsMax)) {
    return;
  }
  for (int i = 0; i < message.tags_size(); ++i) {
    const auto found = records.find(message.tags(i));
    if (found == records.end()) {
      compiler.AddFault(path.Element("tags", i),
                        absl::StrCat("no guidance record has the tag '",
                                     message.tags(i), "'"));
      continue;
    }
    for (const int record : found->second) {
      std::vector<int>& gates = compiler.pathway.guidance[record].gates;
      if (gates.empty() || gates.back() != gate) gates.push_back(gate);
    }
  }
}

void CompileGate(Compiler& compiler, const ElementPath& path,
                 const v1::Gate& message, Gate& gate) {
  gate.gate_id = message.gate_id();
  gate.withhold_when =
      compiler.CompileExpression(path.Field("withhold_when"),
                                 message.withhold_when(), compiler.Condition());
  compiler.CheckText(path.Field("rationale"), message.rationale());
  compiler.CheckSources(path, message.sources(), 1);
  const std::string& substitute = message.substitute_guidance_id();
  if (substitute.empty()) return;
  gate.substitute =
      compiler.Find(path.Field("substitute_guidance_id"), substitute,
                    compiler.guidance, "guidance record");
}

// A substitute that a gate could withhold as well would leave nothing.
void CheckSubstitute(Compiler& compiler, const ElementPath& path,
                     const Gate& gate) {
  if (gate.substitute < 0) return;
  const Guidance& record = compiler.pathway.guidance[gate.substitute];
  if (record.gates.empty()) return;
  compiler.AddFault(
      path.Field("substitute_guidance_id"),
      absl::StrCat("'", record.guidance_id, "' is withheld by the gate '",
                   compiler.pathway.gates[record.gates.front()].gate_id,
                   "'; name a record that no gate selects"));
}

}  // namespace

void CompileGuidance(Compiler& compiler) {
  const auto& messages = compiler.message.guidance();
  const std::vector<ElementPath> paths = compiler.CheckIds(
      {}, "guidance", messages, "guidance_id",
      [](const v1::GuidanceRecord& record) { return record.guidance_id(); },
      kSlugForm, &compiler.guidance);
  compiler.pathway.guidance.resize(messages.size());
  for (int i = 0; i < messages.size(); ++i) {
    RecordCompiler(compiler, messages[i], paths[i],
                   compiler.pathway.guidance[i])
        .Run();
  }
  CheckShownOrder(compiler, paths);
}

void CompileGates(Compiler& compiler) {
  const auto& messages = compiler.message.gates();
  const std::vector<ElementPath> paths = compiler.CheckIds(
      {}, "gates", messages, "gate_id",
      [](const v1::Gate& gate) { return gate.gate_id(); }, kWordForm,
      &compiler.gates);
  const RecordsByTag records = GroupByTag(compiler.message);
  compiler.pathway.gates.resize(messages.size());
  for (int i = 0; i < messages.size(); ++i) {
    CompileGate(compiler, paths[i], messages[i], compiler.pathway.gates[i]);
    SelectRecords(compiler, paths[i], messages[i], i, records);
  }
  for (int i = 0; i < messages.size(); ++i) {
    CheckSubstitute(compiler, paths[i], compiler.pathway.gates[i]);
  }
}

}  // namespace plumbline::pathway
