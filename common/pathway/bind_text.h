// Fills a message from the syntax tree of its text, and says where each element
// was written.
//
// The message is that which protobuf's own parser gives. The faults say more,
// and all are found in one run.

#ifndef PLUMBLINE_COMMON_PATHWAY_BIND_TEXT_H_
#define PLUMBLINE_COMMON_PATHWAY_BIND_TEXT_H_

#include <google/protobuf/message.h>

#include <string>
#include <vector>

#include "common/pathway/element_place.h"
#include "common/pathway/fault.h"
#include "common/pathway/source_text.h"
#include "common/pathway/text_tree.h"

namespace plumbline::pathway {

// Adds `fields`, which are of `tree`, to `message`, and their places to
// `place`. `path` is that of `message`, empty for a pathway. Faults: a field
// that the message does not have or that is given twice, a value of another
// type, an escape that does not exist.
void BindText(const SourceText& source, const TextTree& tree,
              const std::vector<TextField>& fields, const std::string& path,
              google::protobuf::Message* message, ElementPlace* place,
              Faults* faults);

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_COMMON_PATHWAY_BIND_TEXT_H_
