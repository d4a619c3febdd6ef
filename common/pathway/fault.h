// A mistake in a pathway or in a set of answers, told so that its author can
// mend it: what is wrong, where, and what would be right.

#ifndef PLUMBLINE_COMMON_PATHWAY_FAULT_H_
#define PLUMBLINE_COMMON_PATHWAY_FAULT_H_

#include <string>
#include <vector>

namespace plumbline::pathway {

// Where something stands in a file. Lines and columns start at 1; 0 means that
// the place is not known.
struct Place {
  std::string file;
  int line = 0;
  int column = 0;

  friend bool operator==(const Place&, const Place&) = default;
};

// One mistake.
struct Fault {
  // The element: `rules[R-E01].when`, `answers[3].code`.
  std::string path;
  // What is wrong, and what would be right.
  std::string message;
  // Where the element stands; empty where it came from no file.
  Place place = {};

  friend bool operator==(const Fault&, const Fault&) = default;
};

using Faults = std::vector<Fault>;

// "rules.txtpb:12:3: rules[R-E01].when: no item 'em.blader'; did you mean
// 'em.bladder'?", without the place where it is not known.
std::string ToString(const Fault& fault);

// One fault a line.
std::string ToString(const Faults& faults);

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_COMMON_PATHWAY_FAULT_H_
