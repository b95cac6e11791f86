// One instant that holds across several databases: the writers of all of them stand still for the moment in
// which each gets its snapshot, and the copies are then made out of the snapshots while writers go on.
#ifndef ACCORD_COMMON_STORAGE_BACKUP_POINT_H_
#define ACCORD_COMMON_STORAGE_BACKUP_POINT_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace accord::storage {

// A point is one database at the instant. It is used in this order: Open, Hold, Take, Release, then Query
// and Copy.
class Point {
 public:
  // NOT_FOUND if there is no such SQLite file. `dsn`: as the owner of the schema.
  static absl::StatusOr<std::unique_ptr<Point>> Open(const std::string& dsn);
  virtual ~Point() = default;

  // No change is committed from now on until Release. UNAVAILABLE if writers did not let go
  // within `patience`.
  virtual absl::Status Hold(absl::Duration patience) = 0;
  // What Query and Copy see is the state of now.
  virtual absl::Status Take() = 0;
  virtual void Release() = 0;

  // Rows of the snapshot as text, null as the empty string.
  virtual absl::StatusOr<std::vector<std::vector<std::string>>> Query(const std::string& sql) = 0;
  // Says whether there is such a table in the database's own schema.
  virtual absl::StatusOr<bool> HasTable(std::string_view name) = 0;
  // SQLite only: the snapshot as a file of its own, on disk when this returns. `to` must not exist.
  virtual absl::Status Copy(const std::string& to) = 0;
  // PostgreSQL only: by which pg_dump sees it as well; empty for SQLite.
  virtual std::string snapshot() const { return ""; }

 protected:
  // Gives a quoted identifier or text.
  static std::string Quoted(std::string_view text);
};

// Takes all of them at one instant: `held` stand still together, `after` follow while these stand, so that
// what `after` tell of is in `held`. UNAVAILABLE with rule WRITERS_DID_NOT_PAUSE if some writer did not let
// go for `patience`.
absl::Status TakeTogether(const std::vector<Point*>& held, const std::vector<Point*>& after,
                          absl::Duration patience);

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_BACKUP_POINT_H_
