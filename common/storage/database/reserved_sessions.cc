#include "common/storage/database/reserved_sessions.h"

#include <utility>

namespace accord::storage {
namespace {

thread_local bool may_use_reserved = false;

}  // namespace

ReservedSessions::ReservedSessions() : before_(std::exchange(may_use_reserved, true)) {}

ReservedSessions::~ReservedSessions() { may_use_reserved = before_; }

bool ReservedSessions::on_this_thread() { return may_use_reserved; }

}  // namespace accord::storage
