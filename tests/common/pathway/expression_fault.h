// How googletest prints the mistakes of an expression.

#ifndef PLUMBLINE_TESTS_COMMON_PATHWAY_EXPRESSION_FAULT_H_
#define PLUMBLINE_TESTS_COMMON_PATHWAY_EXPRESSION_FAULT_H_

#include <ostream>

#include "common/pathway/lex_expression.h"

namespace plumbline::pathway {

inline void PrintTo(const ExpressionFault& fault, std::ostream* out) {
  *out << "{" << fault.offset << ", \"" << fault.message << "\"}";
}

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_TESTS_COMMON_PATHWAY_EXPRESSION_FAULT_H_
