// This part finds out what changed in a database, and which records contain a text.
#include <google/protobuf/message.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/base/error.h"
#include "common/storage/records/resources.h"
#include "common/testing/insiders.h"

namespace accord::testing {

using google::protobuf::Message;

std::vector<std::string> TracesIn(const std::string& text) {
  std::vector<std::string> traces;
  for (std::size_t at = text.find("secret-"); at != std::string::npos; at = text.find("secret-", at + 1)) {
    const auto end = text.find('.', at);
    if (end != std::string::npos) traces.push_back(text.substr(at, end - at + 1));
  }
  const std::vector<std::string> segments = absl::StrSplit(text, '/');
  if (segments.size() >= 4 && segments[0] == "agencies") traces.push_back(text);
  return traces;
}

void Insiders::Remember(const std::string& name, std::shared_ptr<const Message> record) {
  if (record == nullptr) {
    world_.erase(name);
    return;
  }
  if (!world_.contains(name) && !stands_in_[name].contains(name)) order_.push_back(name);
  for (const std::string& text : TextsIn(*record)) {
    for (const std::string& trace : TracesIn(text)) stands_in_[trace].insert(name);
  }
  world_[name] = std::move(record);
}

std::vector<Change> Insiders::Look(bool whole) {
  std::vector<Change> changes;
  const absl::Status looked = in_process_->database().Read([&](storage::Transaction& tx) -> absl::Status {
    using Rows = std::vector<std::tuple<std::string, std::string>>;
    changes.clear();
    ACCORD_ASSIGN_OR_RETURN(const auto last,
                            tx.Query<int64_t>("select cast(coalesce(max(seq), 0) as bigint) from event"));
    Rows touched;
    if (whole) {
      ACCORD_ASSIGN_OR_RETURN(
          touched,
          (tx.Query<std::string, std::string>("select kind, name from resource order by create_us, name")));
      std::set<std::string> there;
      for (const auto& [kind, name] : touched) there.insert(name);
      for (const auto& [name, record] : world_) {
        if (!there.contains(name)) touched.emplace_back(kinds_.at(name), name);
      }
    } else {
      ACCORD_ASSIGN_OR_RETURN(touched,
                              (tx.Query<std::string, std::string>(
                                  "select kind, name from event where seq > :p1 order by seq", last_event_)));
      // A record that ends leaves a tombstone, and not every service writes an event for it.
      ACCORD_ASSIGN_OR_RETURN(const Rows ended, (tx.Query<std::string, std::string>(
                                                    "select kind, name from tombstone where at_us >= :p1",
                                                    absl::ToUnixMicros(in_process_->clock().Now()))));
      touched.insert(touched.end(), ended.begin(), ended.end());
    }
    std::set<std::string> looked_at;
    for (const auto& [kind, name] : touched) {
      // A legal hold is a change that the log compares, but not a record that anybody reads
      // by name.
      if (kind == "legal_hold" || !looked_at.insert(name).second) continue;
      const auto prototype = prototypes_.find(kind);
      if (prototype == prototypes_.end()) {
        return absl::InternalError("records of a kind that the model does not know: " + kind);
      }
      std::shared_ptr<Message> now(prototype->second->New());
      storage::Resources resources(kind, &in_process_->page_tokens());
      const absl::Status read = resources.GetAny(tx, name, now.get());
      if (!read.ok() && !absl::IsNotFound(read)) return read;
      if (!read.ok() || TextOf(*now, "name").empty()) now = nullptr;
      const auto known = world_.find(name);
      std::shared_ptr<const Message> before = known == world_.end() ? nullptr : known->second;
      if (before == nullptr ? now == nullptr
                            : now != nullptr && before->SerializeAsString() == now->SerializeAsString()) {
        continue;
      }
      kinds_[name] = kind;
      changes.push_back({name, before, now, now != nullptr});
    }
    std::set<std::string> rows;
    for (const std::string& table : options_.plain_tables) {
      ACCORD_ASSIGN_OR_RETURN(const auto found, tx.Query<std::string>(table));
      for (const auto& [row] : found) rows.insert(row);
    }
    for (const std::string& row : rows) {
      if (!rows_.contains(row)) changes.push_back({row, nullptr, nullptr, true});
    }
    for (const std::string& row : rows_) {
      if (!rows.contains(row)) changes.push_back({row, nullptr, nullptr, false});
    }
    rows_ = std::move(rows);
    last_event_ = std::get<0>(last.at(0));
    return absl::OkStatus();
  });
  if (!looked.ok()) Fail("could not look: " + looked.ToString());
  for (const Change& change : changes) {
    if (change.before != nullptr || change.after != nullptr) Remember(change.name, change.after);
  }
  return changes;
}

}  // namespace accord::testing
