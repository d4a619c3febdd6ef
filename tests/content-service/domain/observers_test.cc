#include "content-service/domain/observers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

namespace plumbline::content {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(ObserversTest, TellsTheObserversOfASubject) {
  Observers<int> observers;
  std::vector<int> cough;
  std::vector<int> fever;
  const auto first = observers.Add(
      "cough", [&](const int& update) { cough.push_back(update); });
  const auto second = observers.Add(
      "fever", [&](const int& update) { fever.push_back(update); });
  observers.Notify("cough", 1);
  observers.Notify("rash", 2);
  observers.NotifyAll(3);
  EXPECT_THAT(cough, ElementsAre(1, 3));
  EXPECT_THAT(fever, ElementsAre(3));
}

TEST(ObserversTest, TellsNobodyWhoHasLeft) {
  Observers<int> observers;
  std::vector<int> heard;
  {
    const auto registration = observers.Add(
        "cough", [&](const int& update) { heard.push_back(update); });
  }
  observers.Notify("cough", 1);
  EXPECT_THAT(heard, IsEmpty());
}

TEST(ObserversTest, MovesARegistrationToAnotherSubject) {
  Observers<int> observers;
  std::vector<int> heard;
  const auto tell = [&](const int& update) { heard.push_back(update); };
  auto registration = observers.Add("cough", tell);
  registration = observers.Add("fever", tell);
  observers.Notify("cough", 1);
  observers.Notify("fever", 2);
  EXPECT_THAT(heard, ElementsAre(2));
}

// After its registration has ended an observer may be destroyed.
TEST(ObserversTest, NeverCallsAnObserverThatIsGone) {
  constexpr int kRounds = 300;
  Observers<int> observers;
  std::atomic<bool> stop = false;
  std::vector<std::thread> tellers;
  for (int i = 0; i < 2; ++i) {
    tellers.emplace_back([&] {
      while (!stop) {
        observers.Notify("cough", 1);
        observers.NotifyAll(2);
      }
    });
  }
  for (int round = 0; round < kRounds; ++round) {
    auto heard = std::make_unique<int>(0);
    {
      const auto registration =
          observers.Add("cough", [&](const int& update) { *heard += update; });
    }
    heard.reset();
  }
  stop = true;
  for (std::thread& teller : tellers) teller.join();
}

}  // namespace
}  // namespace plumbline::content
