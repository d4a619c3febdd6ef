#include "triage-service/content/last_known_good.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "tests/faults/faulty_file_system.h"
#include "tests/support/status_matchers.h"
#include "tests/triage-service/support/signed_channel.h"

namespace plumbline::triage {
namespace {

using ::plumbline::testing::AfterCrash;
using ::plumbline::testing::FaultyFileSystem;
using ::plumbline::testing::IsOk;
using ::plumbline::testing::StatusIs;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kPath[] = "state/ankle.stable.last-known-good";

class LastKnownGoodTest : public ::testing::Test {
 protected:
  // Release `number`, by the next move of the channel.
  LastKnownGood Good(int number) {
    const SignedRelease release = signer_.PublishExample(number);
    LastKnownGood good;
    good.move = signer_.Move(release.digest);
    good.start = signer_.Start(release, good.move);
    good.content = release.content;
    good.current_time = absl::FromUnixSeconds(1'800'000'000);
    return good;
  }

  // What is in the file now.
  std::string Bytes() { return files_.Read(kPath).value(); }

  void Overwrite(const std::string& bytes) {
    ASSERT_THAT(file::WriteFileAtomically(files_, kPath, bytes), IsOk());
  }

  absl::StatusOr<LastKnownGood> Load() {
    return LastKnownGoodFile(files_, "state", ExampleKey()).Load();
  }

  SignedChannel signer_;
  FaultyFileSystem files_;
  LastKnownGoodFile file_{files_, "state", ExampleKey()};
};

TEST_F(LastKnownGoodTest, ReadsBackWhatWasSaved) {
  const LastKnownGood good = Good(1);
  ASSERT_THAT(file_.Save(good), IsOk());
  const absl::StatusOr<LastKnownGood> read = Load();
  ASSERT_THAT(read, IsOk());
  EXPECT_EQ(read->move.SerializeAsString(), good.move.SerializeAsString());
  EXPECT_EQ(read->start.SerializeAsString(), good.start.SerializeAsString());
  EXPECT_EQ(read->content, good.content);
  EXPECT_EQ(read->current_time, good.current_time);
}

TEST_F(LastKnownGoodTest, IsNotFoundAtFirst) {
  EXPECT_THAT(Load(), StatusIs(absl::StatusCode::kNotFound, HasSubstr(kPath)));
}

TEST_F(LastKnownGoodTest, IsReadableByItsOwnerAlone) {
  ASSERT_THAT(file_.Save(Good(1)), IsOk());
  EXPECT_EQ(files_.AccessOf(kPath).value(), file::Access::kOwnerOnly);
}

TEST_F(LastKnownGoodTest, ATruncatedFileSaysHowMuchThereIs) {
  ASSERT_THAT(file_.Save(Good(1)), IsOk());
  const std::string bytes = Bytes();
  const std::size_t body = bytes.size() - bytes.find('\n') - 1;
  Overwrite(bytes.substr(0, bytes.size() - 100));
  EXPECT_THAT(
      Load(),
      StatusIs(absl::StatusCode::kDataLoss,
               absl::StrCat(kPath, ": damaged: truncated: it holds ",
                            body - 100, " of ", body,
                            " bytes; it is not used, and replaced as soon as "
                            "the content service answers")));
}

TEST_F(LastKnownGoodTest, EveryTruncationIsFound) {
  ASSERT_THAT(file_.Save(Good(1)), IsOk());
  const std::string bytes = Bytes();
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    ASSERT_THAT(ParseLastKnownGood(absl::string_view(bytes).substr(0, size)),
                StatusIs(absl::StatusCode::kDataLoss))
        << size;
  }
}

TEST_F(LastKnownGoodTest, AFlippedByteIsFoundWhereverItIs) {
  ASSERT_THAT(file_.Save(Good(1)), IsOk());
  const std::string bytes = Bytes();
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    std::string flipped = bytes;
    flipped[at] = static_cast<char>(flipped[at] ^ 0x01);
    ASSERT_THAT(ParseLastKnownGood(flipped), Not(IsOk())) << at;
  }
}

TEST_F(LastKnownGoodTest, EveryByteOfTheFirstLineCounts) {
  ASSERT_THAT(file_.Save(Good(1)), IsOk());
  const std::string bytes = Bytes();
  for (std::size_t at = 0; at <= bytes.find('\n'); ++at) {
    for (int value = 0; value < 256; ++value) {
      std::string changed = bytes;
      changed[at] = static_cast<char>(value);
      if (changed == bytes) continue;
      ASSERT_THAT(ParseLastKnownGood(changed), Not(IsOk()))
          << "byte " << at << " as " << value;
    }
  }
}

TEST_F(LastKnownGoodTest, TheTimeIsPartOfWhatIsChecked) {
  ASSERT_THAT(file_.Save(Good(1)), IsOk());
  std::string bytes = Bytes();
  const std::size_t at = bytes.find(" 1800000000 ");
  ASSERT_NE(at, std::string::npos);
  bytes[at + 1] = '2';
  EXPECT_THAT(ParseLastKnownGood(bytes),
              StatusIs(absl::StatusCode::kDataLoss,
                       "its SHA-256 is not the one in its first line"));
}

TEST_F(LastKnownGoodTest, AFileOfAnotherFormatIsRefusedAndReplaced) {
  ASSERT_THAT(file_.Save(Good(1)), IsOk());
  std::string bytes = Bytes();
  bytes[bytes.find("/2 ") + 1] = '1';
  Overwrite(bytes);
  EXPECT_THAT(
      Load(),
      StatusIs(absl::StatusCode::kFailedPrecondition,
               absl::StrCat(kPath,
                            ": it is of format 1, and this build reads 2; it "
                            "is not used, and replaced as soon as the content "
                            "service answers")));
  ASSERT_THAT(file_.Save(Good(2)), IsOk());
  EXPECT_THAT(Load(), IsOk());
}

TEST_F(LastKnownGoodTest, BytesTooManyAreFound) {
  ASSERT_THAT(file_.Save(Good(1)), IsOk());
  EXPECT_THAT(
      ParseLastKnownGood(Bytes() + "x"),
      StatusIs(absl::StatusCode::kDataLoss, HasSubstr("bytes instead of")));
}

TEST_F(LastKnownGoodTest, AFileOfSomethingElseIsRefused) {
  Overwrite("hello\nworld\n");
  EXPECT_THAT(Load(), StatusIs(absl::StatusCode::kDataLoss,
                               HasSubstr("the first line is not that of a "
                                         "last-known-good")));
}

TEST_F(LastKnownGoodTest, AFileOfAnotherChannelIsRefused) {
  SignedChannel other({"knee", "stable"});
  const SignedRelease release = other.Publish(ExampleContent(1), 1);
  LastKnownGood good = Good(1);
  good.move = other.Move(release.digest);
  Overwrite(EncodeLastKnownGood(good));
  EXPECT_THAT(Load(),
              StatusIs(absl::StatusCode::kDataLoss,
                       absl::StrCat(kPath,
                                    ": holds "
                                    "pathways/knee/channels/stable/moves/1-1, "
                                    "not a move of "
                                    "pathways/ankle/channels/stable; it is "
                                    "not used")));
}

TEST_F(LastKnownGoodTest, NeverGoesBackToAnOlderMove) {
  const LastKnownGood first = Good(1);
  const LastKnownGood second = Good(2);
  ASSERT_THAT(file_.Save(second), IsOk());
  EXPECT_THAT(file_.Save(first),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       absl::StrCat(kPath,
                                    ": holds move 1-2, which is newer "
                                    "than 1-1")));
  EXPECT_EQ(Load()->move.cursor().number(), 2);
}

TEST_F(LastKnownGoodTest, WhatWasLoadedIsNotReplacedByAnOlderMoveEither) {
  const LastKnownGood first = Good(1);
  ASSERT_THAT(file_.Save(Good(2)), IsOk());
  LastKnownGoodFile after_restart(files_, "state", ExampleKey());
  const absl::StatusOr<LastKnownGood> loaded = after_restart.Load();
  ASSERT_THAT(loaded, IsOk());
  after_restart.Trust(*loaded);
  EXPECT_THAT(after_restart.Save(first),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       absl::StrCat(kPath,
                                    ": holds move 1-2, which is newer "
                                    "than 1-1")));
}

TEST_F(LastKnownGoodTest, WhatWasLoadedAndIsNotTrustedBarsNoMove) {
  const LastKnownGood first = Good(1);
  ASSERT_THAT(file_.Save(Good(2)), IsOk());
  LastKnownGoodFile after_restart(files_, "state", ExampleKey());
  ASSERT_THAT(after_restart.Load(), IsOk());
  ASSERT_THAT(after_restart.Save(first), IsOk());
  EXPECT_EQ(Load()->move.cursor().number(), 1);
}

TEST_F(LastKnownGoodTest, ACrashAtAnyStepLeavesTheOldOrTheNewOne) {
  const LastKnownGood first = Good(1);
  const LastKnownGood second = Good(2);
  ASSERT_THAT(file_.Save(first), IsOk());
  const int before = files_.operations();
  ASSERT_THAT(file_.Save(second), IsOk());
  const int steps = files_.operations() - before;
  for (int step = 1; step <= steps; ++step) {
    for (const AfterCrash after :
         {AfterCrash::kLosesNames, AfterCrash::kKeepsNames}) {
      FaultyFileSystem files;
      LastKnownGoodFile file(files, "state", ExampleKey());
      ASSERT_THAT(file.Save(first), IsOk());
      files.CrashAt(step);
      EXPECT_THAT(file.Save(second), Not(IsOk()));
      files.Restart(after);
      const absl::StatusOr<LastKnownGood> read =
          LastKnownGoodFile(files, "state", ExampleKey()).Load();
      ASSERT_THAT(read, IsOk()) << "step " << step;
    }
  }
}

}  // namespace
}  // namespace plumbline::triage
