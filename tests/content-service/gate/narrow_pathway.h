// The pathway of wide_pathway.h, whose decimals have few values: what is
// calculated with doubles is a formula as long as they are many.

#ifndef PLUMBLINE_TESTS_CONTENT_SERVICE_GATE_NARROW_PATHWAY_H_
#define PLUMBLINE_TESTS_CONTENT_SERVICE_GATE_NARROW_PATHWAY_H_

#include <memory>

#include "common/pathway/model.h"
#include "tests/common/pathway/example_pathway.h"
#include "tests/common/pathway/wide_pathway.h"

namespace plumbline::gate {

inline std::shared_ptr<const pathway::CompiledPathway> NarrowPathway() {
  const pathway::CompileResult wide = pathway::WidePathway();
  EXPECT_TRUE(wide.faults.empty()) << ToString(wide.faults);
  if (wide.pathway == nullptr) return nullptr;
  pathway::v1::Pathway message = *wide.pathway->source;
  for (auto& item : *message.mutable_items()) {
    auto& range = *item.mutable_decimal_range();
    if (item.link_id() == "pain.days") {
      range.set_maximum(10);
    } else if (item.link_id() == "lab.level") {
      range.set_minimum(-1);
      range.set_maximum(2);
    } else if (item.type() != pathway::v1::ITEM_TYPE_DECIMAL) {
      item.clear_decimal_range();
    }
    if (item.enable_when() == "lab.level < 10.05 || em.cold") {
      item.set_enable_when("lab.level < 1.05 || em.cold");
    }
  }
  return pathway::CompileOrDie(message);
}

}  // namespace plumbline::gate

#endif  // PLUMBLINE_TESTS_CONTENT_SERVICE_GATE_NARROW_PATHWAY_H_
