// Small mutations of the shipped pathway: those that the gate must refuse, each
// with its own reason, and those that nothing may refuse.

#ifndef PLUMBLINE_TESTS_CONTENT_SERVICE_GATE_BROKEN_PATHWAYS_H_
#define PLUMBLINE_TESTS_CONTENT_SERVICE_GATE_BROKEN_PATHWAYS_H_

#include <functional>
#include <ostream>
#include <string>
#include <vector>

#include "tests/content-service/gate/shipped_sources.h"

namespace plumbline::gate {

using Edit = std::function<void(ShippedSources&)>;

struct Mutation {
  std::string name;
  Edit edit;
  // A property, without the help of the cases; or "compile", "cases", "reach";
  // empty: nothing refuses it.
  std::string refused_by;
  // The first that is named: an element, the path of a fault, a case.
  std::string element;
};

// googletest prints a failing row by its name.
inline void PrintTo(const Mutation& row, std::ostream* out) {
  *out << row.name;
}

inline Edit Drop(const std::string& element) {
  return [=](ShippedSources& sources) { sources.Drop(element); };
}

inline Edit In(const std::string& element, const std::string& from,
               const std::string& to) {
  return [=](ShippedSources& sources) { sources.In(element, from, to); };
}

inline Edit Add(const std::string& file, const std::string& text) {
  return [=](ShippedSources& sources) { sources.Add(file, text); };
}

inline Edit Both(const Edit& first, const Edit& second) {
  return [=](ShippedSources& sources) {
    first(sources);
    second(sources);
  };
}

// The rule is as if it were not there, and nothing that names it is at fault.
inline Edit DropRule(const std::string& rule_id) {
  const std::string quoted = "\"" + rule_id + "\"";
  return Both(Drop("rules/" + rule_id), [=](ShippedSources& sources) {
    sources.ReplaceAll(quoted + ", ", "");
    sources.ReplaceAll(quoted + ",\n", "\n");
    sources.ReplaceAll(", " + quoted + "]", "]");
  });
}

inline Edit Weaken(const std::string& rule_id, const std::string& disposition) {
  return In("rules/" + rule_id, "disposition: DISPOSITION_EMERGENCY_NOW",
            "disposition: DISPOSITION_" + disposition);
}

inline std::vector<Mutation> DroppedEmergencyRules() {
  return {
      {"WithoutBladder", DropRule("R-E01"), "floors", "items/em.bladder"},
      {"WithoutBowel", DropRule("R-E02"), "floors", "items/em.bowel"},
      {"WithoutSaddle", DropRule("R-E03"), "floors", "items/em.saddle"},
      {"WithoutBothLegs", DropRule("R-E04"), "floors", "items/em.legs_both"},
      {"WithoutWeakLeg", DropRule("R-E05"), "floors", "items/em.leg_weak"},
      {"WithoutTrauma", DropRule("R-E06"), "floors", "items/em.trauma"},
      {"WithoutChest", DropRule("R-E07"), "floors", "items/em.chest"},
      {"WithoutBelly", DropRule("R-E08"), "floors", "items/em.abdo"},
      {"WithoutAneurysm", DropRule("R-E08b"), "invariants",
       "invariants/aaa_is_emergency"},
      {"WithoutCollapse", DropRule("R-E09"), "floors", "items/em.collapse"},
      {"WithoutJaw", DropRule("R-E10"), "floors", "items/em.jaw_spasm"},
      {"WithoutSpinalInfection", DropRule("R-E11"), "invariants",
       "invariants/spinal_infection_is_emergency"},
      {"WithoutHaematoma", DropRule("R-E12"), "invariants",
       "invariants/spinal_haematoma_is_emergency"},
      {"WithoutObstetric", DropRule("R-E13"), "invariants",
       "invariants/obstetric_is_emergency"},
      {"WithoutRenalColic", DropRule("R-E14"), "invariants",
       "invariants/renal_colic_is_emergency"},
      {"WithoutChild", DropRule("R-E21"), "invariants",
       "invariants/child_is_emergency"},
      {"WithoutPlanOfSelfHarm", DropRule("R-E15"), "floors",
       "items/psy.self_harm"},
      {"WithoutCannotWalk", DropRule("R-E16"), "invariants",
       "invariants/cannot_walk_neuro_is_emergency"},
      {"WithoutCancerAndNerves", DropRule("R-E17"), "invariants",
       "invariants/mscc_is_emergency"},
      {"WithoutHead", DropRule("R-E18"), "floors", "items/em.head"},
      {"WithoutSexualChangeAndLeg", DropRule("R-E19"), "invariants",
       "invariants/ces_sexual_plus_is_emergency"},
      {"WithoutOverdose", DropRule("R-E20"), "invariants",
       "invariants/overdose_is_emergency"},
  };
}

inline std::vector<Mutation> BrokenFloors() {
  return {
      {"OneBladderSignLeftOut",
       In("rules/R-E01", R"("leaking", "no_feeling")", R"("leaking")"),
       "floors", "items/em.bladder"},
      {"OneBowelSignLeftOut",
       In("rules/R-E02", R"("leaking", "no_feeling")", R"("no_feeling")"),
       "floors", "items/em.bowel"},
      {"NumbOnlyWithPain",
       In("rules/R-E03", R"("numb")", R"("numb" && pain.now >= 1)"), "floors",
       "items/em.saddle"},
      {"BothLegsOnlyOfAdults",
       In("rules/R-E04", R"("yes")", R"("yes" && pt.age >= 16)"), "floors",
       "items/em.legs_both"},
      {"AnotherLegOption", In("rules/R-E05", "worsening", "mild_steady"),
       "floors", "items/em.leg_weak"},
      {"TraumaIsSameDay", Weaken("R-E06", "SAME_DAY"), "floors",
       "items/em.trauma"},
      {"CollapseIsWithinDays", Weaken("R-E09", "WITHIN_DAYS"), "floors",
       "items/em.collapse"},
      {"SevereBellyPainLeftOut",
       In("rules/R-E08", R"("severe", )", R"("mild", )"), "floors",
       "items/em.abdo"},
      {"PlanWithoutDisposition", Weaken("R-E15", "ROUTINE"), "floors",
       "items/psy.self_harm"},
      {"WithoutFootDrop", DropRule("R-S01"), "floors", "items/em.leg_weak"},
      {"WithoutCannotStand", DropRule("R-S02"), "floors",
       "items/em.stand_walk"},
      {"WithoutSexualChange", DropRule("R-S05"), "floors", "items/em.saddle"},
      {"WithoutThoughtsOfSelfHarm", DropRule("R-S16"), "floors",
       "items/psy.self_harm"},
      {"UnsureOfSelfHarmLeftOut", In("rules/R-S16", R"(, "unsure")", ""),
       "floors", "items/psy.self_harm"},
      {"WithoutMildWeakness", DropRule("R-D01"), "floors", "items/em.leg_weak"},
      {"FloorThatNoRuleGives",
       In("items/em.trauma", "a jolt\"",
          "a jolt\" at_least: "
          "DISPOSITION_SAME_DAY"),
       "floors", "items/em.trauma"},
      {"HigherFloorThanTheRule",
       In("items/em.stand_walk", "at_least: DISPOSITION_SAME_DAY",
          "at_least: DISPOSITION_EMERGENCY_NOW"),
       "floors", "items/em.stand_walk"},
  };
}

inline std::vector<Mutation> BrokenInvariants() {
  return {
      {"NegatedFlag", In("invariants/ces_is_emergency", "!ces", "ces"),
       "invariants", "invariants/ces_is_emergency"},
      {"AnotherDisposition",
       In("invariants/ces_is_emergency", "EMERGENCY_NOW", "SAME_DAY"),
       "invariants", "invariants/ces_is_emergency"},
      {"AndForOrInARule",
       In("rules/R-E11", "sx.rigors) || (", "sx.rigors) && ("), "invariants",
       "invariants/spinal_infection_is_emergency"},
      {"RigorsLeftOut",
       In("rules/R-E11", "(fever || temp_low || sx.rigors)",
          "(fever || fever_low)"),
       "invariants", "invariants/spinal_infection_is_emergency"},
      {"OnlyMotorOnBloodThinners", In("rules/R-E12", "neuro", "motor"),
       "invariants", "invariants/spinal_haematoma_is_emergency"},
      {"NegatedSigns",
       In("rules/R-E13", "&& pt.preg_signs\"", "&& !pt.preg_signs\""),
       "invariants", "invariants/obstetric_is_emergency"},
      {"RenalColicOffByOne", In("rules/R-E14", "pain.now >= 7", "pain.now > 7"),
       "invariants", "invariants/renal_colic_is_emergency"},
      {"RenalColicTurnedRound",
       In("rules/R-E14", "pain.now >= 7", "pain.now <= 7"), "invariants",
       "invariants/renal_colic_is_emergency"},
      {"AneurysmOffByOneStep",
       In("rules/R-E08b", "pain.duration_days <= 14.0",
          "pain.duration_days < 14.0"),
       "invariants", "invariants/aaa_is_emergency"},
      {"NewAreaLeftOutOfAneurysm",
       In("rules/R-E08b", R"(pain.trend in ["worse", ')",
          R"(pain.trend in [')"),
       "invariants", "invariants/aaa_is_emergency"},
      {"AnotherWayToStand", In("rules/R-E16", "cannot", "with_difficulty"),
       "invariants", "invariants/cannot_walk_neuro_is_emergency"},
      {"CancerOnlyWithMotor", In("rules/R-E17", "neuro", "motor"), "invariants",
       "invariants/mscc_is_emergency"},
      {"NumbLegLeftOut", In("rules/R-E19", "pain.leg_numb || ", ""),
       "invariants", "invariants/ces_sexual_plus_is_emergency"},
      {"UnsureLeftOutOfOverdose", In("rules/R-E20", R"(["unsure", )", "["),
       "invariants", "invariants/overdose_is_emergency"},
      {"OverdoseIsSameDay", Weaken("R-E20", "SAME_DAY"), "invariants",
       "invariants/overdose_is_emergency"},
      {"HandsLeftOutOfNerves", In("definitions/neuro", " || sx.hands", ""),
       "invariants", "invariants/spinal_infection_is_emergency"},
      {"MildLeftOutOfMotor", In("definitions/motor", R"("mild_steady", )", ""),
       "invariants", "invariants/spinal_infection_is_emergency"},
      {"HighFeverTooHigh", In("definitions/fever_high", "101.0", "102.0"),
       "invariants", "invariants/spinal_infection_is_emergency"},
      {"LowFeverOffByOneStep",
       In("definitions/fever_low", ">= 100.4", "> 100.4"), "invariants",
       "invariants/spinal_infection_is_emergency"},
      {"DiabetesLeftOut",
       In("definitions/infection_risk", R"( || "diabetes" in hx.conditions)",
          ""),
       "invariants", "invariants/spinal_infection_is_emergency"},
      {"AndForOrInADefinition",
       In("definitions/neuro", "motor || ces", "motor && ces"), "invariants",
       "invariants/spinal_infection_is_emergency"},
      {"LatePregnancyLeftOut",
       In("definitions/pregnant", R"("under_20w", "from_20w")",
          R"("under_20w")"),
       "invariants", "invariants/obstetric_is_emergency"},
      {"FeverIsBothFevers", In("definitions/fever", "||", "&&"), "invariants",
       "invariants/spinal_infection_is_emergency"},
  };
}

inline std::vector<Mutation> BrokenOrders() {
  const auto reverse = [](const std::string& item, const std::string& better,
                          const std::string& worse) {
    return Both(In(item, "levels { codes: [\"" + better + "\"] }",
                   "levels { codes: [] }"),
                Both(In(item, "levels { codes: [\"" + worse + "\"] }",
                        "levels { codes: [\"" + better + "\"] }"),
                     In(item, "levels { codes: [] }",
                        "levels { codes: [\"" + worse + "\"] }")));
  };
  return {
      {"NoIsWorseThanYes", reverse("items/em.legs_both", "no", "yes"),
       "monotone", "items/em.legs_both"},
      {"FootDropAboveWorsening",
       reverse("items/em.leg_weak", "foot_drop", "worsening"), "monotone",
       "items/em.leg_weak"},
      {"SexualChangeAboveNumb",
       reverse("items/em.saddle", "sexual_change", "numb"), "monotone",
       "items/em.saddle"},
      {"ThoughtsAbovePlan", reverse("items/psy.self_harm", "thoughts", "plan"),
       "monotone", "items/psy.self_harm"},
      {"LessPainIsWorse",
       In("items/pain.now", "DIRECTION_UP", "DIRECTION_DOWN"), "monotone",
       "items/pain.now"},
      {"LowTemperatureIsWorse",
       In("items/sx.temp_f", "DIRECTION_UP", "DIRECTION_DOWN"), "monotone",
       "items/sx.temp_f"},
      {"OneRuleLeftOutOfAnException", In("items/pt.age", R"("R-D14",)", ""),
       "monotone", "items/pt.age"},
      {"LastRuleLeftOutOfAnException",
       In("items/pain.duration_days", R"(, "R-D12")", ""), "monotone",
       "items/pain.duration_days"},
      {"ExceptionThatIsNotNeeded",
       In("items/pt.age", R"("R-S10",)", R"("R-S09", "R-S10",)"), "monotone",
       "items/pt.age"},
      {"ExceptionWhereThereIsNone",
       In("items/pain.now", "direction: DIRECTION_UP",
          "direction: DIRECTION_UP exceptions { rule_ids: [\"R-D07\"] "
          "reason: \"A test.\" }"),
       "monotone", "items/pain.now"},
      {"AnotherLegThanBelowTheKnee",
       In("rules/R-D02", "below_knee", "above_knee"), "monotone",
       "items/pain.leg"},
      {"OccasionalForFrequent", In("rules/R-R03", "frequent", "occasional"),
       "monotone", "items/pain.recur"},
      {"NightPainThatSettles",
       In("rules/R-D04", "constant_unrelieved", "wakes_settles"), "monotone",
       "items/sx.night"},
      {"NoWeightLoss", In("rules/R-D03", "sx.weight_loss", "!sx.weight_loss"),
       "monotone", "items/sx.weight_loss"},
      {"NoCancer",
       In("rules/R-D05", R"('"cancer" in hx.conditions')",
          R"('!("cancer" in hx.conditions)')"),
       "monotone", "items/hx.conditions"},
      {"SeverePainTurnedRound", In("rules/R-D07", ">= 7", "<= 7"), "monotone",
       "items/pain.now"},
      {"LastingPainTurnedRound",
       In("rules/R-R01", "pain.duration_days > 7.0",
          "pain.duration_days < 7.0"),
       "monotone", "items/pain.duration_days"},
      {"ImpactTurnedRound", In("rules/R-R13", ">= 7.0", "<= 7.0"), "monotone",
       "items/impact.pain"},
      {"MoodTurnedRound",
       In("rules/R-R05", "score.mood >= 3", "score.mood <= 3"), "monotone",
       "items/mood.interest"},
      {"BetterForNotBetter", In("rules/R-D11", "!(pain", "(pain"), "monotone",
       "items/pain.trend"},
      {"HighFeverTurnedRound",
       In("definitions/fever_high", "sx.temp_f > 101.0", "sx.temp_f < 101.0"),
       "monotone", "items/sx.temp_f"},

      {"ImpactAskedTooSoon",
       [](ShippedSources& sources) {
         sources.ReplaceAll("pain.duration_days >= 7.0\"",
                            "pain.duration_days <= 7.0\"");
       },
       "monotone", "items/pain.duration_days"},
      {"SelfHarmAskedOfTheCalm",
       In("items/psy.self_harm", "score.mood >= 2", "score.mood <= 2"),
       "monotone", "items/mood.interest"},
      {"OveruseAskedOfThoseWhoTookNone",
       In("items/med.over", R"('!("none" in med.taken)')",
          R"('"none" in med.taken')"),
       "monotone", "items/med.taken"},
      {"SameDayForADayLess",
       In("rules/R-D08", "\"urinary\"", R"('"none" in sx.urine')"), "monotone",
       "items/sx.urine"},
  };
}

// Without its `if_unknown`.
inline Edit DropPolicy(const std::string& link_id) {
  return [=](ShippedSources& sources) {
    std::string& file = sources.File("questionnaire.txtpb");
    const std::size_t item = file.find("link_id: \"" + link_id + "\"");
    const std::size_t begin = file.find("  if_unknown {", item);
    const std::size_t end = file.find("  worse {", item);
    ASSERT_LT(begin, end) << link_id << " has no if_unknown";
    file.erase(begin, end - begin);
  };
}

inline std::vector<Mutation> BrokenPolicies() {
  return {
      {"NothingForAnUnknownDuration", DropPolicy("pain.duration_days"),
       "unknown-is-safe", "items/pain.duration_days"},
      {"NothingForUnansweredSelfHarm", DropPolicy("psy.self_harm"),
       "unknown-is-safe", "items/psy.self_harm"},
      {"LessForUnansweredSelfHarm",
       In("items/psy.self_harm", "at_least: DISPOSITION_SAME_DAY\n    flag",
          "at_least: DISPOSITION_ROUTINE\n    flag"),
       "unknown-is-safe", "items/psy.self_harm"},
      {"LessForAnUnknownDuration",
       In("items/pain.duration_days", "at_least: DISPOSITION_WITHIN_DAYS",
          "at_least: DISPOSITION_ROUTINE"),
       "unknown-is-safe", "items/pain.duration_days"},
      {"BlankTemperatureReassures",
       In("definitions/fever_high", "(has(sx.temp_f) && sx.temp_f > 101.0)'",
          "(has(sx.temp_f) && (sx.temp_f > 101.0 || sx.temp_f <= 101.0))'"),
       "unknown-is-safe", "items/sx.temp_f"},
      {"EveryPlaceButABlank",
       In("rules/R-R11", R"('pain.site == "between_shoulders"')",
          R"('pain.site in ["neck", "between_shoulders", "mid", "low", )"
          R"("several"]')"),
       "unknown-is-safe", "items/pain.site"},
      {"EveryMedicineButABlank",
       In("rules/R-S12", "has(med.over) && med.over",
          "(has(med.over) && (med.over || !med.over)) || 'none' in med.taken"),
       "unknown-is-safe", "items/med.taken"},
  };
}

inline std::vector<Mutation> MissingGuards() {
  return {
      {"NoGuardOfSelfHarm",
       In("rules/R-E20", "med.over && has(psy.self_harm) && ", "med.over && "),
       "no-error", "rules/R-E20"},
      {"NoGuardOfWorry", In("rules/R-R05", "has(score.worry) && ", ""),
       "no-error", "rules/R-R05"},
      {"NoGuardOfHighFever",
       In("definitions/fever_high", "has(sx.temp_f) && ", ""), "no-error",
       "definitions/fever_high"},
      {"NoGuardOfLowFever",
       In("definitions/fever_low", "has(sx.temp_f) && ", ""), "no-error",
       "definitions/fever_low"},
      {"NoGuardInAGate",
       In("gates/nsaid_ask_first", "has(pt.pregnant) && ", ""), "no-error",
       "gates/nsaid_ask_first"},
      {"NoGuardInAnInvariant",
       In("invariants/spinal_infection_is_emergency", "has(sx.temp_f) && ", ""),
       "no-error", "invariants/spinal_infection_is_emergency"},
      {"AnotherGuardOfMood",
       In("items/psy.self_harm", "has(score.mood)", "pt.age >= 10"), "no-error",
       "items/psy.self_harm"},
      {"AnotherGuardInARecord",
       In("guidance/crisis", "has(psy.self_harm)", "has(score.mood)"),
       "no-error", "guidance/crisis"},
      {"GuardThatIsTurnedRound",
       In("rules/R-E15", "has(psy.self_harm) &&", "has(psy.self_harm) ||"),
       "no-error", "rules/R-E15"},
  };
}

inline std::vector<Mutation> WithoutInfluence() {
  return {
      {"ItemThatIsAskedOfNobody",
       In("items/pt.pregnant", "pt.age >= 10 && pt.age <= 60",
          "pt.age >= 60 && pt.age <= 10"),
       "influence", "items/pt.pregnant"},
      {"LastItemThatIsAskedOfNobody",
       In("items/pain.inflam", "pain.duration_days > 90.0",
          "pain.duration_days > 90.0 && pain.duration_days < 90.0"),
       "influence", "items/pain.inflam"},
      {"RuleThatIsNeverTrue",
       In("rules/R-D13", "\"sx.shape\"", "\"sx.shape && !sx.shape\""),
       "influence", "rules/R-D13"},
      {"RuleBeyondTheRange", In("rules/R-R02b", "> 42.0", "> 20000.0"),
       "influence", "rules/R-R02b"},
      {"RuleInAShadow",
       In("rules/R-D08", "\"urinary\"", "\"urinary && fever\""), "influence",
       "rules/R-D08"},
      {"RuleInTheShadowOfAnEmergency",
       In("rules/R-S08", "\"sx.hands\"", "\"sx.hands && sx.rigors\""),
       "influence", "rules/R-S08"},
      {"RecordThatIsNeverShown",
       In("guidance/cold", "pain.duration_days <= 3.0",
          "pain.duration_days < 0.0"),
       "influence", "guidance/cold"},
      {"RecordThatItsGateAlwaysWithholds",
       In("guidance/exercise-ball", "pt.age < 65", "pt.age < 18"), "influence",
       "guidance/exercise-ball"},
      {"RecordThatNothingNames",
       In("rules/R-E08b", R"(guidance_ids: ["urgent-aaa"])",
          R"(guidance_ids: ["urgent-abdo-severe"])"),
       "influence", "guidance/urgent-aaa"},
      {"RecordOfOtherDispositions",
       In("guidance/child-today", "[DISPOSITION_SAME_DAY]",
          "[DISPOSITION_WITHIN_DAYS]"),
       "influence", "guidance/child-today"},
      {"BandBetweenTwoValues",
       In("scores/impact", "minimum: 0 maximum: 7 }",
          "minimum: 0 maximum: 6.7 }\n  bands { code: \"between\" label: "
          "\"Between\" minimum: 6.7 maximum: 7 }"),
       "influence", "scores/impact"},
      {"OptionThatNothingReads",
       In("items/em.abdo",
          "    informational:\n"
          "      \"Alone it asks for nothing. It keeps mild belly pain from "
          "being called \"\n"
          "      \"severe.\"\n",
          ""),
       "influence", "items/em.abdo"},
      {"NewOptionThatNothingReads",
       In("items/sx.night", "  worse {",
          "  options { code: \"other\" text: \"Other\" }\n  worse {"),
       "influence", "items/sx.night"},
      {"ConditionThatNoGateReads",
       Both(
           In("gates/nsaid_ask_first", R"("ulcer" in hx.conditions || )", ""),
           In("definitions/nsaid_risk", R"("ulcer" in hx.conditions || )", "")),
       "influence", "items/hx.conditions"},
      {"NightPainThatNothingReads",
       In("rules/R-D14", R"('["wakes_settles", )", "'["), "influence",
       "items/sx.night"},
      {"BooleanThatNothingReads",
       Both(DropRule("R-D03"), In("rules/R-S07", "sx.weight_loss || ", "")),
       "influence", "items/sx.weight_loss"},
      {"GateThatNeverWithholds",
       In("gates/under_18", "pt.age < 18", "pt.age < 18 && pt.age >= 18"),
       "influence", "gates/under_18"},
  };
}

inline std::vector<Mutation> BrokenGuidance() {
  return {
      {"RecordsThatContradict",
       In("gates/pregnancy_position", R"(, "supine")", ""), "guidance",
       "guidance/comfort-position"},
      {"ColdAndHeatTogether",
       In("guidance/cold", R"(excludes: ["cold-skin-check"])",
          R"(excludes: ["cold-skin-check", "heat"])"),
       "guidance", "guidance/cold"},
      {"SubstituteThatIsAlwaysShown",
       In("guidance/one-nsaid", "order:", "show_when: \"true\"\norder:"),
       "guidance", "guidance/nsaid"},
      {"WarningBesideWhatItWarnsOf",
       In("guidance/total-dose",
          "order:", "show_when: \"pain.now >= 7\"\norder:"),
       "guidance", "guidance/acetaminophen"},
      {"NothingForSameDay",
       [](ShippedSources& sources) {
         sources.Drop("guidance/same-day");
         sources.In("guidance/comfort-position", ",\n  DISPOSITION_SAME_DAY",
                    "");
       },
       "guidance", "dispositions/SAME_DAY"},
  };
}

inline std::vector<Mutation> BrokenTexts() {
  return {
      {"NotReviewedInTime", In("guidance/heat", "2027-05-31", "2026-05-31"),
       "texts", "guidance/heat"},
      {"TextThatNobodyUnderstands",
       In("guidance/self-care", "- Watch for the emergency signs.",
          "- Notwithstanding considerable individual variability, "
          "conservative musculoskeletal rehabilitation necessitates "
          "progressive mobilisation incorporating proprioceptive "
          "neuromuscular facilitation."),
       "texts", "guidance/self-care"},
      {"InstructionThatNobodyUnderstands",
       In("dispositions/DISPOSITION_ROUTINE", "Book a visit in the next",
          "Arrange an appropriate multidisciplinary consultation within"),
       "texts", "dispositions/DISPOSITION_ROUTINE"},
  };
}

inline std::vector<Mutation> Malformed() {
  return {
      {"OptionThatDoesNotExist", In("rules/R-E03", "numb", "num"), "compile",
       "rules[R-E03].when"},
      {"ItemThatDoesNotExist", In("rules/R-E07", "em.chest", "em.chests"),
       "compile", "rules[R-E07].when"},
      {"BoundOutsideItsRange", In("rules/R-D07", ">= 7", ">= 70"), "compile",
       "rules[R-D07].when"},
      {"ConditionThatIsANumber",
       In("rules/R-R07", "\"pregnant\"", "\"pain.now\""), "compile",
       "rules[R-R07].when"},
      {"NoGuardAtAll", In("rules/R-E15", "has(psy.self_harm) && ", ""),
       "compile", "rules[R-E15].when"},
      {"EmergencyItemWithALesserPolicy",
       In("items/em.head", "at_least: DISPOSITION_SAME_DAY",
          "at_least: DISPOSITION_WITHIN_DAYS"),
       "compile", "items[em.head].if_unknown"},
      {"EmergencyItemThatIsNotAlwaysAsked",
       In("items/em.head", "emergency: true",
          "emergency: true\n  enable_when: \"pt.age >= 16\""),
       "compile", "items[em.head].enable_when"},
      {"EmergencyRuleWithoutPolicy",
       In("rules/R-E15", "on_unknown { ask: true }", ""), "compile",
       "rules[R-E15].on_unknown"},
      {"OrderOfAnotherType",
       In("items/sx.hands", "true_is_worse: true", "direction: DIRECTION_UP"),
       "compile", "items[sx.hands].worse.direction"},
      {"ItemThatWaitsForItself",
       In("items/pt.pregnant", "pt.age >= 10", "has(pt.preg_signs)"), "compile",
       "items[pt.pregnant].enable_when"},
      {"RuleWithoutSource",
       In("rules/R-S08", R"(sources: ["E-REG-03", "local-cord-practice"])", ""),
       "compile", "rules[R-S08].sources"},
      {"SubstituteThatAGateWithholds",
       In("guidance/one-nsaid", "order:", "tags: [\"nsaid\"]\norder:"),
       "compile", "gates[nsaid_taken].substitute_guidance_id"},
      {"DispositionWithoutWords", Drop("dispositions/DISPOSITION_ROUTINE"),
       "compile", "dispositions"},
      {"RecordThatIsMissing", Drop("guidance/urgent-chest"), "compile",
       "rules[R-E07].guidance_ids[0]"},

  };
}

// What no proof sees: nothing but a case says what is meant.
inline std::vector<Mutation> SeenByCasesAlone() {
  return {
      {"FeverIsRoutine",
       In("rules/R-S03", "disposition: DISPOSITION_SAME_DAY",
          "disposition: DISPOSITION_ROUTINE"),
       "cases", "BOUND-079"},
      {"TwelveHoursAreADay", In("rules/R-D07", "> 0.5", "> 1.0"), "cases",
       "REACH-012"},
      {"FiftyIsFiftyOne", In("rules/R-R06", "pt.age >= 50", "pt.age > 50"),
       "cases", "REACH-163"},
      {"ChildIsRoutine",
       In("rules/R-S10", "disposition: DISPOSITION_SAME_DAY",
          "disposition: DISPOSITION_ROUTINE"),
       "cases", "BOUND-015"},
      {"NsaidBesideKidneyDisease",
       In("gates/nsaid_ask_first", R"("kidney" in ')", R"("cancer" in ')"),
       "cases", "BOUND-052"},
      {"UndecidedEmergencyIsIgnored",
       In("rules/R-E11",
          "escalate { at_least: DISPOSITION_SAME_DAY flag: \"SAFETY_UNKNOWN\" "
          "}",
          "ignore: \"A test.\""),
       "cases", "REACH-210"},
      {"UndecidedEmergencyWaits",
       In("rules/R-E12",
          "escalate { at_least: DISPOSITION_SAME_DAY flag: \"SAFETY_UNKNOWN\" "
          "}",
          "ask: true"),
       "cases", "REACH-212"},
      {"UndecidedEmergencyIsRoutine",
       In("rules/R-E14", "at_least: DISPOSITION_SAME_DAY",
          "at_least: DISPOSITION_ROUTINE"),
       "cases", "REACH-214"},
      {"FewSignsForMany", In("rules/R-R04", ">= 3", "<= 3"), "cases",
       "REACH-156"},
      {"AneurysmOffByAYear", In("rules/R-E08b", "pt.age >= 60", "pt.age > 60"),
       "cases", "REACH-030"},
      {"SmokerAndVascular", In("definitions/vasc_risk", "||", "&&"), "cases",
       "REACH-031"},
      {"NothingForUnknownConditions", DropPolicy("hx.conditions"), "cases",
       "REACH-227"},
      {"NothingForAnUnknownAge", DropPolicy("pt.age"), "cases", "REACH-228"},
      {"GuidanceForSameDayDropped", Drop("guidance/same-day"), "cases",
       "cases[REACH-001].must_not_show[1]"},
      {"RuleThatNoCaseReaches",
       Add("rules.txtpb",
           "rules {\n  rule_id: \"R-R99\"\n  when: 'pain.site == \"several\" "
           "&& sx.rash && pt.age == 77'\n"
           "  disposition: DISPOSITION_ROUTINE\n  flag: \"SEVERAL\"\n"
           "  rationale: \"Pain in several places should be looked at.\"\n"
           "  sources: [\"local-caution\"]\n}\n"),
       "reach", "R-R99"},
  };
}

// What may be changed.
inline std::vector<Mutation> Harmless() {
  return {
      {"OtherReason",
       In("rules/R-E07", "This needs help now.", "Get help now."), "", ""},
      {"OtherTitle",
       [](ShippedSources& sources) {
         sources.ReplaceAll("title: \"Back pain and back spasm\"",
                            "title: \"Back pain\"");
       },
       "", ""},
      {"OtherQuestion",
       In("items/pain.now", "How bad is the pain now?", "How bad is it now?"),
       "", ""},
      {"OtherOrderOfRules",
       [](ShippedSources& sources) { sources.MoveToEnd("rules/R-E01"); }, "",
       ""},
      {"OtherOrderOfInvariants",
       [](ShippedSources& sources) {
         sources.MoveToEnd("invariants/ces_is_emergency");
       },
       "", ""},
      {"AnotherSource",
       Add("sources.txtpb",
           "sources {\n  source_id: \"another-book\"\n  kind: "
           "SOURCE_KIND_LOCAL\n  citation: \"A book.\"\n  note: \"A test.\"\n"
           "}\n"),
       "", ""},
      {"AnotherNameOfAFlag",
       [](ShippedSources& sources) {
         sources.ReplaceAll("\"CES_BLADDER\"", "\"CES_URINE\"");
       },
       "", ""},
      {"AnotherNameOfADefinition",
       [](ShippedSources& sources) {
         sources.ReplaceAll("vasc_risk", "vessel_risk");
       },
       "", ""},
      {"AnotherStatementThatHolds",
       Add("invariants.txtpb",
           "invariants {\n  invariant_id: \"chest_is_emergency\"\n  "
           "expression: 'em.chest != \"yes\" || disposition == "
           "\"EMERGENCY_NOW\"'\n  rationale: \"Never less.\"\n  sources: "
           "[\"C-29\"]\n}\n"),
       "", ""},
      {"OrForAList",
       In("rules/R-E02", R"('em.bowel in ["leaking", "no_feeling"]')",
          R"('em.bowel == "leaking" || em.bowel == "no_feeling"')"),
       "", ""},
      {"GuardThatIsNotNeeded",
       In("rules/R-E13", "pregnant && has(pt.preg_signs) && ", "pregnant && "),
       "", ""},
      {"TestsInAnotherOrder",
       In("rules/R-E19", "motor || pain.leg_numb", "pain.leg_numb || motor"),
       "", ""},
      {"OtherParameter",
       In("guidance/heat", "max_session_minutes\" value: 20",
          "max_session_minutes\" value: 18"),
       "", ""},
      {"LaterReview", In("guidance/heat", "2027-05-31", "2028-05-31"), "", ""},
  };
}

inline std::vector<Mutation> BrokenPathways() {
  std::vector<Mutation> all;
  for (const auto& some :
       {DroppedEmergencyRules(), BrokenFloors(), BrokenInvariants(),
        BrokenOrders(), BrokenPolicies(), MissingGuards(), WithoutInfluence(),
        BrokenGuidance(), BrokenTexts(), Malformed(), SeenByCasesAlone()}) {
    all.insert(all.end(), some.begin(), some.end());
  }
  return all;
}

}  // namespace plumbline::gate

#endif  // PLUMBLINE_TESTS_CONTENT_SERVICE_GATE_BROKEN_PATHWAYS_H_
