#include "clients/connector/inbox.h"

#include <algorithm>
#include <exception>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "clients/connector/any_feed.h"
#include "clients/connector/events_ahead.h"
#include "clients/connector/fetched_records.h"
#include "clients/connector/methods.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/base/log.h"

namespace accord::connector {
namespace {

constexpr int64_t kMostFiles = 10'000;
// At most so many events are read ahead, and share one commit.
constexpr std::size_t kMostAhead = 64;

absl::Status BadInboxWatch(const WatchConfig& config, const std::string& what) {
  return absl::FailedPreconditionError(absl::StrCat("watches { name: \"", config.name(), "\" }: ", what));
}

}  // namespace

absl::Status Inbox::Check(const WatchConfig& config) {
  if (!IsId(config.name())) return BadInboxWatch(config, "its name is not an id.");
  if (config.actor().empty())
    return BadInboxWatch(config, "`actor` is missing: name the person for whom it watches.");
  if (config.purpose().empty()) return BadInboxWatch(config, "`purpose` is missing.");
  if (FindFeed(config.feed()) == nullptr) {
    return BadInboxWatch(config, absl::StrCat("there is no feed ", config.feed(),
                                              ", such as accord.protocols.v1.ChangeService.WatchChanges."));
  }
  if (!config.list().empty()) {
    if (const auto list = RecordList::Of(config.list(), config.list_request()); !list.ok()) {
      return BadInboxWatch(config, std::string(list.status().message()));
    }
  }
  if (!config.get().empty() && !FetchesByName(FindMethod(config.get()))) {
    return BadInboxWatch(config, absl::StrCat("get: ", config.get(), " does not get a record by its name."));
  }
  if (config.max_files() < 0) return BadInboxWatch(config, "max_files is negative.");
  if (config.folder().empty() && !config.webhooks().empty()) return absl::OkStatus();
  return SharedFolder::Open(config.folder()).status();
}

absl::StatusOr<std::unique_ptr<Inbox>> Inbox::Start(const WatchConfig& config, const client::Client& client,
                                                    Positions* positions, Webhooks* webhooks,
                                                    const client::Waits& waits) {
  ACCORD_RETURN_IF_ERROR(Check(config));
  std::optional<SharedFolder> folder;
  if (!config.folder().empty()) {
    ACCORD_ASSIGN_OR_RETURN(folder, SharedFolder::Open(config.folder()));
  }
  std::optional<RecordList> list;
  if (!config.list().empty()) {
    ACCORD_ASSIGN_OR_RETURN(list, RecordList::Of(config.list(), config.list_request()));
  }
  std::unique_ptr<Inbox> inbox(new Inbox(config, std::move(folder), std::move(list),
                                         client.With({.actor = config.actor(), .purpose = config.purpose()}),
                                         positions, webhooks, waits));
  ACCORD_ASSIGN_OR_RETURN(inbox->position_, positions->Read(config.name()));
  inbox->thread_ = std::thread([running = inbox.get()] { running->Run(); });
  return inbox;
}

Inbox::Inbox(const WatchConfig& config, std::optional<SharedFolder> folder, std::optional<RecordList> list,
             client::Client client, Positions* positions, Webhooks* webhooks, client::Waits waits)
    : config_(config),
      folder_(std::move(folder)),
      list_(std::move(list)),
      client_(std::move(client)),
      positions_(positions),
      webhooks_(webhooks),
      waits_(std::move(waits)) {}

Inbox::~Inbox() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    over_ = true;
    if (running_ != nullptr) running_->Close();
    changed_.notify_all();
  }
  if (thread_.joinable()) thread_.join();
}

bool Inbox::over() {
  const std::lock_guard<std::mutex> lock(mutex_);
  return over_;
}

FeedSeen Inbox::seen() {
  const std::lock_guard<std::mutex> lock(mutex_);
  FeedSeen seen = seen_;
  seen.watch = config_.name();
  return seen;
}

void Inbox::Heard() {
  const std::lock_guard<std::mutex> lock(mutex_);
  seen_ = {.heard = absl::Now()};
}

void Inbox::Stopped(const std::string& problem, const std::string& reason) {
  const std::lock_guard<std::mutex> lock(mutex_);
  seen_.problem = problem;
  seen_.reason = reason;
}

void Inbox::Rest(client::Seconds seconds) {
  std::unique_lock<std::mutex> lock(mutex_);
  changed_.wait_for(lock, seconds, [this] { return over_; });
}

void Inbox::Run() {
  client::Waits waits = waits_;
  while (!over()) {
    try {
      Follow();
    } catch (const client::Refusal& refusal) {
      LogError("watch_refused", {{"watch", config_.name()}, {"rule", refusal.reason()}});
      Stopped("Accord refused to tell this watch of changes.", refusal.reason());
    } catch (const client::AccordError&) {
      LogError("watch_ended", {{"watch", config_.name()}});
      Stopped("No gateway has answered this watch.", "");
    }
    Rest(waits.Next());
  }
}

void Inbox::Follow() {
  Watch watch(Source(), {.token = position_.token, .waits = waits_});
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (over_) return;
    running_ = &watch;
  }
  struct Ended {
    Inbox* inbox;
    ~Ended() {
      const std::lock_guard<std::mutex> lock(inbox->mutex_);
      inbox->running_ = nullptr;
    }
  } const ended{this};
  EventsAhead<Event> ahead(kMostAhead);
  std::thread reader([&] {
    try {
      while (const Event* event = watch.Next()) {
        if (!ahead.Put(*event)) return;
      }
      ahead.End(nullptr);
    } catch (...) {
      ahead.End(std::current_exception());
    }
  });
  struct Joined {
    Watch* watch;
    EventsAhead<Event>* ahead;
    std::thread* reader;
    ~Joined() {
      watch->Close();
      ahead->Close();
      reader->join();
    }
  } const joined{&watch, &ahead, &reader};
  for (std::vector<Event> events = ahead.TakeAll(); !events.empty(); events = ahead.TakeAll()) {
    if (!WorkOff(events)) return;
  }
}

Inbox::Watch::Source Inbox::Source() const {
  Watch::Source source;
  source.list = [this](const std::string& token) {
    return list_.has_value() ? list_->Page(client_, token) : client::ListedPage<ListedRecord>();
  };
  source.open = [this](const std::string& token, const std::function<void(client::Attempt&)>& begun) {
    host::v1::WatchChangesRequest request;
    *request.mutable_kinds() = config_.kinds();
    request.set_watch_token(token);
    request.set_progress(true);
    return client_.Open(&AnyFeed::Follow,
                        MethodRequest(*FindFeed(config_.feed()), request.SerializeAsString()), begun);
  };
  return source;
}

bool Inbox::WorkOff(const std::vector<Event>& events) {
  Heard();
  const auto is_told = [](const Event& event) { return event.kind != client::Kind::kPosition; };
  for (auto first = events.begin(); first != events.end();) {
    int64_t room = 0;
    if (std::any_of(first, events.end(), is_told)) {
      room = AwaitRoom();
      if (room == 0) return false;
    }
    // These are as many as there is room for; a position takes none.
    auto last = first;
    for (; last != events.end() && (room > 0 || !is_told(*last)); ++last) {
      if (is_told(*last)) --room;
    }
    if (!Move(std::vector<Event>(first, last))) return false;
    first = last;
  }
  return true;
}

int64_t Inbox::Room() {
  int64_t room = webhooks_->Room(config_);
  if (!folder_.has_value()) return room;
  const int64_t most = config_.max_files() == 0 ? kMostFiles : config_.max_files();
  const absl::StatusOr<int64_t> count = folder_->Count(".json");
  return count.ok() ? std::clamp<int64_t>(most - *count, 0, room) : 0;
}

int64_t Inbox::AwaitRoom() {
  while (!over()) {
    if (const int64_t room = Room(); room > 0) return room;
    Rest(client::Seconds(1));
  }
  return 0;
}

}  // namespace accord::connector
