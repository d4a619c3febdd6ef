// What names a message of a pathway among its like.

#ifndef PLUMBLINE_COMMON_PATHWAY_ID_FIELD_H_
#define PLUMBLINE_COMMON_PATHWAY_ID_FIELD_H_

#include <google/protobuf/descriptor.h>

namespace plumbline::pathway {

// The field whose value names a message among its like: the first, where that
// is a text or an enum. Null: such messages are numbered.
const google::protobuf::FieldDescriptor* IdField(
    const google::protobuf::Descriptor* type);

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_COMMON_PATHWAY_ID_FIELD_H_
