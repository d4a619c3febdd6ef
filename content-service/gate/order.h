// Which answers to an item are worse than which, as its `worse` says.

#ifndef PLUMBLINE_CONTENT_SERVICE_GATE_ORDER_H_
#define PLUMBLINE_CONTENT_SERVICE_GATE_ORDER_H_

#include <cstdint>
#include <vector>

#include "common/pathway/model.h"
#include "content-service/gate/encode.h"
#include "plumbline/pathway/v1/pathway.pb.h"

namespace plumbline::gate {

class Order {
 public:
  // Of a compiled item and the message that it was compiled from.
  Order(const pathway::Item& item, const pathway::v1::Worse& message);

  // Whether any answer is worse than another.
  bool IsOrdered() const;

  // Whether `worse` is worse than `better`; slot values.
  bool IsWorse(std::int64_t better, std::int64_t worse) const;
  z3::expr IsWorse(const SymbolicAnswer& better,
                   const SymbolicAnswer& worse) const;

  // Whether no option is better. Choice items.
  bool IsLeast(int option) const;

  // Whether it is better or worse than some option. Choice items.
  bool IsInChain(int option) const;

  // The answer that worries least, or the first of such; slot value.
  std::int64_t CalmValue() const;

 private:
  const pathway::Item& item_;
  const pathway::v1::Worse& message_;
  // Choice items: by option, bits of those that are worse.
  std::vector<std::uint64_t> worse_options_;
};

}  // namespace plumbline::gate

#endif  // PLUMBLINE_CONTENT_SERVICE_GATE_ORDER_H_
