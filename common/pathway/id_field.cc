#include "common/pathway/id_field.h"

namespace plumbline::pathway {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

const FieldDescriptor* IdField(const Descriptor* type) {
  const FieldDescriptor* const first = type->field(0);
  const bool is_id = first->cpp_type() == FieldDescriptor::CPPTYPE_STRING ||
                     first->cpp_type() == FieldDescriptor::CPPTYPE_ENUM;
  return is_id && !first->is_repeated() ? first : nullptr;
}

}  // namespace plumbline::pathway
