// Tells those who watch whether anything new concerns them, so that a watch without news asks the database
// nothing: one reader for all of them looks where the log ends, and only if it grew, for the agencies that
// are watched.
#ifndef ACCORD_SERVICES_AUDIT_LOG_DISCLOSURE_TAIL_H_
#define ACCORD_SERVICES_AUDIT_LOG_DISCLOSURE_TAIL_H_

#include <condition_variable>
#include <map>
#include <mutex>
#include <string>
#include <thread>

#include "absl/time/time.h"
#include "common/storage/database/database.h"

namespace accord::audit {

// A DisclosureTail is thread-safe.
class DisclosureTail {
 public:
  explicit DisclosureTail(storage::Database* database, absl::Duration every = absl::Milliseconds(250))
      : database_(database), every_(every), thread_([this] { Run(); }) {}
  // Ends the watches, and waits until all of them have left.
  ~DisclosureTail();

  // While it lives, its agency is looked after.
  class Watch {
   public:
    Watch(DisclosureTail* tail, std::string agency);
    ~Watch();
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;

    // Whether there may be an entry from `index` on in which the agency is owner. Waits a little if not, and
    // no longer once the watch is over.
    bool Await(int64_t index, absl::Duration patience);
    // The tail ends: nothing is told any more, and whoever watches leaves.
    bool over() const;

   private:
    DisclosureTail* const tail_;
    const std::string agency_;
  };

 private:
  struct Watched {
    int watches = 0;
    // Newest entry known; -1 until the first look.
    int64_t newest = -1;
    bool looked_at = false;
  };
  void Run();
  // Reads the newest entry of everybody who is watched, if the log grew or somebody came.
  void Look();

  storage::Database* const database_;
  const absl::Duration every_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<std::string, Watched> watched_;
  bool somebody_new_ = false;
  bool stopping_ = false;
  // Only the reader's thread uses this.
  int64_t size_ = -1;
  std::thread thread_;
};

}  // namespace accord::audit

#endif  // ACCORD_SERVICES_AUDIT_LOG_DISCLOSURE_TAIL_H_
