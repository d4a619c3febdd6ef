// The citations behind the ids of sources and evidence.

#ifndef PLUMBLINE_COMMON_PATHWAY_CITATIONS_H_
#define PLUMBLINE_COMMON_PATHWAY_CITATIONS_H_

#include <google/protobuf/repeated_ptr_field.h>

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "plumbline/pathway/v1/pathway.pb.h"

namespace plumbline::pathway {

// Immutable, therefore thread-safe.
class Citations {
 public:
  // `message` must outlive this, and what Behind() returns.
  explicit Citations(const v1::Pathway& message);

  // In the order of `ids`, each once; a conflict between sources has none.
  std::vector<absl::string_view> Behind(
      const google::protobuf::RepeatedPtrField<std::string>& ids) const;

 private:
  absl::flat_hash_map<absl::string_view, absl::string_view> citation_by_id_;
};

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_COMMON_PATHWAY_CITATIONS_H_
