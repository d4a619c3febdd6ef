// plumb fleet
#include <google/protobuf/util/time_util.h>

#include <memory>
#include <ostream>
#include <string>

#include "absl/strings/str_cat.h"
#include "cli/command.h"
#include "cli/cursor.h"
#include "cli/json.h"
#include "cli/resource_name.h"
#include "cli/services.h"

namespace plumbline::cli {
namespace {

using google::protobuf::util::TimeUtil;

struct FleetOptions {
  Remote remote;
  std::string pathway;
  std::string output = "text";
};

void PrintSubscriber(const content::v1::Subscriber& subscriber,
                     std::ostream& out) {
  out << subscriber.subscriber_id() << "  " << LastSegment(subscriber.channel())
      << "  " << (subscriber.connected() ? "connected" : "gone") << "  ";
  if (subscriber.active_digest().empty()) {
    out << "serves nothing";
  } else {
    out << subscriber.active_digest() << " since "
        << TimeUtil::ToString(subscriber.active_since());
  }
  out << "  move " << ToString(subscriber.acknowledged()) << '\n';
  if (subscriber.has_last_nack()) {
    out << "  refused move " << ToString(subscriber.last_nack().cursor())
        << ": " << subscriber.last_nack().reason() << ": "
        << subscriber.last_nack().message() << '\n';
  }
}

absl::Status Print(const FleetOptions& options,
                   const content::v1::ListSubscribersResponse& response,
                   Console& console) {
  if (options.output == "json") return PrintJson(response, console.out);
  for (const auto& subscriber : response.subscribers()) {
    PrintSubscriber(subscriber, console.out);
  }
  return absl::OkStatus();
}

// NOT_FOUND where the service does not know the pathway: it lists the replicas
// of any that they ask for.
absl::Status FindPathway(const RemoteContent& content,
                         const std::string& pathway) {
  content::v1::GetPathwayRequest request;
  request.set_name(pathway);
  return content.Call(&ContentStub::GetPathway, request).status();
}

absl::Status Fleet(const FleetOptions& options, Console& console) {
  const absl::StatusOr<RemoteContent> content = ConnectContent(options.remote);
  if (!content.ok()) return content.status();
  const std::string pathway = PathwayName(options.pathway);
  const absl::Status known = FindPathway(*content, pathway);
  if (!known.ok() && !absl::IsNotFound(known)) return known;
  content::v1::ListSubscribersRequest request;
  request.set_parent(absl::StrCat(pathway, "/channels/-"));
  const auto response =
      content->CallAllPages(&ContentStub::ListSubscribers, request);
  if (!response.ok()) return response.status();
  const bool nobody = response->subscribers().empty();
  // Replicas may wait for a pathway that is not known.
  if (!known.ok() && nobody) return known;
  const absl::Status printed = Print(options, *response, console);
  if (!printed.ok()) return printed;
  if (nobody) {
    console.err << "plumb: no replica follows " << pathway
                << ", and none is remembered that did: content-service forgets "
                   "one an hour after it has gone, and all of them when it "
                   "starts\n";
  }
  return known;
}

}  // namespace

void AddFleetCommand(CLI::App& plumb, Chosen& chosen) {
  auto options = std::make_shared<FleetOptions>();
  CLI::App* fleet =
      AddCommand(plumb, "fleet",
                 "Shows which replica serves what, and why not something newer",
                 Fleet, options, chosen);
  AddContentOptions(*fleet, options->remote);
  AddOutputOption(*fleet, options->output);
  fleet->add_option("pathway", options->pathway, "The pathway")->required();
}

}  // namespace plumbline::cli
