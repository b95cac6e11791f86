#include "common/host/calls/call.h"

namespace accord::host {

Call::~Call() {
  if (waits_) changes_->Remove(&waiter_);
}

void Call::End() {
  ended_ = true;
  waiter_.Wake();
}

Waiter* Call::WaiterFor(Changes::Interest interest) {
  changes_->Add(&waiter_, interest);
  waits_ = true;
  return &waiter_;
}

}  // namespace accord::host
