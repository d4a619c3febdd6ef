#include "content-service/domain/compile_sources.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/pathway/content.h"
#include "common/pathway/read_folder.h"
#include "common/trust/digest.h"
#include "content-service/domain/gate.h"
#include "content-service/domain/timestamp.h"

namespace plumbline::content {
namespace {

// The sources in the form that the reader takes.
pathway::SourceFiles ToSourceFiles(const Sources& sources) {
  pathway::SourceFiles files;
  for (const v1::SourceFile& file : sources) {
    files[file.path()] = file.content();
  }
  return files;
}

v1::SourceFault ToSourceFault(const pathway::Fault& fault) {
  v1::SourceFault message;
  message.set_file(fault.place.file);
  message.set_line(fault.place.line);
  message.set_column(fault.place.column);
  message.set_path(fault.path);
  message.set_message(fault.message);
  return message;
}

void ListFaults(const pathway::Faults& faults, v1::GateReport& report) {
  report.set_fault_count(static_cast<int>(faults.size()));
  const std::size_t listed =
      std::min<std::size_t>(faults.size(), kListedFaultsMax);
  for (std::size_t i = 0; i < listed; ++i) {
    *report.add_faults() = ToSourceFault(faults[i]);
  }
}

pathway::Fault WrongPathway(const std::string& given,
                            const std::string& wanted) {
  return {"pathway_id",
          absl::StrCat("'", given, "' is not the pathway of this draft, '",
                       wanted, "'"),
          {"pathway.txtpb"}};
}

pathway::Fault TooLarge(std::size_t bytes) {
  return {"", absl::StrCat("the content has ", bytes, " bytes; at most ",
                           pathway::kContentBytesMax, " are taken")};
}

}  // namespace

CompiledSources CompileSources(const std::string& pathway_id,
                               const Sources& sources, const Clock& clock) {
  const absl::Time start = clock();
  pathway::ReadResult read = pathway::ReadPathway(ToSourceFiles(sources));
  CompiledSources compiled;
  if (read.faults.empty() && read.message.pathway_id() != pathway_id) {
    read.faults.push_back(WrongPathway(read.message.pathway_id(), pathway_id));
  }
  if (read.faults.empty()) {
    compiled.content = pathway::ToContent(read.message);
    compiled.digest = trust::Sha256Hex(compiled.content);
    if (compiled.content.size() > pathway::kContentBytesMax) {
      read.faults.push_back(TooLarge(compiled.content.size()));
    }
  }
  if (read.faults.empty()) return compiled;
  compiled.content.clear();
  compiled.digest.clear();
  compiled.report = NewReport(read.message.pathway_id(), start);
  ListFaults(read.faults, compiled.report);
  *compiled.report.mutable_duration() = ToDuration(clock() - start);
  return compiled;
}

ElementPlaces PlacesIn(const Sources& sources) {
  return pathway::ReadPathway(ToSourceFiles(sources)).places;
}

}  // namespace plumbline::content
