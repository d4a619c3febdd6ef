#include "content-service/domain/store_key.h"

#include "common/trust/digest.h"

namespace plumbline::content {
namespace {

constexpr char kFact[] = "page-token-key";
constexpr std::size_t kKeyBytes = 32;

}  // namespace

absl::StatusOr<std::string> FindOrMakeStoreKey(ContentStore& store) {
  std::string key;
  const absl::Status status = store.Write([&](Transaction& transaction) {
    const absl::StatusOr<std::string> found = transaction.FindFact(kFact);
    if (found.ok()) key = *found;
    if (!absl::IsNotFound(found.status())) return found.status();
    key = trust::RandomBytes(kKeyBytes);
    return transaction.PutFact(kFact, key);
  });
  if (!status.ok()) return status;
  return key;
}

}  // namespace plumbline::content
