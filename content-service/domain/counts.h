// How much is in a content.

#ifndef PLUMBLINE_CONTENT_SERVICE_DOMAIN_COUNTS_H_
#define PLUMBLINE_CONTENT_SERVICE_DOMAIN_COUNTS_H_

#include "plumbline/content/v1/release.pb.h"
#include "plumbline/pathway/v1/pathway.pb.h"

namespace plumbline::content {

inline v1::ReleaseCounts CountsOf(const pathway::v1::Pathway& pathway) {
  v1::ReleaseCounts counts;
  counts.set_item_count(pathway.items_size());
  counts.set_rule_count(pathway.rules_size());
  counts.set_guidance_count(pathway.guidance_size());
  counts.set_case_count(pathway.cases_size());
  return counts;
}

}  // namespace plumbline::content

#endif  // PLUMBLINE_CONTENT_SERVICE_DOMAIN_COUNTS_H_
