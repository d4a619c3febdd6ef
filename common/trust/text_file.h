// Text-format protobuf files that people write: parsed strictly, with every
// mistake told by its place.

#ifndef PLUMBLINE_COMMON_TRUST_TEXT_FILE_H_
#define PLUMBLINE_COMMON_TRUST_TEXT_FILE_H_

#include <google/protobuf/message.h>
#include <google/protobuf/text_format.h>

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace plumbline::trust {

// One file while it is being checked. Collects faults.
class TextFile {
 public:
  // `name` opens every fault.
  explicit TextFile(absl::string_view name) : name_(name) {}

  // Parses `text`; mistakes of form become faults. Returns whether there are
  // none.
  bool Parse(absl::string_view text, google::protobuf::Message* message);

  // Adds a fault of element `index` of the repeated field `field`, at its place
  // in the text that was parsed: "f.txtpb:3:1: keys[0].key_id: …".
  void AddFault(absl::string_view field, int index, absl::string_view member,
                absl::string_view fault);

  // Adds a fault of the file as a whole.
  void AddFault(absl::string_view fault);

  // OK, or INVALID_ARGUMENT with one fault a line.
  absl::Status status() const;

 private:
  std::string PlaceOf(absl::string_view field, int index) const;

  const std::string name_;
  const google::protobuf::Descriptor* descriptor_ = nullptr;
  google::protobuf::TextFormat::ParseInfoTree places_;
  std::vector<std::string> faults_;
};

}  // namespace plumbline::trust

#endif  // PLUMBLINE_COMMON_TRUST_TEXT_FILE_H_
