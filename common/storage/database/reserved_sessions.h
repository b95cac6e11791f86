// This lets a thread use sessions that are set apart.
#ifndef ACCORD_COMMON_STORAGE_DATABASE_RESERVED_SESSIONS_H_
#define ACCORD_COMMON_STORAGE_DATABASE_RESERVED_SESSIONS_H_

namespace accord::storage {

// While it lives, transactions of this thread may use the sessions that are set apart for what must never
// wait behind others. Scopes nest.
class ReservedSessions {
 public:
  ReservedSessions();
  ~ReservedSessions();
  // This says whether one of these lives on this thread.
  static bool on_this_thread();
  ReservedSessions(const ReservedSessions&) = delete;
  ReservedSessions& operator=(const ReservedSessions&) = delete;

 private:
  bool before_;
};

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_DATABASE_RESERVED_SESSIONS_H_
