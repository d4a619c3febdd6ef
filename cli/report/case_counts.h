// How many cases reach each part of a pathway.

#ifndef PLUMBLINE_CLI_REPORT_CASE_COUNTS_H_
#define PLUMBLINE_CLI_REPORT_CASE_COUNTS_H_

#include <map>
#include <string>
#include <vector>

#include "common/pathway/model.h"

namespace plumbline::cli {

struct CaseCounts {
  std::vector<int> rules;     // By rule: in which it is true.
  std::vector<int> guidance;  // By record: in which it is shown.
  std::vector<int> gates;     // By gate: in which it withholds something.
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
