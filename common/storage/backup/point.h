// This is a common instant of several databases. All their writers pause while each database takes its
// snapshot; the copies are then made from the snapshots while the writers go on.
#ifndef ACCORD_COMMON_STORAGE_BACKUP_POINT_H_
#define ACCORD_COMMON_STORAGE_BACKUP_POINT_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace accord::storage {

// This is one database at that instant. Use it in this order: Open, Hold, Take, Release, then Query and Copy.
class Point {
 public:
  // This fails with NOT_FOUND if there is no such SQLite file. `dsn` must log in as the owner of the schema.
  static absl::StatusOr<std::unique_ptr<Point>> Open(const std::string& dsn);
  virtual ~Point() = default;

  // Prevents any commit from now until Release. It fails with UNAVAILABLE if the writers did not pause
  // within `patience`.
  virtual absl::Status Hold(absl::Duration patience) = 0;
  // This takes the snapshot that Query and Copy see.
  virtual absl::Status Take() = 0;
  virtual void Release() = 0;

  // This gives rows of the snapshot as text; null is the empty string.
  virtual absl::StatusOr<std::vector<std::vector<std::string>>> Query(const std::string& sql) = 0;
  // This says whether the database's own schema has a table of this name.
  virtual absl::StatusOr<bool> HasTable(std::string_view name) = 0;
  // This writes the snapshot to a file, on SQLite only. The file is on disk when this returns. `to` must
  // not exist.
  virtual absl::Status Copy(const std::string& to) = 0;
  // This gives the name by which pg_dump can use the snapshot too, on PostgreSQL, and nothing on SQLite.
  virtual std::string snapshot() const { return ""; }

 protected:
  // This gives the text, quoted as an identifier or as a string.
  static std::string Quoted(std::string_view text);
};

// This takes all snapshots at one instant. The databases in `held` pause together, and those in `after`
// follow while they pause, so that everything that `after` refers to is in `held`. It fails with UNAVAILABLE
// and rule WRITERS_DID_NOT_PAUSE if some writer did not pause within `patience`.
absl::Status TakePointsTogether(const std::vector<Point*>& held, const std::vector<Point*>& after,
                                absl::Duration patience);

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_BACKUP_POINT_H_
