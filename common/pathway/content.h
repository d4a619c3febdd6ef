// Content: the canonical bytes of a pathway, and the compiled pathway behind
// them.

#ifndef PLUMBLINE_COMMON_PATHWAY_CONTENT_H_
#define PLUMBLINE_COMMON_PATHWAY_CONTENT_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/pathway/model.h"
#include "plumbline/pathway/v1/pathway.pb.h"

namespace plumbline::pathway {

// The most bytes that content may have unless a caller says otherwise.
inline constexpr std::size_t kContentBytesMax = 8 << 20;

// The canonical bytes of `message`: the same on every machine and compiler.
std::string ToContent(const v1::Pathway& message);

// Compiles content that came from elsewhere. Returns INVALID_ARGUMENT, saying
// which, for: more than `bytes_max` bytes, bytes that do not parse, a field
// that this engine does not know (at any depth, with its path), bytes that are
// not canonical, and every fault that CompilePathway() finds;
// FAILED_PRECONDITION where the content needs a newer engine. The digest is
// computed here.
absl::StatusOr<std::shared_ptr<const CompiledPathway>> LoadContent(
    absl::string_view bytes, std::size_t bytes_max = kContentBytesMax);

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_COMMON_PATHWAY_CONTENT_H_
