// Which cases reach a part of a pathway, or how many.

#ifndef PLUMBLINE_CLI_REPORT_CASE_COUNTS_H_
#define PLUMBLINE_CLI_REPORT_CASE_COUNTS_H_

#include <map>
#include <string>
#include <vector>

#include "common/pathway/model.h"

namespace plumbline::cli {

// Cases are indices into those of the pathway.
struct CaseCounts {
  std::vector<std::vector<int>> rules;  // By rule: in which it is true.
  std::vector<std::vector<int>> gates;  // By gate: in which it withholds.
  std::vector<int> guidance;            // By record: in how many it is shown.
  // By item: in which it is answered.
  std::vector<int> items;
  // By item, the option's code: in which it is chosen.
  std::vector<std::map<std::string, int>> options;
  std::map<pathway::Disposition, int> dispositions;
};

// Of the pathway's own cases, as the engine decides them.
CaseCounts CountCases(const pathway::CompiledPathway& pathway);

}  // namespace plumbline::cli

#endif  // PLUMBLINE_CLI_REPORT_CASE_COUNTS_H_
