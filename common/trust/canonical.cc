#include "common/trust/canonical.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/unknown_field_set.h>

#include <vector>

#include "absl/strings/str_cat.h"

namespace plumbline::trust {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

// The path of the first unknown field in a member of `message`.
std::string UnknownFieldInMember(const Message& message,
                                 const FieldDescriptor& field) {
  const Reflection& reflection = *message.GetReflection();
  if (!field.is_repeated()) {
    const std::string inner =
        UnknownFieldIn(reflection.GetMessage(message, &field));
    return inner.empty() ? "" : absl::StrCat(field.name(), ".", inner);
  }
  for (int i = 0; i < reflection.FieldSize(message, &field); ++i) {
    const std::string inner =
        UnknownFieldIn(reflection.GetRepeatedMessage(message, &field, i));
    if (!inner.empty()) {
      return absl::StrCat(field.name(), "[", i, "].", inner);
    }
  }
  return "";
}

}  // namespace

std::string CanonicalBytes(const Message& message) {
  std::string bytes;
  {
    google::protobuf::io::StringOutputStream sink(&bytes);
    google::protobuf::io::CodedOutputStream coded(&sink);
    coded.SetSerializationDeterministic(true);
    message.SerializePartialToCodedStream(&coded);
  }
  return bytes;
}

std::string UnknownFieldIn(const Message& message) {
  const Reflection& reflection = *message.GetReflection();
  const google::protobuf::UnknownFieldSet& unknown =
      reflection.GetUnknownFields(message);
  if (!unknown.empty()) return absl::StrCat("#", unknown.field(0).number());

  std::vector<const FieldDescriptor*> fields;
  reflection.ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) continue;
    std::string path = UnknownFieldInMember(message, *field);
    if (!path.empty()) return path;
  }
  return "";
}

absl::Status ParseCanonical(absl::string_view bytes, absl::string_view what,
                            Message* message) {
  if (!message->ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return absl::InvalidArgumentError(absl::StrCat(
        what, " does not parse as ", message->GetDescriptor()->full_name()));
  }
  const std::string unknown = UnknownFieldIn(*message);
  if (!unknown.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat(what, " has an unknown field: ", unknown));
  }
  if (CanonicalBytes(*message) != bytes) {
    return absl::InvalidArgumentError(
        absl::StrCat(what, " is not in canonical form"));
  }
  return absl::OkStatus();
}

}  // namespace plumbline::trust
