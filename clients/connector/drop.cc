#include "clients/connector/drop.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "clients/connector/callers.h"
#include "clients/connector/outcomes.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/base/log.h"

namespace accord::connector {
namespace {

using Json = nlohmann::json;

// A drop has a name that no caller with a token can have, so that neither sees the other's acts.
LocalCaller CallerOfDrop(const DropConfig& config) {
  LocalCaller caller;
  caller.set_name(config.name());
  *caller.mutable_actors() = config.actors();
  *caller.mutable_purposes() = config.purposes();
  *caller.mutable_methods() = config.methods();
  return caller;
}

// The same content under the same name is the same act, now and after everything else of it was erased.
std::string DropIdentity(const std::string& name, const std::string& text) {
  return Hex(Sha256(absl::StrCat(name, "\n", text)));
}

std::string DropJson(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace

absl::Status Drop::Check(const DropConfig& config) {
  ACCORD_RETURN_IF_ERROR(CheckCallerMay(CallerOfDrop(config), "drops"));
  return DropFolder::Open(config.folder()).status();
}

absl::StatusOr<std::unique_ptr<Drop>> Drop::Start(const DropConfig& config, Handover* handover,
                                                  Outbox* outbox, Announcements* announcements,
                                                  std::chrono::milliseconds pause) {
  ACCORD_RETURN_IF_ERROR(Check(config));
  ACCORD_ASSIGN_OR_RETURN(DropFolder folder, DropFolder::Open(config.folder()));
  LocalCaller caller = CallerOfDrop(config);
  caller.set_name("drop:" + config.name());
  std::unique_ptr<Drop> drop(
      new Drop(std::move(caller), std::move(folder), handover, outbox, announcements, pause));
  announcements->Join(drop.get(), [hearing = drop.get()](const std::string& id) { hearing->Finished(id); });
  drop->thread_ = std::thread([running = drop.get()] { running->Run(); });
  return drop;
}

Drop::Drop(LocalCaller caller, DropFolder folder, Handover* handover, Outbox* outbox,
           Announcements* announcements, std::chrono::milliseconds pause)
    : caller_(std::move(caller)),
      folder_(std::move(folder)),
      handover_(handover),
      outbox_(outbox),
      announcements_(announcements),
      pause_(pause) {}

Drop::~Drop() {
  announcements_->Leave(this);
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    over_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Drop::Finished(const std::string& id) {
  const std::lock_guard<std::mutex> lock(mutex_);
  finished_.push_back(id);
  changed_.notify_all();
}

std::vector<std::string> Drop::TakeFinished() {
  const std::lock_guard<std::mutex> lock(mutex_);
  return std::exchange(finished_, {});
}

void Drop::Run() {
  Look();
  std::unique_lock<std::mutex> lock(mutex_);
  auto next = std::chrono::steady_clock::now() + pause_;
  while (!over_) {
    lock.unlock();
    if (std::chrono::steady_clock::now() >= next) {
      Look();
      next = std::chrono::steady_clock::now() + pause_;
    }
    for (const std::string& id : TakeFinished()) {
      if (const auto found = open_.find(id); found != open_.end()) Deliver(id, File(found->second));
    }
    lock.lock();
    changed_.wait_until(lock, next, [this] { return over_ || !finished_.empty(); });
  }
}

void Drop::Look() {
  const absl::StatusOr<std::vector<std::string>> names = folder_.Names();
  if (!names.ok()) {
    LogError("drop_not_read", {{"drop", caller_.name()}});
    return;
  }
  std::set<std::string> known;
  for (const auto& [_, file] : open_) known.insert(file.name);
  bool is_held = false, is_whole = true;
  for (const std::string& name : *names) {
    // So many files as may lie there are not all read each time.
    if (is_held && has_looked_) break;
    if (known.contains(name)) continue;
    const absl::Status handed = HandOver(name, is_held);
    // What came later may be of the same resource, and passes nothing.
    is_held = is_held || !handed.ok();
    is_whole = is_whole && !absl::IsUnavailable(handed);
  }
  if (is_held) LogWarning("drop_waits", {{"drop", caller_.name()}});
  // An answer that could not be written before, for example on a full disk, is tried again.
  const std::map<std::string, File> tried = open_;
  for (const auto& [id, file] : tried) Deliver(id, file);
  // Before, a file that could not be read may be of an act whose answer is still to be written.
  if (!has_looked_ && is_whole) CloseWritten();
  has_looked_ = has_looked_ || is_whole;
}

void Drop::CloseWritten() {
  const absl::StatusOr<std::vector<std::string>> unread = outbox_->Unread(caller_.name());
  if (!unread.ok()) return;
  for (const std::string& id : *unread) {
    if (!open_.contains(id) && !outbox_->Acknowledge(caller_.name(), id).ok()) return;
  }
}

absl::Status Drop::HandOver(const std::string& name, bool is_held) {
  const absl::StatusOr<std::string> text = folder_.Read(name, kMostActBytes);
  if (absl::IsNotFound(text.status())) return absl::OkStatus();
  if (absl::IsUnavailable(text.status())) return text.status();
  if (!text.ok()) return Refuse(name, text.status());
  const std::string identity = DropIdentity(name, *text);
  const absl::StatusOr<bool> known = outbox_->Knows(caller_.name(), identity);
  if (!known.ok()) return absl::UnavailableError("The outbox cannot be read.");
  if (!*known && folder_.HasAnswer(name)) {
    return Refuse(name,
                  absl::AlreadyExistsError(
                      "Another act of this name has its answer here. Give each act a name of its own."));
  }
  if (!*known && is_held) return absl::ResourceExhaustedError("An act before this one waits.");
  const HandoverOptions options{
      .idempotency_key = identity, .request_id = identity.substr(0, 32), .once = true};
  const absl::StatusOr<Kept> kept = handover_->Take(caller_, options, *text);
  if (kept.ok()) {
    open_[kept->waiting.id] = {name, identity};
    return absl::OkStatus();
  }
  if (absl::IsUnavailable(kept.status()) || absl::IsResourceExhausted(kept.status())) {
    return *known ? absl::UnavailableError("The outbox cannot be read.") : kept.status();
  }
  return Refuse(name, kept.status());
}

absl::Status Drop::Refuse(const std::string& name, const absl::Status& status) {
  const Json json = {{"state", "not taken"}, {"error", std::string(status.message())}};
  if (!folder_.Refuse(name, DropJson(json)).ok()) LogError("drop_not_written", {{"drop", caller_.name()}});
  // It is over with this file, and the next one has its turn.
  return absl::OkStatus();
}

void Drop::Deliver(const std::string& id, const File& file) {
  const absl::StatusOr<CallSeen> seen = outbox_->Look(caller_.name(), id);
  if (!seen.ok() && !absl::IsNotFound(seen.status())) return;
  if (seen.ok()) {
    if (!IsFinal(seen->state)) return;
    if (!folder_.Answer(file.name, DropJson(JsonOf(id, *seen))).ok() || !TakeAway(file).ok()) {
      LogError("drop_not_written", {{"drop", caller_.name()}});
      return;
    }
    // Only now is it over. If this fails, the next look finds no file, and the act takes room until then.
    if (!outbox_->Acknowledge(caller_.name(), id).ok()) return;
  }
  open_.erase(id);
}

absl::Status Drop::TakeAway(const File& file) {
  const absl::StatusOr<std::string> text = folder_.Read(file.name, kMostActBytes);
  if (absl::IsNotFound(text.status())) return absl::OkStatus();
  // Another act has come by the same name meanwhile: the next look refuses it.
  if (text.ok() && DropIdentity(file.name, *text) == file.identity) return folder_.Remove(file.name);
  return absl::OkStatus();
}

}  // namespace accord::connector
