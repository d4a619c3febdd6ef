// The source files of a small pathway that has no faults. The clinical content
// is invented.

#ifndef PLUMBLINE_TESTS_COMMON_PATHWAY_EXAMPLE_FOLDER_H_
#define PLUMBLINE_TESTS_COMMON_PATHWAY_EXAMPLE_FOLDER_H_

#include "common/pathway/source_files.h"

namespace plumbline::pathway {

inline SourceFiles ExampleFolder() {
  SourceFiles files;
  files["pathway.txtpb"] = R"(pathway_id: "wrist"
title: "Wrist"
description: "An invented pathway. A clinician must approve content before use."
engine_version_min: 1
default_locale: "en"
locales: ["en"]
dispositions {
  disposition: DISPOSITION_SELF_CARE title: "Home" instruction: "Rest."
}
dispositions {
  disposition: DISPOSITION_ROUTINE title: "Book" instruction: "Book a visit."
}
dispositions {
  disposition: DISPOSITION_WITHIN_DAYS title: "Soon" instruction: "Come soon."
}
dispositions {
  disposition: DISPOSITION_SAME_DAY title: "Today" instruction: "Call today."
}
dispositions {
  disposition: DISPOSITION_EMERGENCY_NOW title: "Now" instruction: "Go now."
}
emergency_signs { sign_id: "bone" text: "A bone shows." sources: ["book"] }
)";
  files["questionnaire.txtpb"] = R"(groups { group_id: "all" title: "All" }
items {
  link_id: "em.bone"
  group_id: "all"
  prompt: "Do you see bone?"
  type: ITEM_TYPE_CHOICE
  options { code: "no" text: "No" }
  options { code: "yes" text: "Yes" }
  emergency: true
  if_unknown {
    at_least: DISPOSITION_SAME_DAY
    flag: "SAFETY_UNKNOWN"
    rationale: "We could not rule it out."
    sources: ["book"]
  }
  worse { options { chains { levels { codes: "no" } levels { codes: "yes" }}}}
  sources: ["book"]
}
items {
  link_id: "pain.now"
  group_id: "all"
  prompt: "How bad is it?"
  type: ITEM_TYPE_INTEGER
  integer_range { minimum: 0 maximum: 10 unit: "{score}" }
  worse { direction: DIRECTION_UP }
  sources: ["book"]
}
items {
  link_id: "pain.days"
  group_id: "all"
  prompt: "For how many days?"
  type: ITEM_TYPE_DECIMAL
  decimal_range { minimum: 0 maximum: 100 step: 0.5 unit: "d" }
  worse { direction: DIRECTION_UP }
  sources: ["book"]
}
items {
  link_id: "pain.fall"
  group_id: "all"
  prompt: "Did you fall?"
  type: ITEM_TYPE_BOOLEAN
  worse { true_is_worse: true }
  sources: ["book"]
}
items {
  link_id: "med.taken"
  group_id: "all"
  prompt: "What have you taken?"
  type: ITEM_TYPE_MULTI_CHOICE
  options { code: "none" text: "Nothing" exclusive: true }
  options { code: "nsaid" text: "Ibuprofen" }
  worse { set_inclusion: true }
  sources: ["book"]
}
)";
  files["rules.txtpb"] = R"(rules {
  rule_id: "R-E01"
  when: "em.bone == 'yes'"
  disposition: DISPOSITION_EMERGENCY_NOW
  flag: "OPEN_BREAK"
  rationale: "Bone that shows is an emergency."
  guidance_ids: ["go-now"]
  sources: ["book"]
  on_unknown {
    escalate { at_least: DISPOSITION_SAME_DAY flag: "SAFETY_UNKNOWN" }
  }
}
rules {
  rule_id: "R-R01"
  when:
    "pain.now >= 5 && "
    "pain.days > 2.0"
  disposition: DISPOSITION_ROUTINE
  flag: "LASTING"
  rationale: "Pain that lasts should be looked at."
  sources: ["book"]
}
)";
  files["sources.txtpb"] = R"(sources {
  source_id: "book"
  kind: SOURCE_KIND_LOCAL
  citation: "Invented."
  note: "For tests."
}
)";
  files["guidance/go-now.md"] = R"(---
revision: 1
kind: GUIDANCE_KIND_URGENT
audience: AUDIENCE_PATIENT
dispositions: [DISPOSITION_EMERGENCY_NOW]
order: 1
sources: ["book"]
review_by: "2027-05-31"
texts { title: "Go now" }
---
Call the **emergency number**.
)";
  files["cases/all.jsonl"] =
      R"({"id": "C-1", "source": "test", "narrative": "Bone shows.", )"
      R"("answers": {"em.bone": "yes"}, )"
      R"("expected_disposition": "emergency_now", "must_flag": ["OPEN_BREAK"]})"
      "\n";
  return files;
}

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_TESTS_COMMON_PATHWAY_EXAMPLE_FOLDER_H_
