// What NextItems says: the interview of domain/interview.h with the texts that
// a form needs.

#ifndef PLUMBLINE_TRIAGE_SERVICE_RPC_DESCRIBE_INTERVIEW_H_
#define PLUMBLINE_TRIAGE_SERVICE_RPC_DESCRIBE_INTERVIEW_H_

#include "absl/strings/string_view.h"
#include "common/pathway/decide.h"
#include "common/pathway/model.h"
#include "plumbline/triage/v1/triage_service.pb.h"
#include "triage-service/domain/interview.h"

namespace plumbline::triage {

// `interview` and `decision` are of `release`. `locale` comes from
// pathway::ResolveLocale(). At most `items_max` items; 0: all.
v1::NextItemsResponse DescribeInterview(const pathway::CompiledPathway& release,
                                        const Interview& interview,
                                        const pathway::Decision& decision,
                                        absl::string_view locale,
                                        int items_max);

}  // namespace plumbline::triage

#endif  // PLUMBLINE_TRIAGE_SERVICE_RPC_DESCRIBE_INTERVIEW_H_
