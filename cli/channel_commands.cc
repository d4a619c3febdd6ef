// plumb channel show | list | moves | move | rollback
#include <google/protobuf/timestamp.pb.h>
#include <google/protobuf/util/time_util.h>

#include <cstdint>
#include <ostream>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "cli/command.h"
#include "cli/cursor.h"
#include "cli/exit_code.h"
#include "cli/json.h"
#include "cli/progress.h"
#include "cli/resource_name.h"
#include "cli/services.h"
#include "cli/signed_call.h"
#include "common/pathway/did_you_mean.h"
#include "common/trust/digest.h"
#include "common/trust/move_chain.h"

namespace plumbline::cli {
namespace {

using content::v1::Channel;
using content::v1::ChannelMove;
using content::v1::Cursor;
using content::v1::Release;
using content::v1::Statement;
using content::v1::Subscriber;
using google::protobuf::util::TimeUtil;

struct ChannelOptions {
  Remote remote;
  std::string name;
  std::string pathway;
  std::string release;
  std::string reason;
  std::string digest;
  std::string output = "text";
  std::vector<std::string> key_files;
  int wait_seconds = 0;
  bool create = false;
};

// To the second, in UTC: "2026-11-24T09:30:00Z".
std::string ToText(const google::protobuf::Timestamp& time) {
  return TimeUtil::ToString(TimeUtil::SecondsToTimestamp(time.seconds()));
}

void PrintText(const Channel& channel, std::ostream& out) {
  out << channel.name() << "  move " << ToString(channel.cursor()) << "  -> "
      << channel.release() << "  " << channel.digest()
      << (channel.withdrawn() ? "  (withdrawn)" : "") << "\n  moved "
      << ToText(channel.move_time()) << " by " << channel.mover() << ": "
      << channel.reason() << '\n';
}

absl::Status Print(const ChannelOptions& options, const Channel& channel,
                   Console& console) {
  if (options.output == "json") return PrintJson(channel, console.out);
  PrintText(channel, console.out);
  return absl::OkStatus();
}

absl::StatusOr<Channel> Get(const RemoteContent& content,
                            const std::string& name) {
  content::v1::GetChannelRequest request;
  request.set_name(ChildName(name, "channels"));
  auto response = content.Call(&ContentStub::GetChannel, request);
  if (!response.ok()) return response.status();
  return std::move(*response->mutable_channel());
}

absl::Status Show(const ChannelOptions& options, Console& console) {
  const absl::StatusOr<RemoteContent> content = ConnectContent(options.remote);
  if (!content.ok()) return content.status();
  const absl::StatusOr<Channel> channel = Get(*content, options.name);
  if (!channel.ok()) return channel.status();
  return Print(options, *channel, console);
}

absl::Status List(const ChannelOptions& options, Console& console) {
  const absl::StatusOr<RemoteContent> content = ConnectContent(options.remote);
  if (!content.ok()) return content.status();
  content::v1::ListChannelsRequest request;
  request.set_parent(PathwayName(options.pathway));
  const auto response =
      content->CallAllPages(&ContentStub::ListChannels, request);
  if (!response.ok()) return response.status();
  if (options.output == "json") return PrintJson(*response, console.out);
  for (const Channel& channel : response->channels()) {
    PrintText(channel, console.out);
  }
  return absl::OkStatus();
}

// All moves, newest first.
absl::StatusOr<content::v1::ListChannelMovesResponse> AllMoves(
    const RemoteContent& content, const std::string& name) {
  content::v1::ListChannelMovesRequest request;
  request.set_parent(ChildName(name, "channels"));
  return content.CallAllPages(&ContentStub::ListChannelMoves, request);
}

absl::Status Moves(const ChannelOptions& options, Console& console) {
  const absl::StatusOr<RemoteContent> content = ConnectContent(options.remote);
  if (!content.ok()) return content.status();
  const auto response = AllMoves(*content, options.name);
  if (!response.ok()) return response.status();
  if (options.output == "json") return PrintJson(*response, console.out);
  for (const ChannelMove& move : response->moves()) {
    console.out << ToString(move.cursor()) << "  " << ToText(move.create_time())
                << "  " << move.release() << "  " << move.digest() << "  by "
                << move.mover() << ": " << move.reason() << '\n';
  }
  return absl::OkStatus();
}

// What became of a move on the replicas of its channel.
struct Spread {
  int acknowledged = 0;
  std::vector<std::string> waiting;  // Connected, and nothing heard yet.
  std::vector<std::string> refused;  // Connected, each with its reason.
  std::vector<std::string> not_connected;
};

// Replicas that are not connected count as acknowledging where they did before
// they left.
void Count(const Subscriber& subscriber, const Cursor& cursor, Spread& spread) {
  if (!IsBefore(subscriber.acknowledged(), cursor)) {
    ++spread.acknowledged;
  } else if (!subscriber.connected()) {
    spread.not_connected.push_back(subscriber.subscriber_id());
  } else if (subscriber.has_last_nack() &&
             ToString(subscriber.last_nack().cursor()) == ToString(cursor)) {
    spread.refused.push_back(absl::StrCat(
        subscriber.subscriber_id(), " (", subscriber.last_nack().reason(), ": ",
        subscriber.last_nack().message(), ")"));
  } else {
    spread.waiting.push_back(subscriber.subscriber_id());
  }
}

absl::StatusOr<Spread> SpreadOf(const RemoteContent& content,
                                const Channel& channel) {
  content::v1::ListSubscribersRequest request;
  request.set_parent(channel.name());
  const auto response =
      content.CallAllPages(&ContentStub::ListSubscribers, request);
  if (!response.ok()) return response.status();
  Spread spread;
  for (const Subscriber& subscriber : response->subscribers()) {
    Count(subscriber, channel.cursor(), spread);
  }
  return spread;
}

// "acknowledged by 2; refused by: a (CONTENT_INVALID: …); not connected: b"
std::string ToText(const Spread& spread) {
  std::string text = absl::StrCat("acknowledged by ", spread.acknowledged);
  const auto add = [&text](absl::string_view what,
                           const std::vector<std::string>& names) {
    if (names.empty()) return;
    absl::StrAppend(&text, "; ", what, ": ", absl::StrJoin(names, ", "));
  };
  add("refused by", spread.refused);
  add("not acknowledged by", spread.waiting);
  add("not connected", spread.not_connected);
  return text;
}

// The move is made, whatever becomes of it.
absl::Status NotEverywhere(absl::string_view why) {
  return WithExitCode(
      absl::FailedPreconditionError(absl::StrCat("moved, but ", why)),
      kExitNotEverywhere);
}

// Returns when every connected replica has acknowledged, when one has refused,
// or at the end of the wait; says who has and who has not.
absl::Status WaitForReplicas(const ChannelOptions& options,
                             const RemoteContent& content,
                             const Channel& channel, Console& console) {
  const absl::Time end = absl::Now() + absl::Seconds(options.wait_seconds);
  Progress progress(console, "replicas still to acknowledge");
  for (;;) {
    const absl::StatusOr<Spread> spread = SpreadOf(content, channel);
    if (!spread.ok()) {
      return NotEverywhere(absl::StrCat(
          "it is not known who has acknowledged: ", spread.status().message()));
    }
    if (!spread->refused.empty()) return NotEverywhere(ToText(*spread));
    if (spread->waiting.empty()) {
      console.err << ToText(*spread) << '\n';
      return absl::OkStatus();
    }
    if (absl::Now() >= end) return NotEverywhere(ToText(*spread));
    progress.Update(static_cast<std::int64_t>(spread->waiting.size()));
    absl::SleepFor(absl::Milliseconds(50));
  }
}

absl::StatusOr<Release> GetRelease(const RemoteContent& content,
                                   const std::string& name) {
  content::v1::GetReleaseRequest request;
  request.set_name(name);
  auto response = content.Call(&ContentStub::GetRelease, request);
  if (!response.ok()) return response.status();
  return std::move(*response->mutable_release());
}

// The hash of the newest move, which must be that of `channel`.
absl::StatusOr<std::string> NewestMoveHash(const RemoteContent& content,
                                           const Channel& channel) {
  content::v1::ListChannelMovesRequest request;
  request.set_parent(channel.name());
  request.set_page_size(1);
  const auto response = content.Call(&ContentStub::ListChannelMoves, request);
  if (!response.ok()) return response.status();
  if (response->moves().empty() ||
      ToString(response->moves(0).cursor()) != ToString(channel.cursor())) {
    return absl::AbortedError(absl::StrCat(
        channel.name(), " was moved since it was read; look, then decide"));
  }
  return trust::MoveHash(response->moves(0).statement());
}

// What the move after that of `before` must say; null: the channel's first.
absl::StatusOr<Statement> ExpectedMove(
    const ChannelOptions& options, const RemoteContent& content,
    const content::v1::MoveChannelRequest& request, const Channel* before) {
  const absl::StatusOr<Release> release =
      GetRelease(content, request.release());
  if (!release.ok()) return release.status();
  const std::string asked = LastSegment(request.release());
  std::string digest = options.digest;
  if (digest.empty())
    digest = trust::IsDigest(asked) ? asked : release->digest();
  Statement expected = ExpectedStatement(content::v1::STATEMENT_KIND_MOVE,
                                         PathwayIdOf(request.name()), digest);
  expected.set_channel_id(LastSegment(request.name()));
  expected.set_reason(request.reason());
  expected.set_epoch(1);
  expected.set_move_number(1);
  if (before == nullptr) return expected;
  const absl::StatusOr<std::string> hash = NewestMoveHash(content, *before);
  if (!hash.ok()) return hash.status();
  expected.set_epoch(before->cursor().epoch());
  expected.set_move_number(before->cursor().number() + 1);
  expected.set_previous_move_hash(*hash);
  return expected;
}

// `before` is null for a channel that does not exist yet.
absl::Status MoveTo(const ChannelOptions& options, const RemoteContent& content,
                    const std::string& release, const Channel* before,
                    Console& console) {
  content::v1::MoveChannelRequest request;
  request.set_name(ChildName(options.name, "channels"));
  request.set_release(release);
  request.set_reason(options.reason);
  if (before != nullptr) *request.mutable_expected() = before->cursor();
  const absl::StatusOr<Statement> expected =
      ExpectedMove(options, content, request, before);
  if (!expected.ok()) return expected.status();
  console.err << request.name() << ": "
              << (before == nullptr ? "nothing" : before->release()) << " → "
              << release << '\n';
  const auto response = CallSigned(content, &ContentStub::MoveChannel, request,
                                   *expected, options.key_files, console);
  if (!response.ok()) return response.status();
  const absl::Status printed = Print(options, response->channel(), console);
  if (!printed.ok()) return printed;
  if (options.wait_seconds <= 0) return absl::OkStatus();
  return WaitForReplicas(options, content, response->channel(), console);
}

// NOT_FOUND, with the channels that there are; the service's own error where it
// does not tell them, as for a pathway that does not exist.
absl::Status NoSuchChannel(const RemoteContent& content,
                           const std::string& name) {
  content::v1::ListChannelsRequest request;
  request.set_parent(PathwayName(PathwayIdOf(name)));
  const auto response =
      content.CallAllPages(&ContentStub::ListChannels, request);
  if (!response.ok()) return response.status();
  std::vector<std::string> ids;
  for (const Channel& channel : response->channels()) {
    ids.push_back(LastSegment(channel.name()));
  }
  const std::string id = LastSegment(name);
  std::string known = ", and no other";
  if (!ids.empty()) {
    known = pathway::DidYouMean(id, {ids.begin(), ids.end()});
    absl::StrAppend(&known, known.empty() ? "." : "",
                    " It has: ", absl::StrJoin(ids, ", "));
  }
  return absl::NotFoundError(absl::StrCat(request.parent(), " has no channel '",
                                          id, "'", known, ". To create '", id,
                                          "' with this move, add --create"));
}

// A channel is made by its first move. That must be meant: a misspelt name
// would be a new channel that no replica follows.
absl::Status Move(const ChannelOptions& options, Console& console) {
  const absl::StatusOr<RemoteContent> content = ConnectContent(options.remote);
  if (!content.ok()) return content.status();
  const absl::StatusOr<Channel> before = Get(*content, options.name);
  if (!before.ok() && !absl::IsNotFound(before.status())) {
    return before.status();
  }
  if (!before.ok() && !options.create) {
    return NoSuchChannel(*content, ChildName(options.name, "channels"));
  }
  if (before.ok() && options.create) {
    return absl::AlreadyExistsError(
        absl::StrCat(before->name(), " exists already, and points to ",
                     before->release(), "; to move it, leave out --create"));
  }
  return MoveTo(options, *content, ChildName(options.release, "releases"),
                before.ok() ? &*before : nullptr, console);
}

// The number of "pathways/back-pain/releases/7"; 0 for another name.
std::int64_t ReleaseNumber(const std::string& name) {
  std::int64_t number = 0;
  return absl::SimpleAtoi(LastSegment(name), &number) ? number : 0;
}

// The release that the channel pointed to last of those that are older than
// the present one and are not withdrawn. Older, and not just another: a second
// rollback must go further back, and never return to what was left.
absl::StatusOr<std::string> ReleaseBefore(const RemoteContent& content,
                                          const Channel& channel) {
  const auto moves = AllMoves(content, channel.name());
  if (!moves.ok()) return moves.status();
  const std::int64_t present = ReleaseNumber(channel.release());
  std::set<std::string> withdrawn;
  for (const ChannelMove& move : moves->moves()) {
    if (ReleaseNumber(move.release()) >= present) continue;
    if (withdrawn.count(move.release()) > 0) continue;
    const absl::StatusOr<Release> release = GetRelease(content, move.release());
    if (!release.ok()) return release.status();
    if (release->state() != Release::STATE_WITHDRAWN) return move.release();
    withdrawn.insert(move.release());
  }
  return absl::FailedPreconditionError(absl::StrCat(
      channel.name(), " has never pointed to a release before ",
      channel.release(), withdrawn.empty() ? "" : " that is not withdrawn",
      "; to point it elsewhere, use plumb channel move"));
}

absl::Status Rollback(const ChannelOptions& options, Console& console) {
  const absl::StatusOr<RemoteContent> content = ConnectContent(options.remote);
  if (!content.ok()) return content.status();
  const absl::StatusOr<Channel> before = Get(*content, options.name);
  if (!before.ok()) return before.status();
  const absl::StatusOr<std::string> release = ReleaseBefore(*content, *before);
  if (!release.ok()) return release.status();
  return MoveTo(options, *content, *release, &*before, console);
}

void AddName(CLI::App* command, ChannelOptions& options) {
  command
      ->add_option("channel", options.name,
                   "The channel: back-pain/stable, or its full name")
      ->required();
}

void AddMoveOptions(CLI::App* command, ChannelOptions& options) {
  command->add_option("--reason", options.reason, "Why")->required();
  AddKeyOption(*command, options.key_files)->required();
  AddDigestOption(*command, options.digest);
  command
      ->add_option("--wait", options.wait_seconds,
                   "Seconds to wait until every connected replica has "
                   "acknowledged; 0 does not wait")
      ->check(CLI::Range(0, 3600))
      ->capture_default_str();
}

}  // namespace

void AddChannelCommands(CLI::App& plumb, Chosen& chosen) {
  CommandGroup<ChannelOptions> group(plumb, "channel",
                                     "Points channels to releases", chosen);
  ChannelOptions& options = group.options();
  AddName(group.AddRemote("show", "Shows where a channel points", Show),
          options);
  group.AddRemote("list", "Lists the channels of a pathway", List)
      ->add_option("pathway", options.pathway, "The pathway")
      ->required();
  AddName(group.AddRemote("moves", "Lists the moves of a channel", Moves),
          options);

  CLI::App* move =
      group.AddRemote("move", "Points a channel to a release", Move);
  AddName(move, options);
  move->add_option("--release", options.release,
                   "The release: back-pain/7, or its full name")
      ->required();
  move->add_flag("--create", options.create,
                 "Create the channel, which does not exist yet");
  AddMoveOptions(move, options);

  CLI::App* rollback = group.AddRemote("rollback",
                                       "Points a channel to the newest older "
                                       "release that it pointed to and that "
                                       "is not withdrawn",
                                       Rollback);
  AddName(rollback, options);
  AddMoveOptions(rollback, options);
}

}  // namespace plumbline::cli
