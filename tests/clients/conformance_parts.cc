#include "tests/clients/conformance_parts.h"

#include <google/protobuf/struct.pb.h>
#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>

namespace accord::conformance {
namespace {

template <typename Message>
Message OfJson(const std::string& path) {
  std::ifstream in(path);
  std::ostringstream text;
  text << in.rdbuf();
  Message message;
  const auto status = google::protobuf::util::JsonStringToMessage(text.str(), &message);
  Require(status.ok(), path + ": " + status.ToString());
  return message;
}

client::Watch<Referral, Change> WatchOf(const client::Client& accord) {
  accord::protocols::v1::ListReferralsRequest listed;
  listed.set_page_size(1);
  accord::host::v1::WatchChangesRequest followed;
  followed.add_kinds("referral");
  return accord.Watch(&Referrals::ListReferrals, listed,
                      &accord::protocols::v1::ListReferralsResponse::referrals, &Feed::WatchChanges,
                      followed);
}

}  // namespace

void Require(bool holds, const std::string& what) {
  if (!holds) throw std::runtime_error(what);
}

void Step(const std::string& what) { std::cout << "clients: C++ " << what << std::endl; }

client::Values Work::Settings(const std::string& agency) const {
  const auto read = OfJson<google::protobuf::Struct>(SettingsFile(agency));
  client::Values values;
  for (const auto& [name, value] : read.fields()) {
    const bool is_file = name.size() > 5 && name.substr(name.size() - 5) == "_file";
    values[name] =
        is_file ? path(agency + "/" + value.string_value())
                : (value.has_string_value() ? value.string_value() : std::to_string(value.number_value()));
  }
  return values;
}

Referral Work::Body() const { return OfJson<Referral>(path("referral.json")); }

void Work::Act(const std::string& words) const {
  const char* acts = std::getenv("ACCORD_CASE_ACTS");
  Require(acts != nullptr, "ACCORD_CASE_ACTS names no program");
  const std::string command = "'" + std::string(acts) + "' '" + folder_ + "' " + words + " >/dev/null";
  Require(std::system(command.c_str()) == 0, words + " failed");
}

Watcher::Watcher(const client::Client& accord) : watch_(WatchOf(accord)), thread_([this] { Run(); }) {}

Watcher::~Watcher() {
  watch_.Close();
  if (thread_.joinable()) thread_.join();
}

void Watcher::Run() {
  std::string failure = "the watch was closed";
  std::optional<client::Rule> refused;
  try {
    while (const Event* event = watch_.Next()) {
      const std::lock_guard<std::mutex> lock(mutex_);
      events_.push_back(*event);
      changed_.notify_all();
    }
  } catch (const client::Refusal& refusal) {
    failure = refusal.what();
    refused = refusal.rule();
  } catch (const std::exception& error) {
    failure = error.what();
  }
  const std::lock_guard<std::mutex> lock(mutex_);
  failure_ = failure;
  refused_ = refused;
  changed_.notify_all();
}

Event Watcher::Until(const std::function<bool(const Event&)>& fits, const std::string& what) {
  std::unique_lock<std::mutex> lock(mutex_);
  auto found = events_.end();
  changed_.wait_for(lock, kPatience, [&] {
    found = std::find_if(events_.begin(), events_.end(), fits);
    return found != events_.end() || !failure_.empty();
  });
  Require(found != events_.end(), "the watch does not tell of " + what + ": " + failure_);
  return *found;
}

void Watcher::ToldOf(const std::string& name, const std::string& state) {
  const auto fits = [&](const Event& event) {
    return event.kind == client::Kind::kChanged && event.change->name() == name &&
           (state.empty() || event.change->state() == state);
  };
  Until(fits, name + " " + state);
}

std::optional<client::Rule> Watcher::Refused() {
  std::unique_lock<std::mutex> lock(mutex_);
  changed_.wait_for(lock, kPatience, [&] { return !failure_.empty(); });
  return refused_;
}

int Watcher::Count(client::Kind kind) {
  const std::lock_guard<std::mutex> lock(mutex_);
  return static_cast<int>(std::count_if(events_.begin(), events_.end(),
                                        [kind](const Event& event) { return event.kind == kind; }));
}

void Watcher::Close() {
  watch_.Close();
  if (!thread_.joinable()) return;
  thread_.join();
  Require(failure_ == "the watch was closed", "the watch failed: " + failure_);
}

}  // namespace accord::conformance
