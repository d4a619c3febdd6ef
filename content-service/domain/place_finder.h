// Where elements stand in the sources, found out when it is first asked.

#ifndef PLUMBLINE_CONTENT_SERVICE_DOMAIN_PLACE_FINDER_H_
#define PLUMBLINE_CONTENT_SERVICE_DOMAIN_PLACE_FINDER_H_

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "common/pathway/fault.h"

namespace plumbline::content {

// Of "rules/R-E01" its place.
using ElementPlaces = std::map<std::string, pathway::Place>;

class PlaceFinder {
 public:
  explicit PlaceFinder(std::function<ElementPlaces()> places)
      : source_(std::move(places)) {}

  // A place that is not known is empty.
  pathway::Place Find(const std::string& element) {
    if (!places_.has_value()) places_ = source_();
    const auto found = places_->find(element);
    return found == places_->end() ? pathway::Place() : found->second;
  }

 private:
  const std::function<ElementPlaces()> source_;
  std::optional<ElementPlaces> places_;
};

}  // namespace plumbline::content

#endif  // PLUMBLINE_CONTENT_SERVICE_DOMAIN_PLACE_FINDER_H_
