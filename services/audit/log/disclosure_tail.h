// This tells watches whether there is anything new for them, so that a watch without news asks the database
// nothing. One reader for all watches looks where the log ends, and reads the entries of the watched agencies
// only if the log grew.
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
  // This ends the watches, and waits until all of them have left.
  ~DisclosureTail();

  // The tail looks for entries of an agency as long as a Watch for it exists.
  class Watch {
   public:
    Watch(DisclosureTail* tail, std::string agency);
    ~Watch();
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;

    // This says whether there may be an entry from `index` on in which the agency is the owner. It waits up
    // to `patience` if there is none, and no longer once the watch is over.
    bool Await(int64_t index, absl::Duration patience);
    // This returns true once the tail ends: it tells nothing more, and every watch has to leave.
    bool over() const;

   private:
    DisclosureTail* const tail_;
    const std::string agency_;
  };

 private:
  struct Watched {
    int watches = 0;
    // This is the newest entry known; it is -1 until the first look.
    int64_t newest = -1;
    bool looked_at = false;
  };
  void Run();
  // This reads the newest entry of each watched agency, if the log grew or a watch was added.
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
