// plumb channel show | list | moves | move | rollback
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "cli/command.h"
#include "cli/json.h"
#include "cli/progress.h"
#include "cli/resource_name.h"
#include "cli/services.h"
#include "cli/signed_call.h"

namespace plumbline::cli {
namespace {

using content::v1::Channel;
using content::v1::ChannelMove;
using content::v1::Cursor;

struct ChannelOptions {
  Remote remote;
  std::string name;
  std::string pathway;
  std::string release;
  std::string reason;
  std::string output = "text";
  std::vector<std::string> key_files;
  int wait_seconds = 0;
};

std::string ToText(const Cursor& cursor) {
  return absl::StrCat(cursor.epoch(), "-", cursor.number());
}

void PrintChannel(const ChannelOptions& options, const Channel& channel,
                  Console& console) {
  if (options.output == "json") {
    console.out << ToJson(channel);
    return;
  }
  console.out << channel.name() << "  move " << ToText(channel.cursor())
              << "  -> " << channel.release() << "  " << channel.digest()
              << (channel.withdrawn() ? "  (withdrawn)" : "") << "\n  by "
              << channel.mover() << ": " << channel.reason() << '\n';
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
  PrintChannel(options, *channel, console);
  return absl::OkStatus();
}

absl::Status List(const ChannelOptions& options, Console& console) {
  const absl::StatusOr<RemoteContent> content = ConnectContent(options.remote);
  if (!content.ok()) return content.status();
  content::v1::ListChannelsRequest request;
  request.set_parent(PathwayName(options.pathway));
  do {
    const auto response = content->Call(&ContentStub::ListChannels, request);
    if (!response.ok()) return response.status();
    for (const Channel& channel : response->channels()) {
      PrintChannel(options, channel, console);
    }
    request.set_page_token(response->next_page_token());
  } while (!request.page_token().empty());
  return absl::OkStatus();
}

absl::StatusOr<std::vector<ChannelMove>> AllMoves(const RemoteContent& content,
                                                  const std::string& name) {
  std::vector<ChannelMove> moves;
  content::v1::ListChannelMovesRequest request;
  request.set_parent(ChildName(name, "channels"));
  do {
    const auto response = content.Call(&ContentStub::ListChannelMoves, request);
    if (!response.ok()) return response.status();
    moves.insert(moves.end(), response->moves().begin(),
                 response->moves().end());
    request.set_page_token(response->next_page_token());
  } while (!request.page_token().empty());
  return moves;
}

absl::Status Moves(const ChannelOptions& options, Console& console) {
  const absl::StatusOr<RemoteContent> content = ConnectContent(options.remote);
  if (!content.ok()) return content.status();
  const absl::StatusOr<std::vector<ChannelMove>> moves =
      AllMoves(*content, options.name);
  if (!moves.ok()) return moves.status();
  for (const ChannelMove& move : *moves) {
    if (options.output == "json") {
      console.out << ToJson(move);
    } else {
      console.out << ToText(move.cursor()) << "  " << move.release() << "  "
                  << move.digest() << "  by " << move.mover() << ": "
                  << move.reason() << '\n';
    }
  }
  return absl::OkStatus();
}

bool HasReached(const content::v1::Subscriber& subscriber,
                const Cursor& cursor) {
  return std::pair(subscriber.acknowledged().epoch(),
                   subscriber.acknowledged().number()) >=
         std::pair(cursor.epoch(), cursor.number());
}

// The connected replicas of `channel` that have not acknowledged `cursor`, each
// with the reason where it refused.
absl::StatusOr<std::vector<std::string>> Behind(const RemoteContent& content,
                                                const std::string& channel,
                                                const Cursor& cursor) {
  std::vector<std::string> behind;
  content::v1::ListSubscribersRequest request;
  request.set_parent(channel);
  request.set_connected_only(true);
  do {
    const auto response = content.Call(&ContentStub::ListSubscribers, request);
    if (!response.ok()) return response.status();
    for (const auto& subscriber : response->subscribers()) {
      if (HasReached(subscriber, cursor)) continue;
      behind.push_back(
          subscriber.has_last_nack()
              ? absl::StrCat(subscriber.subscriber_id(),
                             " (refused: ", subscriber.last_nack().reason(),
                             ": ", subscriber.last_nack().message(), ")")
              : subscriber.subscriber_id());
    }
    request.set_page_token(response->next_page_token());
  } while (!request.page_token().empty());
  return behind;
}

// Returns when every connected replica has acknowledged, or names those that
// have not by the end of the wait.
absl::Status WaitForReplicas(const ChannelOptions& options,
                             const RemoteContent& content,
                             const Channel& channel, Console& console) {
  const absl::Time end = absl::Now() + absl::Seconds(options.wait_seconds);
  Progress progress(console, "replicas still to acknowledge", 0);
  for (;;) {
    const absl::StatusOr<std::vector<std::string>> behind =
        Behind(content, channel.name(), channel.cursor());
    if (!behind.ok()) return behind.status();
    if (behind->empty()) return absl::OkStatus();
    if (absl::Now() >= end) {
      return absl::DeadlineExceededError(absl::StrCat(
          "moved, but not acknowledged by: ", absl::StrJoin(*behind, ", ")));
    }
    progress.Update(static_cast<std::int64_t>(behind->size()));
    absl::SleepFor(absl::Milliseconds(50));
  }
}

// `before` is missing for a channel that does not exist yet.
absl::Status MoveTo(const ChannelOptions& options, const RemoteContent& content,
                    const std::string& release, const Channel* before,
                    Console& console) {
  content::v1::MoveChannelRequest request;
  request.set_name(ChildName(options.name, "channels"));
  request.set_release(release);
  request.set_reason(options.reason);
  if (before != nullptr) *request.mutable_expected() = before->cursor();
  const std::vector<std::string> parts = absl::StrSplit(request.name(), '/');
  const auto response =
      CallSigned(content, &ContentStub::MoveChannel, request,
                 {content::v1::STATEMENT_KIND_MOVE,
                  parts.size() > 1 ? parts[1] : "", options.key_files},
                 console);
  if (!response.ok()) return response.status();
  PrintChannel(options, response->channel(), console);
  if (options.wait_seconds <= 0) return absl::OkStatus();
  return WaitForReplicas(options, content, response->channel(), console);
}

absl::Status Move(const ChannelOptions& options, Console& console) {
  const absl::StatusOr<RemoteContent> content = ConnectContent(options.remote);
  if (!content.ok()) return content.status();
  const absl::StatusOr<Channel> before = Get(*content, options.name);
  if (!before.ok() && !absl::IsNotFound(before.status())) {
    return before.status();
  }
  return MoveTo(options, *content, ChildName(options.release, "releases"),
                before.ok() ? &*before : nullptr, console);
}

absl::Status Rollback(const ChannelOptions& options, Console& console) {
  const absl::StatusOr<RemoteContent> content = ConnectContent(options.remote);
  if (!content.ok()) return content.status();
  const absl::StatusOr<Channel> before = Get(*content, options.name);
  if (!before.ok()) return before.status();
  const absl::StatusOr<std::vector<ChannelMove>> moves =
      AllMoves(*content, options.name);
  if (!moves.ok()) return moves.status();
  std::string release;
  for (const ChannelMove& move : *moves) {
    const bool is_earlier =
        std::pair(move.cursor().epoch(), move.cursor().number()) <
        std::pair(before->cursor().epoch(), before->cursor().number());
    if (is_earlier && move.digest() != before->digest()) {
      release = move.release();
    }
  }
  if (release.empty()) {
    return absl::FailedPreconditionError(absl::StrCat(
        before->name(), " has never pointed to another release than ",
        before->release()));
  }
  return MoveTo(options, *content, release, &*before, console);
}

using Action = absl::Status (*)(const ChannelOptions&, Console&);

CLI::App* AddChannelCommand(CLI::App& group, const char* name,
                            const char* description, Action action,
                            const std::shared_ptr<ChannelOptions>& options,
                            Chosen& chosen) {
  CLI::App* command = group.add_subcommand(name, description);
  AddContentOptions(*command, options->remote);
  AddOutputOption(*command, options->output);
  command->callback([options, action, &chosen] {
    chosen.action = [options, action](Console& console) {
      return action(*options, console);
    };
  });
  return command;
}

void AddName(CLI::App* command, ChannelOptions& options) {
  command
      ->add_option("channel", options.name,
                   "The channel: back-pain/stable, or its full name")
      ->required();
}

void AddMoveOptions(CLI::App* command, ChannelOptions& options) {
  command->add_option("--reason", options.reason, "Why")->required();
  AddKeyOption(*command, options.key_files);
  command
      ->add_option("--wait", options.wait_seconds,
                   "Seconds to wait until every connected replica has "
                   "acknowledged; 0 does not wait")
      ->check(CLI::Range(0, 3600))
      ->capture_default_str();
}

}  // namespace

void AddChannelCommands(CLI::App& plumb, Chosen& chosen) {
  CLI::App* group =
      plumb.add_subcommand("channel", "Points channels to releases");
  group->require_subcommand(0, 1);
  auto options = std::make_shared<ChannelOptions>();
  const auto add = [&](const char* name, const char* description,
                       Action action) {
    return AddChannelCommand(*group, name, description, action, options,
                             chosen);
  };

  AddName(add("show", "Shows where a channel points", Show), *options);
  add("list", "Lists the channels of a pathway", List)
      ->add_option("pathway", options->pathway, "The pathway")
      ->required();
  AddName(add("moves", "Lists the moves of a channel", Moves), *options);

  CLI::App* move = add("move", "Points a channel to a release", Move);
  AddName(move, *options);
  move->add_option("--release", options->release,
                   "The release: back-pain/7, or its full name")
      ->required();
  AddMoveOptions(move, *options);

  CLI::App* rollback = add(
      "rollback", "Points a channel to the release it had before", Rollback);
  AddName(rollback, *options);
  AddMoveOptions(rollback, *options);
}

}  // namespace plumbline::cli
