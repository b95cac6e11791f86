#include "common/storage/sealing/reseal.h"

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/storage/sealing/body.h"
#include "common/storage/sealing/keyring.h"

namespace accord::storage {
namespace {

constexpr const char* kTables[] = {"resource", "revision", "idempotency"};

absl::StatusOr<std::string> ResealText(const Keyring& ring, const std::string& context,
                                       std::string_view token) {
  ACCORD_ASSIGN_OR_RETURN(const std::string plain, ring.Open(context, token));
  return ring.Seal(context, plain);
}

// This gives the readable line of a stored body followed by its sealed line under the current key.
absl::StatusOr<std::string> ResealedBody(const Keyring& ring, const std::string& kind,
                                         const std::string& name, const std::string& body) {
  const std::size_t line = body.find('\n');
  ACCORD_ASSIGN_OR_RETURN(const std::string token, ResealText(ring, absl::StrCat(kind, "\n", name),
                                                              std::string_view(body).substr(line + 1)));
  return absl::StrCat(body.substr(0, line), "\n", token);
}

absl::StatusOr<int64_t> ResealResources(Transaction& tx, const Keyring& ring, int limit) {
  ACCORD_ASSIGN_OR_RETURN(const auto rows, (tx.Query<std::string, std::string, std::string>(
                                               "select kind, name, body from resource where seal_key <> :p1 "
                                               "and seal_key <> '' limit :p2",
                                               ring.current(), limit)));
  for (const auto& [kind, name, body] : rows) {
    ACCORD_ASSIGN_OR_RETURN(const std::string anew, ResealedBody(ring, OpenKind(kind), name, body));
    ACCORD_RETURN_IF_ERROR(
        tx.Exec("update resource set body = :p1, seal_key = :p2 where kind = :p3 and name = :p4", anew,
                ring.current(), kind, name)
            .status());
  }
  return static_cast<int64_t>(rows.size());
}

absl::StatusOr<int64_t> ResealRevisions(Transaction& tx, const Keyring& ring, int limit) {
  ACCORD_ASSIGN_OR_RETURN(const auto rows,
                          (tx.Query<std::string, std::string, int64_t, std::string>(
                              "select kind, name, version, body from revision where seal_key <> :p1 and "
                              "seal_key <> '' limit :p2",
                              ring.current(), limit)));
  for (const auto& [kind, name, version, body] : rows) {
    ACCORD_ASSIGN_OR_RETURN(const std::string anew, ResealedBody(ring, kind, name, body));
    ACCORD_RETURN_IF_ERROR(tx.Exec("update revision set body = :p1, seal_key = :p2 where kind = :p3 and "
                                   "name = :p4 and version = :p5",
                                   anew, ring.current(), kind, name, version)
                               .status());
  }
  return static_cast<int64_t>(rows.size());
}

absl::StatusOr<int64_t> ResealAnswers(Transaction& tx, const Keyring& ring, int limit) {
  ACCORD_ASSIGN_OR_RETURN(const auto rows,
                          (tx.Query<std::string, std::string, std::string, std::string>(
                              "select agency, actor, request_id, response from idempotency where "
                              "seal_key <> :p1 and seal_key <> '' limit :p2",
                              ring.current(), limit)));
  for (const auto& [agency, actor, request_id, response] : rows) {
    ACCORD_ASSIGN_OR_RETURN(const std::string anew,
                            ResealText(ring, SealContextOfAnswer(agency, actor, request_id), response));
    ACCORD_RETURN_IF_ERROR(tx.Exec("update idempotency set response = :p1, seal_key = :p2 where agency = :p3 "
                                   "and actor = :p4 and request_id = :p5",
                                   anew, ring.current(), agency, actor, request_id)
                               .status());
  }
  return static_cast<int64_t>(rows.size());
}

}  // namespace

absl::StatusOr<int64_t> CountToReseal(Transaction& tx) {
  int64_t count = 0;
  for (const char* table : kTables) {
    ACCORD_ASSIGN_OR_RETURN(const auto rows,
                            tx.Query<int64_t>(absl::StrCat("select count(*) from ", table,
                                                           " where seal_key <> :p1 and seal_key <> ''"),
                                              tx.keyring()->current()));
    count += std::get<0>(rows.at(0));
  }
  return count;
}

absl::StatusOr<int64_t> RowsUnderOldKeys(Transaction& tx, int limit) {
  int64_t count = 0;
  for (const char* table : kTables) {
    // Two ranges of the index on seal_key are read, so that a table without such rows is not scanned.
    for (const char* range : {"seal_key > '' and seal_key < :p1", "seal_key > :p1"}) {
      ACCORD_ASSIGN_OR_RETURN(const auto rows,
                              tx.Query<int64_t>(absl::StrCat("select count(*) from (select 1 from ", table,
                                                             " where ", range, " limit :p2) as old"),
                                                tx.keyring()->current(), limit));
      count += std::get<0>(rows.at(0));
    }
  }
  return count;
}

absl::StatusOr<int64_t> Reseal(Transaction& tx, int limit) {
  for (const auto step : {ResealResources, ResealRevisions, ResealAnswers}) {
    ACCORD_ASSIGN_OR_RETURN(const int64_t done, step(tx, *tx.keyring(), limit));
    if (done > 0) return done;
  }
  return 0;
}

std::string SealContextOfAnswer(std::string_view agency, std::string_view actor,
                                std::string_view request_id) {
  return absl::StrCat("answer\n", std::string(agency), "\n", std::string(actor), "\n",
                      std::string(request_id));
}

}  // namespace accord::storage
