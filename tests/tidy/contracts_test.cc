// Every element of the contracts says what it is.

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"

namespace plumbline::tidy {
namespace {

using ::google::protobuf::Descriptor;
using ::google::protobuf::DescriptorPool;
using ::google::protobuf::EnumDescriptor;
using ::google::protobuf::FileDescriptor;
using ::google::protobuf::FileDescriptorProto;
using ::google::protobuf::FileDescriptorSet;
using ::google::protobuf::ServiceDescriptor;
using ::google::protobuf::SourceLocation;
using ::testing::SizeIs;

using Faults = std::vector<std::string>;

template <typename Element>
void CheckComment(const Element& element, Faults& faults) {
  SourceLocation location;
  const bool found = element.GetSourceLocation(&location);
  if (found && !absl::StripAsciiWhitespace(location.leading_comments).empty()) {
    return;
  }
  faults.push_back(absl::StrCat(
      std::string(element.file()->name()), ":", location.start_line + 1, ": ",
      std::string(element.full_name()), " has no comment"));
}

void CheckEnum(const EnumDescriptor& type, Faults& faults) {
  CheckComment(type, faults);
  for (int i = 0; i < type.value_count(); ++i) {
    CheckComment(*type.value(i), faults);
  }
}

void CheckMessage(const Descriptor& message, Faults& faults) {
  CheckComment(message, faults);
  for (int i = 0; i < message.field_count(); ++i) {
    CheckComment(*message.field(i), faults);
  }
  for (int i = 0; i < message.real_oneof_decl_count(); ++i) {
    CheckComment(*message.oneof_decl(i), faults);
  }
  for (int i = 0; i < message.enum_type_count(); ++i) {
    CheckEnum(*message.enum_type(i), faults);
  }
  for (int i = 0; i < message.nested_type_count(); ++i) {
    const Descriptor& nested = *message.nested_type(i);
    if (!nested.options().map_entry()) CheckMessage(nested, faults);
  }
}

void CheckService(const ServiceDescriptor& service, Faults& faults) {
  CheckComment(service, faults);
  for (int i = 0; i < service.method_count(); ++i) {
    CheckComment(*service.method(i), faults);
  }
}

Faults ContractFaults(const FileDescriptor& file) {
  Faults faults;
  for (int i = 0; i < file.message_type_count(); ++i) {
    CheckMessage(*file.message_type(i), faults);
  }
  for (int i = 0; i < file.enum_type_count(); ++i) {
    CheckEnum(*file.enum_type(i), faults);
  }
  for (int i = 0; i < file.extension_count(); ++i) {
    CheckComment(*file.extension(i), faults);
  }
  for (int i = 0; i < file.service_count(); ++i) {
    CheckService(*file.service(i), faults);
  }
  return faults;
}

// All files of proto/, as protoc described them in this build, and those that
// they import, in an order in which they can be built.
FileDescriptorSet Contracts() {
  const char* const bin = std::getenv("PLUMBLINE_BIN_DIR");
  std::ifstream file(
      absl::StrCat(bin == nullptr ? "" : bin, "/../generated/contracts.binpb"),
      std::ios::binary);
  FileDescriptorSet contracts;
  EXPECT_TRUE(contracts.ParseFromIstream(&file));
  return contracts;
}

TEST(ContractsTest, EveryElementIsCommented) {
  const FileDescriptorSet contracts = Contracts();
  DescriptorPool pool;
  Faults faults;
  for (const FileDescriptorProto& proto : contracts.file()) {
    const FileDescriptor* const file = pool.BuildFile(proto);
    ASSERT_NE(file, nullptr) << proto.name();
    if (!absl::StartsWith(proto.name(), "plumbline/")) continue;
    for (std::string& fault : ContractFaults(*file)) {
      faults.push_back(std::move(fault));
    }
  }
  EXPECT_GT(contracts.file_size(), 0);
  EXPECT_EQ(absl::StrJoin(faults, "\n"), "");
}

TEST(ContractsTest, AnElementWithoutACommentIsNamed) {
  FileDescriptorProto proto;
  proto.set_name("x.proto");
  proto.add_message_type()->set_name("Bare");
  DescriptorPool pool;
  EXPECT_THAT(ContractFaults(*pool.BuildFile(proto)), SizeIs(1));
}

}  // namespace
}  // namespace plumbline::tidy
