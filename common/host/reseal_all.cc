#include "common/host/reseal_all.h"

#include <algorithm>
#include <cstdint>
#include <cstdio>

#include "common/base/error.h"
#include "common/storage/classification/classes.h"
#include "common/storage/sealing/reseal.h"

namespace accord::host {
namespace {

// This seals what the previous version stored unsealed in fields that were classified since.
absl::Status SealClasses(storage::Database* database, const std::string& service) {
  const std::string classes = storage::ClassesOf(service);
  if (classes.empty()) return absl::OkStatus();
  storage::ClassPass pass;
  while (!pass.done) ACCORD_RETURN_IF_ERROR(storage::SealClasses(database, service, 500, &pass));
  std::printf("sealed %lld rows that lay in clear, %lld cannot be read\n",
              static_cast<long long>(pass.sealed), static_cast<long long>(pass.unreadable));
  return absl::OkStatus();
}

}  // namespace

absl::Status ResealAll(storage::Database* database, const std::string& service) {
  using storage::Transaction;
  ACCORD_ASSIGN_OR_RETURN(const int64_t total, database->Read(storage::CountToReseal));
  for (int64_t done = 0;;) {
    ACCORD_ASSIGN_OR_RETURN(const int64_t more,
                            database->Transact([](Transaction& tx) { return storage::Reseal(tx, 500); }));
    done += more;
    std::printf("resealed %lld of %lld rows\n", static_cast<long long>(done),
                static_cast<long long>(std::max(total, done)));
    std::fflush(stdout);
    if (more == 0) break;
  }
  return SealClasses(database, service);
}

}  // namespace accord::host
