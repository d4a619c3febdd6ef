#include "common/pathway/encode_decision.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/pathway/citations.h"
#include "common/pathway/instruments.h"
#include "common/pathway/localized_texts.h"
#include "common/pathway/wire_writer.h"
#include "plumbline/pathway/v1/decision.pb.h"
#include "plumbline/pathway/v1/pathway.pb.h"

namespace plumbline::pathway {
namespace {

using Ids = google::protobuf::RepeatedPtrField<std::string>;

template <typename Enum>
std::int64_t Number(Enum value) {
  return static_cast<std::int64_t>(value);
}

// Writes one decision. Each Encode function gives the bytes of one message and
// adds its fields in ascending order.
class DecisionEncoder {
 public:
  DecisionEncoder(const CompiledPathway& pathway, const Intake& intake,
                  const Evaluation& evaluation, const Decision& decision,
                  absl::string_view locale, DecisionView view)
      : pathway_(pathway),
        message_(*pathway.source),
        intake_(intake),
        evaluation_(evaluation),
        decision_(decision),
        locale_(locale),
        view_(view),
        citations_(IsFull() ? message_ : v1::Pathway::default_instance()),
        texts_(IsFull() ? std::make_optional<LocalizedTexts>(message_, locale)
                        : std::nullopt) {}

  std::string Encode() {
    WireWriter writer;
    AddHead(writer);
    AddCertainty(writer);
    for (const int flag : decision_.flags) {
      writer.AddElement(v1::Decision::kFlagsFieldNumber, pathway_.flags[flag]);
    }
    AddRules(writer);
    AddScores(writer);
    AddGuidance(writer);
    AddSigns(writer);
    if (IsFull()) AddTexts(writer);
    return writer.Take();
  }

 private:
  bool IsFull() const { return view_ == DecisionView::kFull; }

  void AddHead(WireWriter& writer) {
    using Message = v1::Decision;
    writer.AddInteger(Message::kDecisionFormatFieldNumber, kDecisionFormat);
    writer.AddString(Message::kReleaseDigestFieldNumber, pathway_.digest);
    writer.AddString(Message::kPathwayIdFieldNumber, pathway_.pathway_id);
    writer.AddString(Message::kLocaleFieldNumber, locale_);
    writer.AddInteger(Message::kViewFieldNumber, Number(view_));
    writer.AddInteger(Message::kDispositionFieldNumber,
                      Number(decision_.disposition));
  }

  void AddCertainty(WireWriter& writer) {
    using Message = v1::Decision;
    writer.AddInteger(
        Message::kCertaintyFieldNumber,
        decision_.final ? v1::CERTAINTY_FINAL : v1::CERTAINTY_PROVISIONAL);
    for (const int rule : decision_.provisional_rules) {
      writer.AddElement(Message::kProvisionalReasonsFieldNumber,
                        EncodeUndecidedReason(rule));
    }
    for (const int policy : decision_.raising_policies) {
      writer.AddElement(Message::kProvisionalReasonsFieldNumber,
                        EncodePolicyReason(decision_.policies[policy]));
    }
    for (const int item : decision_.possible_policies) {
      writer.AddElement(Message::kProvisionalReasonsFieldNumber,
                        EncodePossiblePolicyReason(item));
    }
    writer.AddInteger(Message::kMostUrgentPossibleFieldNumber,
                      Number(decision_.most_urgent_possible));
  }

  std::string EncodeUndecidedReason(int rule) {
    using Message = v1::ProvisionalReason;
    WireWriter writer;
    writer.AddInteger(Message::kKindFieldNumber, Message::KIND_RULE_UNDECIDED);
    writer.AddString(Message::kRuleIdFieldNumber, pathway_.rules[rule].rule_id);
    AddUnknownItems(writer, Message::kItemsFieldNumber, ItemsBehindRule(rule));
    return writer.Take();
  }

  std::string EncodePolicyReason(const AppliedPolicy& policy) {
    using Message = v1::ProvisionalReason;
    WireWriter writer;
    writer.AddInteger(Message::kKindFieldNumber, Message::KIND_POLICY_RAISED);
    if (policy.rule >= 0) {
      writer.AddString(Message::kRuleIdFieldNumber,
                       pathway_.rules[policy.rule].rule_id);
    }
    AddUnknownItems(writer, Message::kItemsFieldNumber,
                    ItemsBehindPolicy(policy));
    return writer.Take();
  }

  std::string EncodePossiblePolicyReason(int item) {
    using Message = v1::ProvisionalReason;
    std::vector<int> items = UnknownItemsBehind(
        pathway_, intake_, evaluation_, *pathway_.items[item].enable_when);
    items.insert(std::lower_bound(items.begin(), items.end(), item), item);
    WireWriter writer;
    writer.AddInteger(Message::kKindFieldNumber, Message::KIND_POLICY_POSSIBLE);
    AddUnknownItems(writer, Message::kItemsFieldNumber, items);
    return writer.Take();
  }

  void AddRules(WireWriter& writer) {
    for (const int rule : decision_.fired_rules) {
      writer.AddElement(v1::Decision::kFiredRulesFieldNumber,
                        EncodeFiredRule(rule));
    }
    for (const int rule : decision_.undecided_rules) {
      writer.AddElement(v1::Decision::kUndecidedRulesFieldNumber,
                        EncodeUndecidedRule(rule));
    }
    for (const AppliedPolicy& policy : decision_.policies) {
      writer.AddElement(v1::Decision::kAppliedPoliciesFieldNumber,
                        EncodePolicy(policy));
    }
  }

  std::string EncodeFiredRule(int rule) {
    using Message = v1::FiredRule;
    const v1::Rule& source = message_.rules(rule);
    WireWriter writer;
    writer.AddString(Message::kRuleIdFieldNumber, source.rule_id());
    writer.AddInteger(Message::kDispositionFieldNumber, source.disposition());
    writer.AddString(Message::kFlagFieldNumber, source.flag());
    if (IsFull()) {
      writer.AddString(
          Message::kRationaleFieldNumber,
          Text(absl::StrCat("rules/", source.rule_id(), "/rationale"),
               source.rationale()));
    }
    AddIds(writer, Message::kSourcesFieldNumber, source.sources());
    if (IsFull()) {
      for (const absl::string_view citation :
           citations_.Behind(source.sources())) {
        writer.AddElement(Message::kCitationsFieldNumber, citation);
      }
    }
    return writer.Take();
  }

  std::string EncodeUndecidedRule(int rule) {
    using Message = v1::UndecidedRule;
    const v1::Rule& source = message_.rules(rule);
    WireWriter writer;
    writer.AddString(Message::kRuleIdFieldNumber, source.rule_id());
    writer.AddInteger(Message::kDispositionFieldNumber, source.disposition());
    writer.AddString(Message::kFlagFieldNumber, source.flag());
    AddUnknownItems(writer, Message::kItemsFieldNumber, ItemsBehindRule(rule));
    return writer.Take();
  }

  std::string EncodePolicy(const AppliedPolicy& policy) {
    using Message = v1::AppliedPolicy;
    WireWriter writer;
    writer.AddInteger(Message::kAtLeastFieldNumber, Number(policy.at_least));
    writer.AddString(Message::kFlagFieldNumber, pathway_.flags[policy.flag]);
    if (policy.item >= 0) {
      writer.AddString(Message::kLinkIdFieldNumber,
                       pathway_.items[policy.item].link_id);
    } else {
      writer.AddString(Message::kRuleIdFieldNumber,
                       pathway_.rules[policy.rule].rule_id);
    }
    AddUnknownItems(writer, Message::kItemsFieldNumber,
                    ItemsBehindPolicy(policy));
    if (IsFull() && policy.item >= 0) {
      const v1::Item& item = message_.items(policy.item);
      writer.AddString(
          Message::kRationaleFieldNumber,
          Text(absl::StrCat("items/", item.link_id(), "/if_unknown/rationale"),
               item.if_unknown().rationale()));
    }
    return writer.Take();
  }

  void AddScores(WireWriter& writer) {
    for (int i = 0; i < static_cast<int>(pathway_.scores.size()); ++i) {
      if (evaluation_.scores[i].present != Truth::kTrue) continue;
      writer.AddElement(v1::Decision::kScoresFieldNumber, EncodeScore(i));
    }
  }

  std::string EncodeScore(int score) {
    using Message = v1::ScoreResult;
    const v1::Score& source = message_.scores(score);
    const ScoreValue& value = evaluation_.scores[score];
    WireWriter writer;
    writer.AddString(Message::kNameFieldNumber, source.name());
    writer.AddDouble(Message::kMinimumFieldNumber, value.minimum);
    writer.AddDouble(Message::kMaximumFieldNumber, value.maximum);
    AddBand(writer, Message::kBandFieldNumber, source, value.band);
    writer.AddBool(Message::kCompleteFieldNumber, value.complete);
    writer.AddBool(Message::kValidatedFieldNumber, source.validated());
    if (IsFull()) {
      writer.AddString(Message::kTitleFieldNumber,
                       Text(absl::StrCat("scores/", source.name(), "/title"),
                            source.title()));
      AddBandLabel(writer, Message::kBandLabelFieldNumber, source, value.band);
    }
    writer.AddString(Message::kInstrumentIdFieldNumber, source.instrument_id());
    if (value.estimate.has_value()) {
      writer.AddElement(Message::kEstimateFieldNumber,
                        EncodeEstimate(source, *value.estimate));
    }
    return writer.Take();
  }

  std::string EncodeEstimate(const v1::Score& source,
                             const ScoreEstimate& estimate) {
    using Message = v1::ScoreEstimate;
    WireWriter writer;
    writer.AddDouble(Message::kValueFieldNumber, estimate.value);
    writer.AddInteger(Message::kUnansweredFieldNumber, estimate.unanswered);
    AddBand(writer, Message::kBandFieldNumber, source, estimate.band);
    if (IsFull()) {
      AddBandLabel(writer, Message::kBandLabelFieldNumber, source,
                   estimate.band);
    }
    return writer.Take();
  }

  // Adds the code of the band with this index; -1: there is none.
  void AddBand(WireWriter& writer, int field, const v1::Score& source,
               int band) {
    if (band < 0) return;
    writer.AddString(field, BandsOf(message_, source)[band].code());
  }

  // Adds the words of the band with this index; -1: there are none.
  void AddBandLabel(WireWriter& writer, int field, const v1::Score& source,
                    int band) {
    if (band < 0) return;
    const v1::Band& named = BandsOf(message_, source)[band];
    writer.AddString(field, Text(absl::StrCat("scores/", source.name(),
                                              "/bands/", named.code()),
                                 named.label()));
  }

  void AddGuidance(WireWriter& writer) {
    for (const int record : decision_.shown) {
      writer.AddElement(v1::Decision::kGuidanceFieldNumber,
                        EncodeShown(message_.guidance(record)));
    }
    for (const WithheldGuidance& withheld : decision_.withheld) {
      writer.AddElement(v1::Decision::kWithheldGuidanceFieldNumber,
                        EncodeWithheld(withheld));
    }
  }

  std::string EncodeShown(const v1::GuidanceRecord& record) {
    using Message = v1::ShownGuidance;
    WireWriter writer;
    writer.AddString(Message::kGuidanceIdFieldNumber, record.guidance_id());
    writer.AddInteger(Message::kRevisionFieldNumber, record.revision());
    writer.AddInteger(Message::kKindFieldNumber, record.kind());
    writer.AddInteger(Message::kAudienceFieldNumber, record.audience());
    if (IsFull()) {
      const v1::GuidanceText& text = texts_->Find(record);
      writer.AddString(Message::kTitleFieldNumber, text.title());
      writer.AddString(Message::kBodyFieldNumber, text.body());
    }
    AddIds(writer, Message::kSourcesFieldNumber, record.sources());
    return writer.Take();
  }

  std::string EncodeWithheld(const WithheldGuidance& withheld) {
    using Message = v1::WithheldGuidance;
    WireWriter writer;
    writer.AddString(Message::kGuidanceIdFieldNumber,
                     pathway_.guidance[withheld.guidance].guidance_id);
    writer.AddInteger(Message::kReasonFieldNumber, Number(withheld.reason));
    for (const int gate : withheld.gates) {
      writer.AddElement(Message::kGateIdsFieldNumber,
                        pathway_.gates[gate].gate_id);
    }
    for (const int record : withheld.substitutes) {
      writer.AddElement(Message::kSubstituteGuidanceIdsFieldNumber,
                        pathway_.guidance[record].guidance_id);
    }
    if (!IsFull()) return writer.Take();
    for (const int gate : withheld.gates) {
      const v1::Gate& source = message_.gates(gate);
      writer.AddElement(
          Message::kRationalesFieldNumber,
          Text(absl::StrCat("gates/", source.gate_id(), "/rationale"),
               source.rationale()));
    }
    return writer.Take();
  }

  void AddSigns(WireWriter& writer) {
    using Message = v1::DecisionSign;
    for (const v1::EmergencySign& sign : message_.emergency_signs()) {
      WireWriter element;
      element.AddString(Message::kSignIdFieldNumber, sign.sign_id());
      if (IsFull()) {
        element.AddString(
            Message::kTextFieldNumber,
            Text(absl::StrCat("emergency_signs/", sign.sign_id(), "/text"),
                 sign.text()));
      }
      writer.AddElement(v1::Decision::kEmergencySignsFieldNumber,
                        element.Take());
    }
  }

  void AddTexts(WireWriter& writer) {
    for (const v1::DispositionText& text : message_.dispositions()) {
      if (text.disposition() != Number(decision_.disposition)) continue;
      writer.AddElement(v1::Decision::kDispositionTextFieldNumber,
                        EncodeDispositionText(text));
    }
    for (const std::string& key : texts_->untranslated()) {
      writer.AddElement(v1::Decision::kUntranslatedFieldNumber, key);
    }
  }

  std::string EncodeDispositionText(const v1::DispositionText& text) {
    using Message = v1::DispositionText;
    const std::string key =
        absl::StrCat("dispositions/", v1::Disposition_Name(text.disposition()));
    WireWriter writer;
    writer.AddInteger(Message::kDispositionFieldNumber, text.disposition());
    writer.AddString(Message::kTitleFieldNumber,
                     Text(absl::StrCat(key, "/title"), text.title()));
    writer.AddString(
        Message::kInstructionFieldNumber,
        Text(absl::StrCat(key, "/instruction"), text.instruction()));
    return writer.Take();
  }

  void AddUnknownItems(WireWriter& writer, int field,
                       const std::vector<int>& items) {
    using Message = v1::UnknownItem;
    for (const int item : items) {
      const bool open = intake_[item].state == SlotAnswer::State::kOpen;
      WireWriter element;
      element.AddString(Message::kLinkIdFieldNumber,
                        pathway_.items[item].link_id);
      element.AddInteger(Message::kStateFieldNumber,
                         open ? Message::STATE_OPEN : Message::STATE_CLOSED);
      writer.AddElement(field, element.Take());
    }
  }

  static void AddIds(WireWriter& writer, int field, const Ids& ids) {
    for (const std::string& id : ids) writer.AddElement(field, id);
  }

  // An undecided rule is named up to four times; its items are found once.
  const std::vector<int>& ItemsBehindRule(int rule) {
    const auto [found, is_new] = items_behind_rule_.try_emplace(rule);
    if (is_new) {
      found->second = UnknownItemsBehind(pathway_, intake_, evaluation_,
                                         pathway_.rules[rule].when);
    }
    return found->second;
  }

  std::vector<int> ItemsBehindPolicy(const AppliedPolicy& policy) {
    if (policy.item >= 0) return {policy.item};
    return ItemsBehindRule(policy.rule);
  }

  // In the full view only, as all words.
  absl::string_view Text(absl::string_view key, absl::string_view text) {
    return texts_->Find(key, text);
  }

  const CompiledPathway& pathway_;
  const v1::Pathway& message_;
  const Intake& intake_;
  const Evaluation& evaluation_;
  const Decision& decision_;
  const absl::string_view locale_;
  const DecisionView view_;
  const Citations citations_;
  std::optional<LocalizedTexts> texts_;  // In the full view.
  absl::flat_hash_map<int, std::vector<int>> items_behind_rule_;
};

}  // namespace

std::string ResolveLocale(const CompiledPathway& pathway,
                          absl::string_view requested) {
  while (!requested.empty()) {
    for (const std::string& offered : pathway.source->locales()) {
      if (absl::EqualsIgnoreCase(offered, requested)) return offered;
    }
    const std::size_t last_subtag = requested.rfind('-');
    if (last_subtag == absl::string_view::npos) break;
    requested = requested.substr(0, last_subtag);
  }
  return pathway.source->default_locale();
}

std::string EncodeDecision(const CompiledPathway& pathway, const Intake& intake,
                           const Evaluation& evaluation,
                           const Decision& decision, absl::string_view locale,
                           DecisionView view) {
  return DecisionEncoder(pathway, intake, evaluation, decision, locale, view)
      .Encode();
}

}  // namespace plumbline::pathway
