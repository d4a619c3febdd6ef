// The forms of ids and codes, and the words that expressions reserve. The ids
// of resources and handles are for all of the project.

#ifndef PLUMBLINE_COMMON_PATHWAY_NAMES_H_
#define PLUMBLINE_COMMON_PATHWAY_NAMES_H_

#include <string>

#include "absl/strings/string_view.h"
#include "common/pathway/model.h"

namespace plumbline::pathway {

// `[a-z][a-z0-9_]*`, at most 63 characters: codes, names, groups.
bool IsWord(absl::string_view text);

// `[a-z0-9]` and hyphens, starting with a letter, at most 63 characters:
// guidance, sources.
bool IsSlug(absl::string_view text);

// `[a-z]([a-z0-9-]{0,61}[a-z0-9])?`: the ids of pathways, channels and drafts,
// which are segments of resource names.
bool IsResourceId(absl::string_view text);

// The rule of IsResourceId(), for messages.
inline constexpr char kResourceIdForm[] = "[a-z]([a-z0-9-]{0,61}[a-z0-9])?";

// `[a-z0-9-]`, 1 to 63 characters: what those who run it call replicas, keys
// and deployments, and the properties of a gate report. Wider than the id of a
// resource: the name of a host may begin with a digit.
bool IsHandle(absl::string_view text);

// The rule of IsHandle(), for messages.
inline constexpr char kHandleForm[] = "1 to 63 characters of [a-z0-9-]";

// `[A-Z][A-Z0-9_]*`, at most 63 characters.
bool IsFlag(absl::string_view text);

// Letters, digits and hyphens, at most 63 characters: rules, evidence, cases.
bool IsLabel(absl::string_view text);

// `[a-z0-9]`, hyphens and underscores, starting with a letter, at most 63
// characters: tags.
bool IsTag(absl::string_view text);

// Two or more words joined by dots: link ids.
bool IsLinkId(absl::string_view text);

// A BCP 47 tag of a language and an optional region: `en`, `es-MX`.
bool IsLocale(absl::string_view text);

// A day of the calendar: `2027-05-31`.
bool IsDate(absl::string_view text);

// A code of LOINC, whose last digit proves the others: `44261-6`.
bool IsLoincCode(absl::string_view text);

// Words of CEL that no name may be.
bool IsKeyword(absl::string_view word);

// Whether expressions mean something else by this name: the types of CEL,
// `has`, `size`, `score`, `flags`, `disposition`, `disposition_rank`.
bool IsReservedName(absl::string_view word);

// "EMERGENCY_NOW".
absl::string_view ToString(Disposition disposition);

// The five, least urgent first.
inline constexpr Disposition kDispositions[] = {
    Disposition::kSelfCare, Disposition::kRoutine, Disposition::kWithinDays,
    Disposition::kSameDay, Disposition::kEmergencyNow};

// The shortest text that reads back as `number`: "100.4", "3"; whole numbers
// below 2^53 in full, "100000".
std::string FormatNumber(double number);

}  // namespace plumbline::pathway

#endif  // PLUMBLINE_COMMON_PATHWAY_NAMES_H_
