#include "common/pathway/decide.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace plumbline::pathway {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;

constexpr Truth kFalse = Truth::kFalse;
constexpr Truth kTrue = Truth::kTrue;
constexpr Truth kUnknown = Truth::kUnknown;

constexpr Disposition kSelfCare = Disposition::kSelfCare;
constexpr Disposition kRoutine = Disposition::kRoutine;
constexpr Disposition kWithinDays = Disposition::kWithinDays;
constexpr Disposition kSameDay = Disposition::kSameDay;
constexpr Disposition kEmergencyNow = Disposition::kEmergencyNow;

// A pathway with its evaluation, built element by element. Flags are the
// numbers 0 to 9.
class DecideTest : public ::testing::Test {
 protected:
  DecideTest() { pathway_.flags.resize(10); }

  int AddItem(Truth enabled, SlotAnswer::State state, Item item = {}) {
    pathway_.items.push_back(std::move(item));
    intake_.push_back({.state = state});
    evaluation_.enabled.push_back(enabled);
    return static_cast<int>(pathway_.items.size()) - 1;
  }

  int AddRule(Truth truth, Disposition disposition, int flag,
              RulePolicy policy = {}) {
    pathway_.rules.push_back(
        {.disposition = disposition, .flag = flag, .on_unknown = policy});
    evaluation_.rules.push_back(truth);
    return static_cast<int>(pathway_.rules.size()) - 1;
  }

  int AddGate(Truth truth, int substitute = -1) {
    pathway_.gates.push_back({.substitute = substitute});
    evaluation_.gates.push_back(truth);
    return static_cast<int>(pathway_.gates.size()) - 1;
  }

  int AddGuidance(Truth show_when, GuidanceKind kind,
                  const std::vector<Disposition>& dispositions,
                  std::vector<int> gates = {}) {
    Guidance record{.kind = kind, .gates = std::move(gates)};
    for (const Disposition disposition : dispositions) {
      record.dispositions |= 1u << static_cast<int>(disposition);
    }
    pathway_.guidance.push_back(std::move(record));
    evaluation_.show_when.push_back(show_when);
    return static_cast<int>(pathway_.guidance.size()) - 1;
  }

  Decision Run() const { return Decide(pathway_, intake_, evaluation_); }

  CompiledPathway pathway_;
  Intake intake_;
  Evaluation evaluation_;
};

constexpr SlotAnswer::State kOpen = SlotAnswer::State::kOpen;
constexpr SlotAnswer::State kClosed = SlotAnswer::State::kClosed;
constexpr SlotAnswer::State kAnswered = SlotAnswer::State::kAnswered;

RulePolicy Escalate(Disposition at_least, int flag) {
  return {
      .kind = RulePolicy::Kind::kEscalate, .at_least = at_least, .flag = flag};
}

Item WithPolicy(Disposition at_least, int flag,
                std::vector<int> guidance = {}) {
  return {.if_unknown = ItemPolicy{.at_least = at_least,
                                   .flag = flag,
                                   .guidance = std::move(guidance)}};
}

auto Withheld(int guidance, WithheldReason reason, std::vector<int> gates = {},
              std::vector<int> substitutes = {}) {
  return AllOf(Field(&WithheldGuidance::guidance, guidance),
               Field(&WithheldGuidance::reason, reason),
               Field(&WithheldGuidance::gates, gates),
               Field(&WithheldGuidance::substitutes, substitutes));
}

TEST_F(DecideTest, NothingTrueIsSelfCareAndFinal) {
  AddRule(kFalse, kEmergencyNow, 0);
  const Decision decision = Run();
  EXPECT_EQ(decision.disposition, kSelfCare);
  EXPECT_EQ(decision.floor, kSelfCare);
  EXPECT_EQ(decision.most_urgent_possible, kSelfCare);
  EXPECT_TRUE(decision.final);
  EXPECT_THAT(decision.flags, IsEmpty());
}

TEST_F(DecideTest, MostUrgentTrueRuleDecidesAndAllFlagsAreRaised) {
  AddRule(kTrue, kRoutine, 4);
  AddRule(kTrue, kSameDay, 2);
  AddRule(kFalse, kEmergencyNow, 1);
  AddRule(kTrue, kWithinDays, 4);
  const Decision decision = Run();
  EXPECT_EQ(decision.disposition, kSameDay);
  EXPECT_THAT(decision.fired_rules, ElementsAre(0, 1, 3));
  EXPECT_THAT(decision.flags, ElementsAre(4, 2));
  EXPECT_TRUE(decision.final);
}

TEST_F(DecideTest, MoreUrgentUndecidedRuleMakesItProvisional) {
  AddRule(kTrue, kRoutine, 0);
  AddRule(kUnknown, kWithinDays, 1);
  AddRule(kUnknown, kRoutine, 2);
  const Decision decision = Run();
  EXPECT_EQ(decision.disposition, kRoutine);
  EXPECT_EQ(decision.most_urgent_possible, kWithinDays);
  EXPECT_FALSE(decision.final);
  EXPECT_THAT(decision.undecided_rules, ElementsAre(1, 2));
  EXPECT_THAT(decision.provisional_rules, ElementsAre(1));
  EXPECT_THAT(decision.flags, ElementsAre(0));
}

TEST_F(DecideTest, UndecidedRuleOfTheSameUrgencyLeavesItFinal) {
  AddRule(kTrue, kSameDay, 0);
  AddRule(kUnknown, kSameDay, 1);
  EXPECT_TRUE(Run().final);
}

TEST_F(DecideTest, UndecidedRuleMayEscalate) {
  AddRule(kUnknown, kEmergencyNow, 0, Escalate(kSameDay, 1));
  const Decision decision = Run();
  EXPECT_EQ(decision.disposition, kSameDay);
  EXPECT_EQ(decision.floor, kSelfCare);
  EXPECT_EQ(decision.most_urgent_possible, kEmergencyNow);
  EXPECT_FALSE(decision.final);
  EXPECT_THAT(decision.flags, ElementsAre(1));
  ASSERT_EQ(decision.policies.size(), 1u);
  EXPECT_EQ(decision.policies[0].rule, 0);
  EXPECT_EQ(decision.policies[0].item, -1);
  EXPECT_THAT(decision.raising_policies, ElementsAre(0));
}

TEST_F(DecideTest, IgnoredRuleStillMakesItProvisional) {
  AddRule(kUnknown, kSameDay, 0, {.kind = RulePolicy::Kind::kIgnore});
  const Decision decision = Run();
  EXPECT_EQ(decision.disposition, kSelfCare);
  EXPECT_THAT(decision.policies, IsEmpty());
  EXPECT_FALSE(decision.final);
}

TEST_F(DecideTest, WhoWasAskedInDoubtAndDidNotAnswerIsShownThePolicysText) {
  // Whether it should have been asked waits for others, answered or not.
  const int crisis =
      AddGuidance(kUnknown, GuidanceKind::kCrisis, {kSelfCare, kSameDay});
  AddItem(kUnknown, kClosed, WithPolicy(kSameDay, 3, {crisis}));
  const Decision decision = Run();
  EXPECT_EQ(decision.disposition, kSelfCare);
  EXPECT_EQ(decision.most_urgent_possible, kSameDay);
  EXPECT_THAT(decision.flags, IsEmpty());
  EXPECT_THAT(decision.possible_policies, ElementsAre(0));
  EXPECT_FALSE(decision.final);
  EXPECT_THAT(decision.shown, ElementsAre(crisis));
}

// What somebody needs is not less needed because something else is more urgent.
TEST_F(DecideTest, WhoWasAskedInDoubtIsShownThePolicysTextWhateverTheResult) {
  const int crisis =
      AddGuidance(kUnknown, GuidanceKind::kCrisis, {kSelfCare, kSameDay});
  AddItem(kUnknown, kClosed, WithPolicy(kSameDay, 3, {crisis}));
  AddRule(kTrue, kSameDay, 5);
  const Decision decision = Run();
  EXPECT_EQ(decision.disposition, kSameDay);
  EXPECT_THAT(decision.possible_policies, IsEmpty());
  EXPECT_TRUE(decision.final);
  EXPECT_THAT(decision.shown, ElementsAre(crisis));
}

TEST_F(DecideTest, WhoWasNotAskedIsNotShownThePolicysText) {
  const int crisis =
      AddGuidance(kFalse, GuidanceKind::kCrisis, {kSelfCare, kSameDay});
  AddItem(kUnknown, kOpen, WithPolicy(kSameDay, 3, {crisis}));
  EXPECT_THAT(Run().shown, IsEmpty());
}

TEST_F(DecideTest, ItemThatMayYetBeAskedMakesItProvisional) {
  AddItem(kUnknown, kOpen, WithPolicy(kSameDay, 3));
  AddItem(kUnknown, kOpen, WithPolicy(kRoutine, 4));
  AddItem(kUnknown, kAnswered, WithPolicy(kSameDay, 5));
  AddItem(kUnknown, kOpen);
  AddRule(kTrue, kRoutine, 1);
  const Decision decision = Run();
  EXPECT_EQ(decision.disposition, kRoutine);
  EXPECT_EQ(decision.most_urgent_possible, kSameDay);
  EXPECT_THAT(decision.possible_policies, ElementsAre(0));
  EXPECT_THAT(decision.flags, ElementsAre(1));
  EXPECT_FALSE(decision.final);
}

TEST_F(DecideTest, ItemPolicyNeedsTheItemCertainlyEnabledAndUnknown) {
  AddItem(kTrue, kAnswered, WithPolicy(kSameDay, 1));
  AddItem(kFalse, kOpen, WithPolicy(kSameDay, 2));
  AddItem(kUnknown, kOpen, WithPolicy(kSameDay, 3));
  EXPECT_EQ(Run().disposition, kSelfCare);
  EXPECT_THAT(Run().policies, IsEmpty());

  AddItem(kTrue, kOpen, WithPolicy(kRoutine, 4));
  AddItem(kTrue, kClosed, WithPolicy(kSameDay, 5));
  const Decision decision = Run();
  EXPECT_EQ(decision.disposition, kSameDay);
  EXPECT_THAT(decision.flags, ElementsAre(4, 5));
  EXPECT_THAT(decision.policies, ElementsAre(Field(&AppliedPolicy::item, 3),
                                             Field(&AppliedPolicy::item, 4)));
  EXPECT_THAT(decision.raising_policies, ElementsAre(0, 1));
  EXPECT_FALSE(decision.final);
}

TEST_F(DecideTest, PolicyThatRaisesNothingStillRaisesItsFlagAndStaysFinal) {
  AddItem(kTrue, kOpen, WithPolicy(kSameDay, 3));
  AddRule(kTrue, kSameDay, 7);
  const Decision decision = Run();
  EXPECT_EQ(decision.disposition, kSameDay);
  EXPECT_THAT(decision.flags, ElementsAre(7, 3));
  EXPECT_THAT(decision.raising_policies, IsEmpty());
  EXPECT_TRUE(decision.final);
}

TEST_F(DecideTest, FlagOfRuleAndPoliciesIsRaisedOnce) {
  AddItem(kTrue, kOpen, WithPolicy(kSameDay, 3));
  AddItem(kTrue, kOpen, WithPolicy(kSameDay, 3));
  AddRule(kTrue, kRoutine, 3);
  EXPECT_THAT(Run().flags, ElementsAre(3));
}

TEST_F(DecideTest, NoPolicyAppliesWhereARuleGivesEmergencyNow) {
  AddItem(kTrue, kOpen, WithPolicy(kSameDay, 1));
  AddRule(kUnknown, kEmergencyNow, 2, Escalate(kSameDay, 3));
  AddRule(kTrue, kEmergencyNow, 4);
  const Decision decision = Run();
  EXPECT_EQ(decision.disposition, kEmergencyNow);
  EXPECT_THAT(decision.policies, IsEmpty());
  EXPECT_THAT(decision.flags, ElementsAre(4));
  EXPECT_TRUE(decision.final);
}

TEST_F(DecideTest, ShowsWhatIsConditionedOrNamedAndListed) {
  const int conditioned =
      AddGuidance(kTrue, GuidanceKind::kSelfCare, {kRoutine});
  const int named = AddGuidance(kFalse, GuidanceKind::kSelfCare, {kRoutine});
  AddGuidance(kFalse, GuidanceKind::kSelfCare, {kRoutine});
  AddGuidance(kTrue, GuidanceKind::kSelfCare, {kSelfCare});
  const int rule = AddRule(kTrue, kRoutine, 0);
  pathway_.rules[rule].guidance = {named};
  const Decision decision = Run();
  EXPECT_THAT(decision.shown, ElementsAre(conditioned, named));
  EXPECT_THAT(decision.withheld, IsEmpty());
}

TEST_F(DecideTest, UndecidedRuleNamesNothingAndItemPolicyDoes) {
  const int of_rule = AddGuidance(kFalse, GuidanceKind::kUrgent, {kSameDay});
  const int of_item = AddGuidance(kFalse, GuidanceKind::kUrgent, {kSameDay});
  AddItem(kTrue, kOpen, WithPolicy(kSameDay, 1, {of_item}));
  const int rule = AddRule(kUnknown, kEmergencyNow, 2, Escalate(kSameDay, 1));
  pathway_.rules[rule].guidance = {of_rule};
  EXPECT_THAT(Run().shown, ElementsAre(of_item));
}

TEST_F(DecideTest, UrgentResultsShowOnlyUrgentCrisisComfortAndSafetyNet) {
  std::vector<int> allowed;
  for (const GuidanceKind kind :
       {GuidanceKind::kUrgent, GuidanceKind::kCrisis, GuidanceKind::kComfort,
        GuidanceKind::kSafetyNet}) {
    allowed.push_back(AddGuidance(kTrue, kind, {kSameDay, kEmergencyNow}));
  }
  for (const GuidanceKind kind :
       {GuidanceKind::kSelfCare, GuidanceKind::kExercise,
        GuidanceKind::kMedicine, GuidanceKind::kInformation}) {
    AddGuidance(kTrue, kind, {kSameDay, kEmergencyNow});
  }
  const int rule = AddRule(kTrue, kSameDay, 0);
  EXPECT_EQ(Run().shown, allowed);
  EXPECT_THAT(Run().withheld, IsEmpty());
  pathway_.rules[rule].disposition = kEmergencyNow;
  EXPECT_EQ(Run().shown, allowed);
}

TEST_F(DecideTest, NamedRecordIsWithheldWhereTheResultIsTooUrgentForIt) {
  const int heat = AddGuidance(kFalse, GuidanceKind::kSelfCare, {kRoutine});
  const int call = AddGuidance(kFalse, GuidanceKind::kUrgent, {kEmergencyNow});
  const int rule = AddRule(kTrue, kRoutine, 0);
  pathway_.rules[rule].guidance = {heat, call};
  AddRule(kTrue, kSameDay, 1);
  EXPECT_THAT(Run().shown, IsEmpty());
  EXPECT_THAT(Run().withheld,
              ElementsAre(Withheld(heat, WithheldReason::kDisposition)));
}

TEST_F(DecideTest, UnansweredEmergencyItemWithholdsSelfCare) {
  const int comfort = AddGuidance(kTrue, GuidanceKind::kComfort, {kSelfCare});
  const int care = AddGuidance(kTrue, GuidanceKind::kSelfCare, {kSelfCare});
  AddGuidance(kUnknown, GuidanceKind::kSelfCare, {kSelfCare});
  const int item = AddItem(kTrue, kOpen, {.emergency = true});
  EXPECT_THAT(Run().shown, ElementsAre(comfort));
  EXPECT_THAT(Run().withheld, ElementsAre(Withheld(
                                  care, WithheldReason::kEmergencyUnanswered)));

  intake_[item].state = kClosed;
  EXPECT_THAT(Run().shown, ElementsAre(comfort));
  evaluation_.enabled[item] = kUnknown;
  EXPECT_THAT(Run().shown, ElementsAre(comfort));
  intake_[item].state = kAnswered;
  EXPECT_THAT(Run().shown, ElementsAre(comfort, care));
}

TEST_F(DecideTest, UnknownConditionWithholdsWhatWouldFitTheResult) {
  const int fits = AddGuidance(kUnknown, GuidanceKind::kSelfCare, {kSelfCare});
  AddGuidance(kUnknown, GuidanceKind::kSelfCare, {kRoutine});
  const Decision decision = Run();
  EXPECT_THAT(decision.shown, IsEmpty());
  EXPECT_THAT(decision.withheld,
              ElementsAre(Withheld(fits, WithheldReason::kConditionUnknown)));
}

TEST_F(DecideTest, NamedRecordNeedsNoCondition) {
  const int record = AddGuidance(kUnknown, GuidanceKind::kComfort, {kRoutine});
  const int rule = AddRule(kTrue, kRoutine, 0);
  pathway_.rules[rule].guidance = {record};
  EXPECT_THAT(Run().shown, ElementsAre(record));
}

TEST_F(DecideTest, GateThatIsTrueOrUnknownWithholdsAndShowsItsSubstitute) {
  const int substitute =
      AddGuidance(kFalse, GuidanceKind::kMedicine, {kSelfCare});
  const int open_gate = AddGate(kFalse);
  const int unknown_gate = AddGate(kUnknown, substitute);
  const int true_gate = AddGate(kTrue, substitute);
  const int nsaid = AddGuidance(kTrue, GuidanceKind::kMedicine, {kSelfCare},
                                {open_gate, unknown_gate, true_gate});
  const int gel =
      AddGuidance(kTrue, GuidanceKind::kMedicine, {kSelfCare}, {true_gate});
  const int rest =
      AddGuidance(kTrue, GuidanceKind::kMedicine, {kSelfCare}, {open_gate});
  const Decision decision = Run();
  EXPECT_THAT(decision.shown, ElementsAre(substitute, rest));
  EXPECT_THAT(decision.withheld,
              ElementsAre(Withheld(nsaid, WithheldReason::kGate,
                                   {unknown_gate, true_gate}, {substitute}),
                          Withheld(gel, WithheldReason::kGate, {true_gate},
                                   {substitute})));
}

TEST_F(DecideTest, SubstituteIsNotShownForWhatWouldNotHaveBeenShown) {
  const int substitute =
      AddGuidance(kFalse, GuidanceKind::kComfort, {kSelfCare, kSameDay});
  const int gate = AddGate(kTrue, substitute);
  AddGuidance(kFalse, GuidanceKind::kMedicine, {kSelfCare}, {gate});
  AddGuidance(kTrue, GuidanceKind::kMedicine, {kRoutine}, {gate});
  const int maybe =
      AddGuidance(kUnknown, GuidanceKind::kMedicine, {kSelfCare}, {gate});
  const Decision decision = Run();
  EXPECT_THAT(decision.shown, IsEmpty());
  EXPECT_THAT(decision.withheld,
              ElementsAre(Withheld(maybe, WithheldReason::kConditionUnknown)));
}

TEST_F(DecideTest, SubstituteObeysDispositionAndKind) {
  const int elsewhere = AddGuidance(kFalse, GuidanceKind::kComfort, {kSameDay});
  const int too_urgent =
      AddGuidance(kFalse, GuidanceKind::kMedicine, {kSelfCare, kSameDay});
  const int fits =
      AddGuidance(kFalse, GuidanceKind::kComfort, {kSelfCare, kSameDay});
  const std::vector<int> gates = {AddGate(kTrue, elsewhere),
                                  AddGate(kTrue, too_urgent),
                                  AddGate(kTrue, fits)};
  const int heat =
      AddGuidance(kTrue, GuidanceKind::kComfort, {kSelfCare, kSameDay}, gates);
  EXPECT_THAT(Run().shown, ElementsAre(too_urgent, fits));
  AddRule(kTrue, kSameDay, 0);
  EXPECT_THAT(Run().shown, ElementsAre(elsewhere, fits));
  EXPECT_THAT(Run().withheld, ElementsAre(Withheld(heat, WithheldReason::kGate,
                                                   gates, {elsewhere, fits})));
}

// The compiler refuses such a pathway; should it come all the same, nothing
// that a gate withholds is shown.
TEST_F(DecideTest, SubstituteThatAGateWithholdsIsNotShown) {
  const int gate = AddGate(kTrue, 0);
  const int record =
      AddGuidance(kTrue, GuidanceKind::kComfort, {kSelfCare}, {gate});
  EXPECT_THAT(Run().shown, IsEmpty());
  EXPECT_THAT(Run().withheld,
              ElementsAre(Withheld(record, WithheldReason::kGate, {gate}, {})));
}

TEST(FitsDispositionTest, NeedsTheListingAndAnAllowedKind) {
  constexpr std::uint8_t kRoutineAndSameDay = 1u << 2 | 1u << 4;
  const Guidance care{.kind = GuidanceKind::kSelfCare,
                      .dispositions = kRoutineAndSameDay};
  const Guidance urgent{.kind = GuidanceKind::kUrgent,
                        .dispositions = kRoutineAndSameDay};
  EXPECT_TRUE(FitsDisposition(care, kRoutine));
  EXPECT_FALSE(FitsDisposition(care, kSameDay));
  EXPECT_FALSE(FitsDisposition(care, kWithinDays));
  EXPECT_TRUE(FitsDisposition(urgent, kSameDay));
  EXPECT_FALSE(FitsDisposition(urgent, kEmergencyNow));
}

}  // namespace
}  // namespace plumbline::pathway
