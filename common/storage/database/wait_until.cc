#include "common/storage/database/wait_until.h"

#include <algorithm>
#include <utility>

namespace accord::storage {
namespace {

thread_local absl::Time wait_until = absl::InfiniteFuture();

}  // namespace

WaitUntil::WaitUntil(absl::Time until) : before_(std::exchange(wait_until, std::min(wait_until, until))) {}

WaitUntil::~WaitUntil() { wait_until = before_; }

absl::Time WaitUntil::of_this_thread() { return wait_until; }

}  // namespace accord::storage
