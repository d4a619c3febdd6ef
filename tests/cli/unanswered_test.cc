#include "cli/unanswered.h"

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <initializer_list>
#include <sstream>
#include <string>

namespace plumbline::cli {
namespace {

class UnansweredTest : public ::testing::Test {
 protected:
  static PathwayTexts Texts() {
    pathway::v1::Pathway pathway;
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(
        "items { link_id: 'em.walk' prompt: 'Can you walk?' } "
        "items { link_id: 'em.chest' prompt: 'Chest pain?' }",
        &pathway));
    return PathwayTexts(pathway, "");
  }

  // `ids` were asked in vain where `state` is CLOSED.
  static UnknownItems Items(std::initializer_list<const char*> ids,
                            pathway::v1::UnknownItem::State state) {
    UnknownItems items;
    for (const char* id : ids) {
      items.Add()->set_link_id(id);
      items.rbegin()->set_state(state);
    }
    return items;
  }

  static std::string Printed(const Unanswered& unanswered) {
    std::ostringstream out;
    unanswered.Print(out);
    return out.str();
  }

  static constexpr auto kOpen = pathway::v1::UnknownItem::STATE_OPEN;
  static constexpr auto kClosed = pathway::v1::UnknownItem::STATE_CLOSED;

  const PathwayTexts texts_ = Texts();
  Unanswered unanswered_{texts_};
};

TEST_F(UnansweredTest, NamesEachQuestionOnceInTheOrderOfTheQuestionnaire) {
  unanswered_.Add(Items({"no.prompt", "em.chest"}, kOpen));
  unanswered_.Add(Items({"em.walk"}, kClosed));
  unanswered_.Add(Items({"em.chest"}, kOpen));
  EXPECT_EQ(Printed(unanswered_),
            "  - Can you walk? (em.walk; asked, no usable answer)\n"
            "  - Chest pain? (em.chest)\n"
            "  - no.prompt\n");
}

TEST_F(UnansweredTest, LeavesOutWhatIsNamedElsewhere) {
  unanswered_.Add(Items({"em.walk", "em.chest"}, kOpen));
  Unanswered others(texts_);
  others.Add(Items({"em.chest"}, kOpen));
  unanswered_.Remove(others);
  EXPECT_EQ(Printed(unanswered_), "  - Can you walk? (em.walk)\n");
  EXPECT_FALSE(unanswered_.empty());
}

}  // namespace
}  // namespace plumbline::cli
