#include "content-service/rpc/channel_methods.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "content-service/domain/channels.h"
#include "content-service/domain/find.h"
#include "content-service/rpc/pager.h"
#include "content-service/rpc/request_checks.h"
#include "content-service/rpc/statements.h"

namespace plumbline::content {
namespace {

// A place in a listing of moves, and one of subscribers, as text and back.
std::string ToText(const v1::Cursor& cursor) {
  return absl::StrCat(cursor.epoch(), "-", cursor.number());
}

MovePosition ToPosition(const std::string& text) {
  const std::vector<std::string> parts = absl::StrSplit(text, '-');
  MovePosition position;
  if (parts.size() != 2 || !absl::SimpleAtoi(parts[0], &position.epoch) ||
      !absl::SimpleAtoi(parts[1], &position.number)) {
    return kAfterEveryMove;
  }
  return position;
}

std::string ToText(const SubscriberKey& key) {
  return absl::StrCat(key.channel.pathway_id, "\n", key.channel.channel_id,
                      "\n", key.principal, "\n", key.subscriber_id);
}

SubscriberKey ToKey(const std::string& text) {
  const std::vector<std::string> parts = absl::StrSplit(text, '\n');
  if (parts.size() != 4) return {};
  return {{parts[0], parts[1]}, parts[2], parts[3]};
}

}  // namespace

absl::Status ChannelMethods::Get(const v1::GetChannelRequest& in,
                                 v1::GetChannelResponse& out) {
  RequestChecks checks;
  const ChannelId id = checks.ChannelName("name", in.name());
  if (!checks.status().ok()) return checks.status();
  return store_.Read([&](const Reader& reader) {
    const absl::StatusOr<v1::ChannelMove> move = FindNewestMove(reader, id);
    if (!move.ok()) return move.status();
    absl::StatusOr<v1::Channel> channel = ToChannel(reader, *move);
    if (!channel.ok()) return channel.status();
    *out.mutable_channel() = *std::move(channel);
    return absl::OkStatus();
  });
}

absl::Status ChannelMethods::List(const rpc::Call& call,
                                  const v1::ListChannelsRequest& in,
                                  v1::ListChannelsResponse& out) {
  RequestChecks checks;
  const std::string pathway_id = checks.PathwayName("parent", in.parent());
  if (!checks.status().ok()) return checks.status();
  Pager pager(tokens_);
  const absl::Status started = pager.Start(call, in);
  if (!started.ok()) return started;
  return store_.Read([&](const Reader& reader) -> absl::Status {
    const absl::Status pathway = RequirePathway(reader, pathway_id);
    if (!pathway.ok()) return pathway;
    const absl::StatusOr<std::int64_t> newest = reader.NewestSequence();
    if (!newest.ok()) return newest.status();
    const std::int64_t pin = pager.SnapshotNumber(*newest);
    const auto records =
        reader.ListChannels(pathway_id, pager.after(), pin, pager.limit());
    if (!records.ok()) return records.status();
    std::string last;
    for (const MoveRecord& record : *records) {
      if (out.channels_size() == pager.size()) {
        out.set_next_page_token(pager.Next(absl::StrCat(pin), last));
        break;
      }
      const absl::StatusOr<v1::ChannelMove> move = ToMove(record);
      if (!move.ok()) return move.status();
      absl::StatusOr<v1::Channel> channel = ToChannel(reader, *move);
      if (!channel.ok()) return channel.status();
      *out.add_channels() = *std::move(channel);
      last = record.channel_id;
    }
    return absl::OkStatus();
  });
}

absl::Status ChannelMethods::ListMoves(const rpc::Call& call,
                                       const v1::ListChannelMovesRequest& in,
                                       v1::ListChannelMovesResponse& out) {
  RequestChecks checks;
  const ChannelId id = checks.ChannelName("parent", in.parent());
  if (!checks.status().ok()) return checks.status();
  Pager pager(tokens_);
  const absl::Status started = pager.Start(call, in);
  if (!started.ok()) return started;
  return store_.Read([&](const Reader& reader) -> absl::Status {
    const absl::Status channel = FindNewestMove(reader, id).status();
    if (!channel.ok()) return channel;
    // Newest first: moves that come later are before the first page, so going
    // on after the last one given shows the list as it stood.
    const auto records = reader.ListMovesBefore(
        id.pathway_id, id.channel_id, ToPosition(pager.after()), pager.limit());
    if (!records.ok()) return records.status();
    for (const MoveRecord& record : *records) {
      if (out.moves_size() == pager.size()) {
        out.set_next_page_token(
            pager.Next("", ToText(out.moves(out.moves_size() - 1).cursor())));
        break;
      }
      absl::StatusOr<v1::ChannelMove> move = ToMove(record);
      if (!move.ok()) return move.status();
      *out.add_moves() = *std::move(move);
    }
    return absl::OkStatus();
  });
}

absl::Status ChannelMethods::Move(const rpc::Call& call,
                                  const v1::MoveChannelRequest& in,
                                  v1::MoveChannelResponse& out) {
  RequestChecks checks;
  MoveOrder order;
  order.channel = checks.ChannelName("name", in.name());
  order.release = checks.ReleaseName("release", in.release());
  order.reason = in.reason();
  order.expected = {in.expected().epoch(), in.expected().number()};
  checks.Reason("reason", in.reason());
  checks.RequestId(in.request_id());
  if (order.channel.pathway_id != order.release.pathway_id &&
      !order.release.pathway_id.empty()) {
    checks.Add("release", "must be a release of the channel's own pathway");
  }
  if (!checks.status().ok()) return checks.status();
  const absl::Status status = store_.Change(
      call, in, out, [&](Transaction& transaction) -> absl::Status {
        const Actor mover = store_.ActorOf(call);
        if (in.validate_only()) {
          const absl::StatusOr<PreparedMove> prepared =
              PrepareMove(transaction, policy_, mover, order);
          if (!prepared.ok()) return prepared.status();
          absl::StatusOr<v1::Channel> channel =
              ToChannel(transaction, prepared->move);
          if (!channel.ok()) return channel.status();
          *out.mutable_channel() = *std::move(channel);
          *out.mutable_move() = prepared->move;
          return SetStatement(prepared->statement, out.mutable_statement());
        }
        absl::StatusOr<v1::ChannelMove> move =
            MoveChannel(transaction, policy_, mover, order, GivenStatement(in));
        if (!move.ok()) return move.status();
        absl::StatusOr<v1::Channel> channel = ToChannel(transaction, *move);
        if (!channel.ok()) return channel.status();
        *out.mutable_move() = *std::move(move);
        *out.mutable_channel() = *std::move(channel);
        return absl::OkStatus();
      });
  if (status.ok() && !in.validate_only()) on_moved_(out.move(), order.channel);
  return status;
}

absl::Status ChannelMethods::ListSubscribers(
    const rpc::Call& call, const v1::ListSubscribersRequest& in,
    v1::ListSubscribersResponse& out) {
  RequestChecks checks;
  const ChannelId pattern = checks.ChannelPattern("parent", in.parent());
  if (!checks.status().ok()) return checks.status();
  Pager pager(tokens_);
  const absl::Status started = pager.Start(call, in);
  if (!started.ok()) return started;
  const std::vector<v1::Subscriber> found =
      subscribers_.List(pattern, in.connected_only(), ToKey(pager.after()),
                        static_cast<std::size_t>(pager.limit()));
  for (const v1::Subscriber& subscriber : found) {
    if (out.subscribers_size() == pager.size()) {
      out.set_next_page_token(pager.Next(
          "", ToText(KeyOf(out.subscribers(out.subscribers_size() - 1)))));
      break;
    }
    *out.add_subscribers() = subscriber;
  }
  return absl::OkStatus();
}

}  // namespace plumbline::content
