// texts: patients can read what they are shown, and somebody has looked at it
// not too long ago.
//
// English patient text asks for at most 8 years of school (reading_grade.h):
// each guidance record, but for clinicians, and each instruction by itself;
// questions, and reasons of rules, all together, because one alone is too short
// to be graded. No record is past its `review_by`. Every fact and every
// resolution of a conflict is cited, or says why it is not. A translation has
// the numbers and the list items of the original. That every element has a
// source, and every text a translation, is checked where the pathway is read.

#ifndef PLUMBLINE_CONTENT_SERVICE_GATE_PROPERTIES_TEXTS_H_
#define PLUMBLINE_CONTENT_SERVICE_GATE_PROPERTIES_TEXTS_H_

#include "absl/strings/string_view.h"
#include "content-service/gate/property.h"
#include "plumbline/pathway/v1/pathway.pb.h"

namespace plumbline::gate {

// `as_of_date` is a day, ISO 8601.
Findings CheckTexts(const pathway::v1::Pathway& message,
                    absl::string_view as_of_date);

}  // namespace plumbline::gate

#endif  // PLUMBLINE_CONTENT_SERVICE_GATE_PROPERTIES_TEXTS_H_
