#include "cli/cursor.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace plumbline::cli {

std::string ToString(const content::v1::Cursor& cursor) {
  return absl::StrCat(cursor.epoch(), "-", cursor.number());
}

bool IsBefore(const content::v1::Cursor& left,
              const content::v1::Cursor& right) {
  return std::pair(left.epoch(), left.number()) <
         std::pair(right.epoch(), right.number());
}

}  // namespace plumbline::cli
