// Whether a mistake in a pathway is refused, and by what.

#ifndef PLUMBLINE_CONTENT_SERVICE_GATE_CATCH_MUTATION_H_
#define PLUMBLINE_CONTENT_SERVICE_GATE_CATCH_MUTATION_H_

#include <cstdint>
#include <string>

#include "content-service/gate/mutations.h"
#include "content-service/gate/search.h"

namespace plumbline::gate {

enum class CaughtBy : std::uint8_t {
  kReading,   // It does not compile.
  kCases,     // A case fails, or something is reached by none.
  kProof,     // A property is not proved.
  kNoEffect,  // Nothing, and it is proved that no intake is decided otherwise.
  kNothing,
};

struct Catch {
  CaughtBy by = CaughtBy::kNothing;
  std::string why;  // The first reason; empty where nothing caught it.
};

// `pathway` passes the gate, and has no translations (WithoutTranslations());
// `as_of_date` as there.
Catch CatchMutation(const pathway::v1::Pathway& pathway,
                    const Mutation& mutation, const std::string& as_of_date,
                    const Surroundings& surroundings);

}  // namespace plumbline::gate

#endif  // PLUMBLINE_CONTENT_SERVICE_GATE_CATCH_MUTATION_H_
