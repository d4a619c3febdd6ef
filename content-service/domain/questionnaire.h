// The questionnaire of a release in one locale.

#ifndef PLUMBLINE_CONTENT_SERVICE_DOMAIN_QUESTIONNAIRE_H_
#define PLUMBLINE_CONTENT_SERVICE_DOMAIN_QUESTIONNAIRE_H_

#include <string>

#include "common/pathway/model.h"
#include "plumbline/content/v1/questionnaire.pb.h"
#include "plumbline/content/v1/release.pb.h"

namespace plumbline::content {

// `pathway` is the content of `release`. `locale` may be any; where the pathway
// does not offer it, the texts are those of its default.
v1::Questionnaire MakeQuestionnaire(const v1::Release& release,
                                    const pathway::CompiledPathway& pathway,
                                    const std::string& locale);

}  // namespace plumbline::content

#endif  // PLUMBLINE_CONTENT_SERVICE_DOMAIN_QUESTIONNAIRE_H_
