// This file is about how the events of a watch are told: as files, to webhooks, and with the position that
// comes after them.
#include <set>
#include <utility>

#include "absl/strings/str_format.h"
#include "clients/connector/fetched_records.h"
#include "clients/connector/inbox.h"
#include "clients/connector/methods.h"
#include "clients/connector/outcomes.h"
#include "common/base/error.h"
#include "common/base/log.h"

namespace accord::connector {
namespace {

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

bool Inbox::Move(const std::vector<Event>& events) {
  const std::map<std::string, Json> records = Records(events);
  Position next = position_;
  std::vector<Json> told;
  for (const Event& event : events) {
    if (!event.token.empty()) next.token = event.token;
    if (event.kind == client::Kind::kPosition) continue;
    Json json = JsonOf(event, records);
    if (over()) return false;
    WriteEvent(++next.number, json);
    json["number"] = next.number;
    told.push_back(std::move(json));
  }
  return Keep(next, told);
}

bool Inbox::Keep(const Position& next, const std::vector<Json>& told) {
  const auto keep = [&](storage::Transaction& tx) -> absl::Status {
    for (const Json& event : told) {
      ACCORD_RETURN_IF_ERROR(webhooks_->Keep(tx, config_, event.value("name", ""),
                                             event.dump(-1, ' ', false, Json::error_handler_t::replace)));
    }
    return absl::OkStatus();
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

std::map<std::string, Inbox::Json> Inbox::Records(const std::vector<Event>& events) {
  std::set<std::string> names;
  for (const Event& event : events) {
    if (event.change.has_value() && event.change->gone() == host::v1::GONE_UNSPECIFIED) {
      names.insert(event.change->name());
    }
  }
  if (config_.get().empty() || names.empty()) return {};
  const auto rest = [this](client::Seconds seconds) {
    Rest(seconds);
    return !over();
  };
  return FetchRecords({client_, *FindMethod(config_.get()), waits_, rest}, names);
}

Inbox::Json Inbox::JsonOf(const Event& event, const std::map<std::string, Json>& records) const {
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
    const auto record = records.find(change.name());
    if (change.gone() == host::v1::GONE_UNSPECIFIED && record != records.end()) json.update(record->second);
  }
  return json;
}

}  // namespace accord::connector
