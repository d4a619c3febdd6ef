// plumb fleet
#include <google/protobuf/util/time_util.h>

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "cli/command.h"
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
  out << "  move " << subscriber.acknowledged().epoch() << '-'
      << subscriber.acknowledged().number() << '\n';
  if (subscriber.has_last_nack()) {
    out << "  refused move " << subscriber.last_nack().cursor().epoch() << '-'
        << subscriber.last_nack().cursor().number() << ": "
        << subscriber.last_nack().reason() << ": "
        << subscriber.last_nack().message() << '\n';
  }
}

absl::Status Fleet(const FleetOptions& options, Console& console) {
  const absl::StatusOr<RemoteContent> content = ConnectContent(options.remote);
  if (!content.ok()) return content.status();
  content::v1::ListSubscribersRequest request;
  request.set_parent(absl::StrCat(PathwayName(options.pathway), "/channels/-"));
  do {
    const auto response = content->Call(&ContentStub::ListSubscribers, request);
    if (!response.ok()) return response.status();
    if (options.output == "json") {
      console.out << ToJson(*response);
    } else {
      for (const auto& subscriber : response->subscribers()) {
        PrintSubscriber(subscriber, console.out);
      }
    }
    request.set_page_token(response->next_page_token());
  } while (!request.page_token().empty());
  return absl::OkStatus();
}

}  // namespace

void AddFleetCommand(CLI::App& plumb, Chosen& chosen) {
  auto options = std::make_shared<FleetOptions>();
  CLI::App* fleet = plumb.add_subcommand(
      "fleet", "Shows which replica serves what, and why not something newer");
  AddContentOptions(*fleet, options->remote);
  AddOutputOption(*fleet, options->output);
  fleet->add_option("pathway", options->pathway, "The pathway")->required();
  fleet->callback([options, &chosen] {
    chosen.action = [options](Console& console) {
      return Fleet(*options, console);
    };
  });
}

}  // namespace plumbline::cli
