#include "clients/connector/inbox.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "clients/connector/any_feed.h"
#include "clients/connector/methods.h"
#include "clients/connector/outcomes.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/base/log.h"

namespace accord::connector {
namespace {

constexpr int64_t kMostFiles = 10'000;

absl::Status BadWatch(const WatchConfig& config, const std::string& what) {
  return absl::FailedPreconditionError(absl::StrCat("watches { name: \"", config.name(), "\" }: ", what));
}

// It is given a record's name alone.
bool IsGetByName(const google::protobuf::MethodDescriptor* method) {
  const auto* name = method == nullptr ? nullptr : method->input_type()->FindFieldByName("name");
  return name != nullptr && !name->is_repeated() &&
         name->type() == google::protobuf::FieldDescriptor::TYPE_STRING;
}

std::string GetRequestFor(const google::protobuf::MethodDescriptor& get, const std::string& name) {
  const std::unique_ptr<google::protobuf::Message> request(
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(get.input_type())->New());
  request->GetReflection()->SetString(request.get(), get.input_type()->FindFieldByName("name"), name);
  return request->SerializeAsString();
}

const char* EventKindName(client::Kind kind) {
  switch (kind) {
    case client::Kind::kBegun:
      return "begun";
    case client::Kind::kListed:
      return "listed";
    default:
      return "changed";
  }
}

}  // namespace

absl::Status Inbox::Check(const WatchConfig& config) {
  if (!IsId(config.name())) return BadWatch(config, "its name is not an id.");
  if (config.actor().empty())
    return BadWatch(config, "`actor` is missing: name the person for whom it watches.");
  if (config.purpose().empty()) return BadWatch(config, "`purpose` is missing.");
  if (FindFeed(config.feed()) == nullptr) {
    return BadWatch(config, absl::StrCat("there is no feed ", config.feed(),
                                         ", such as accord.protocols.v1.ChangeService.WatchChanges."));
  }
  if (!config.list().empty()) {
    if (const auto list = RecordList::Of(config.list(), config.list_request()); !list.ok()) {
      return BadWatch(config, std::string(list.status().message()));
    }
  }
  if (!config.get().empty() && !IsGetByName(FindMethod(config.get()))) {
    return BadWatch(config, absl::StrCat("get: ", config.get(), " does not get a record by its name."));
  }
  if (config.max_files() < 0) return BadWatch(config, "max_files is negative.");
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
  while (const Event* event = watch.Next()) {
    if (!Take(*event)) return;
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
                        RequestByName(*FindFeed(config_.feed()), request.SerializeAsString()), begun);
  };
  return source;
}

bool Inbox::Take(const Event& event) {
  Heard();
  Position next = position_;
  if (!event.token.empty()) next.token = event.token;
  if (event.kind == client::Kind::kPosition) return Move(next, nullptr);
  AwaitRoom();
  Json json = JsonOf(event);
  ++next.number;
  WriteEvent(next.number, json);
  json["number"] = next.number;
  return Move(next, &json);
}

void Inbox::WriteEvent(int64_t number, const Json& event) {
  if (!folder_.has_value()) return;
  const std::string file = absl::StrFormat("%012d.json", number);
  const std::string text = event.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
  for (client::Waits waits = waits_; !over();) {
    if (folder_->Write(file, text).ok()) return;
    LogError("event_not_written", {{"watch", config_.name()}});
    Stopped("An event could not be written into the folder of this watch.", "");
    Rest(waits.Next());
  }
}

bool Inbox::Move(const Position& next, const Json* event) {
  const auto keep = [&](storage::Transaction& tx) -> absl::Status {
    if (event == nullptr) return absl::OkStatus();
    return webhooks_->Keep(tx, config_, event->value("name", ""),
                           event->dump(-1, ' ', false, Json::error_handler_t::replace));
  };
  for (client::Waits waits = waits_; !over();) {
    if (positions_->Save(config_.name(), next, keep).ok()) {
      position_ = next;
      webhooks_->Wake(config_);
      return true;
    }
    LogError("position_not_written", {{"watch", config_.name()}});
    Stopped("The position of this watch could not be written into the folder of state.", "");
    Rest(waits.Next());
  }
  return false;
}

bool Inbox::HasRoom() {
  const int64_t most = config_.max_files() == 0 ? kMostFiles : config_.max_files();
  if (folder_.has_value()) {
    const absl::StatusOr<int64_t> count = folder_->Count(".json");
    if (!count.ok() || *count >= most) return false;
  }
  return webhooks_->HasRoom(config_);
}

void Inbox::AwaitRoom() {
  while (!over() && !HasRoom()) Rest(client::Seconds(1));
}

Inbox::Json Inbox::JsonOf(const Event& event) {
  Json json = {{"watch", config_.name()}, {"event", EventKindName(event.kind)}};
  if (event.record.has_value()) {
    json["name"] = event.record->name;
    json["record"] = event.record->record;
  }
  if (event.change.has_value()) {
    host::v1::Change change = *event.change;
    change.clear_watch_token();
    json["name"] = change.name();
    json["change"] = connector::JsonOf(change);
    if (change.gone() == host::v1::GONE_UNSPECIFIED && !config_.get().empty()) Fetch(change.name(), &json);
  }
  return json;
}

void Inbox::Fetch(const std::string& name, Json* json) {
  const auto* get = FindMethod(config_.get());
  for (client::Waits waits = waits_; !over();) {
    try {
      const auto answer = AskByName(client_, *get, GetRequestFor(*get, name));
      const Outcome outcome = OutcomeOf(*get, answer.message.value(), answer.masked);
      if (outcome.has_refusal()) {
        (*json)["refusal"] = RefusalJson(outcome.refusal());
      } else {
        (*json)["record"] = Json::parse(outcome.response(), nullptr, false);
      }
      for (const std::string& each : outcome.masked()) (*json)["masked"].push_back(each);
      return;
    } catch (const client::CallError& error) {
      if (!error.may_pass() && !IsOfCertificate(error)) {
        (*json)["refusal"] = RefusalJson(OutcomeOf(error).refusal());
        return;
      }
      Rest(waits.After(error));
    }
  }
}

}  // namespace accord::connector
