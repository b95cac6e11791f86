#include "clients/connector/sender.h"

#include <algorithm>

#include "clients/connector/methods.h"
#include "clients/connector/outcomes.h"
#include "common/base/log.h"

namespace accord::connector {

Sender::Sender(Outbox* outbox, client::Client client, const std::vector<WaitingCall>& waiting,
               SendOptions options)
    : outbox_(outbox), client_(std::move(client)), options_(std::move(options)) {
  for (const WaitingCall& each : waiting) Take(each);
  for (int i = 0; i < std::max(options_.threads, 1); ++i) threads_.emplace_back([this] { Run(); });
}

Sender::~Sender() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    over_ = true;
    changed_.notify_all();
  }
  client_.Close();
  for (std::thread& each : threads_) each.join();
}

void Sender::Take(const WaitingCall& waiting) {
  const std::lock_guard<std::mutex> lock(mutex_);
  Lane& lane = lanes_.try_emplace(waiting.lane, options_.waits).first->second;
  const bool was_empty = lane.calls.empty();
  lane.calls.emplace(waiting.number, waiting.id);
  if (!was_empty || lane.busy) return;
  due_.emplace(std::chrono::steady_clock::now(), waiting.lane);
  changed_.notify_one();
}

Sender::Lane* Sender::Next(std::unique_lock<std::mutex>& lock, std::string* name) {
  while (!over_) {
    if (due_.empty()) {
      changed_.wait(lock);
    } else if (const Time first = due_.begin()->first; first > std::chrono::steady_clock::now()) {
      changed_.wait_until(lock, first);
    } else {
      *name = due_.begin()->second;
      due_.erase(due_.begin());
      Lane& lane = lanes_.at(*name);
      lane.busy = true;
      return &lane;
    }
  }
  return nullptr;
}

void Sender::Run() {
  std::unique_lock<std::mutex> lock(mutex_);
  std::string name;
  while (Lane* lane = Next(lock, &name)) {
    const auto [number, id] = *lane->calls.begin();
    lock.unlock();
    const std::optional<client::Seconds> wait = Attempt(id, lane);
    lock.lock();
    lane->busy = false;
    if (!wait.has_value()) lane->calls.erase(number);
    if (lane->calls.empty()) {
      lanes_.erase(name);
      continue;
    }
    const auto pause =
        std::chrono::duration_cast<std::chrono::steady_clock::duration>(wait.value_or(client::Seconds(0)));
    due_.emplace(std::chrono::steady_clock::now() + pause, name);
    changed_.notify_one();
  }
}

std::optional<client::Seconds> Sender::Attempt(const std::string& id, Lane* lane) {
  const absl::StatusOr<StoredCall> call = outbox_->Read(id);
  if (absl::IsNotFound(call.status())) return std::nullopt;
  if (!call.ok()) {
    LogError("outbox_not_read", {{"id", id}});
    return lane->waits.Next();
  }
  absl::Status written;
  std::optional<client::Seconds> wait;
  try {
    written = outbox_->Finish(id, Call(*call));
    lane->BeginAnew();
  } catch (const client::CallError& error) {
    const bool is_final = !error.may_pass() && !IsMethodCertificateFault(error);
    if (is_final) {
      lane->BeginAnew();
    } else {
      wait = WaitAfter(error, lane);
    }
    written = is_final ? outbox_->Finish(id, OutcomeOf(error)) : outbox_->Failed(id, OutcomeOf(error));
  } catch (const client::SettingsError&) {
    // The client was closed: whoever opens the outbox next sends the act.
    return lane->waits.Next();
  }
  if (written.ok() && !wait.has_value() && options_.told) options_.told(id);
  if (written.ok() || wait.has_value()) return wait;
  // What was answered is not on disk, and is asked for again by the same request id.
  LogError("outbox_not_written", {{"id", id}});
  return lane->waits.Next();
}

Outcome Sender::Call(const StoredCall& call) const {
  const auto* method = FindMethod(call.method());
  if (method == nullptr) {
    Outcome outcome;
    outcome.mutable_refusal()->set_code("UNIMPLEMENTED");
    outcome.mutable_refusal()->set_retry_after(-1);
    outcome.mutable_refusal()->set_message("This version of the connector does not know the method.");
    return outcome;
  }
  const client::Client caller = client_.With({.actor = call.actor(), .purpose = call.purpose()});
  // The lane waits, and not this thread, which others need.
  const auto answer = AskMethod(caller, *method, call.request());
  return OutcomeOf(*method, answer.message.value(), answer.masked);
}

client::Seconds Sender::WaitAfter(const client::CallError& error, Lane* lane) const {
  const bool is_unanswered = dynamic_cast<const client::Unanswered*>(&error) != nullptr;
  lane->unanswered = is_unanswered ? lane->unanswered + 1 : 0;
  // The client asks the next gateway next time; each is asked once before there is a wait.
  const int gateways = static_cast<int>(client_.settings().Addresses().size());
  if (lane->unanswered % gateways != 0) return client::Seconds(0);
  return lane->waits.After(error);
}

}  // namespace accord::connector
