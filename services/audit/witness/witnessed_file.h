// This is what was witnessed, remembered apart from the database, so that no old backup can take the
// log's place.
#ifndef ACCORD_SERVICES_AUDIT_WITNESS_WITNESSED_FILE_H_
#define ACCORD_SERVICES_AUDIT_WITNESS_WITNESSED_FILE_H_

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "absl/time/time.h"
#include "common/access/assertion.h"
#include "common/storage/database/database.h"

namespace accord::audit {

// This compares the log with the newest witnessed checkpoint that `file` remembers from outside the database.
// It fails with DATA_LOSS and rule LOG_REWOUND if the log does not extend it: an old backup, or a rewritten
// log. A missing file passes: nothing was witnessed yet.
absl::Status CheckExtendsWitnessed(storage::Database* database, const std::string& file,
                                   const std::string& origin, const Key& key);

// Each replica keeps a file of its own, and learns within `every` what was cosigned at another.
class WitnessedFile {
 public:
  // With an empty name, nothing is remembered. The log must extend what the file says.
  WitnessedFile(storage::Database* database, std::string file, const std::string& origin, const Key& key,
                absl::Duration every = absl::Seconds(2));
  ~WitnessedFile();

  // The file is durable when it returns OK, and it never goes back to a smaller size.
  absl::Status Remember(int64_t size, const std::string& note);

 private:
  void Run();

  storage::Database* database_;
  const std::string file_;
  const absl::Duration every_;
  std::mutex mutex_;
  std::condition_variable stop_;
  bool stopping_ = false;
  int64_t size_ = 0;
  std::thread thread_;
};

}  // namespace accord::audit

#endif  // ACCORD_SERVICES_AUDIT_WITNESS_WITNESSED_FILE_H_
