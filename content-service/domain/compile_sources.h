// The sources of a draft, compiled.

#ifndef PLUMBLINE_CONTENT_SERVICE_DOMAIN_COMPILE_SOURCES_H_
#define PLUMBLINE_CONTENT_SERVICE_DOMAIN_COMPILE_SOURCES_H_

#include <string>

#include "content-service/domain/actor.h"
#include "content-service/domain/place_finder.h"
#include "content-service/domain/stored_draft.h"
#include "plumbline/content/v1/draft.pb.h"

namespace plumbline::content {

// Faults beyond this are counted and not listed.
inline constexpr int kListedFaultsMax = 1000;

struct CompiledSources {
  // Empty where there are faults.
  std::string content;
  std::string digest;
  // What is wrong; only where there are faults.
  v1::GateReport report;

  bool ok() const { return report.fault_count() == 0; }
};

// Compiles the sources of a draft of `pathway_id`.
CompiledSources CompileSources(const std::string& pathway_id,
                               const Sources& sources, const Clock& clock);

// Where the elements of sources stand that compile.
ElementPlaces PlacesIn(const Sources& sources);

}  // namespace plumbline::content

#endif  // PLUMBLINE_CONTENT_SERVICE_DOMAIN_COMPILE_SOURCES_H_
