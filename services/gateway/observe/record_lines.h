// This queues audit records, with one queue for each agency, and gives each agency a share of each batch. The
// cost of a record grows with the resources that it names, since each is a row of an index: without shares
// one agency's long lists would fill batch after batch, and everybody's answers would wait. The total room of
// the queues is shared likewise.
#ifndef ACCORD_SERVICES_GATEWAY_OBSERVE_RECORD_LINES_H_
#define ACCORD_SERVICES_GATEWAY_OBSERVE_RECORD_LINES_H_

#include <cstddef>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "accord/audit/v1/resources.pb.h"

namespace accord::gateway {

// This is a record that waits, or is on its way. `CallProgress` is what the records of one call have
// in common.
template <class CallProgress>
struct WaitingRecord {
  std::string agency;
  std::string bytes;
  // These are the rows that the log writes for the record: one, and one for each resource.
  std::size_t rows = 1;
  std::shared_ptr<CallProgress> call;
  bool effect = false;
  bool reduced = false;
};

inline std::size_t RowsOf(const audit::v1::AuditRecord& record) {
  return 1 + static_cast<std::size_t>(record.resources_size());
}

template <class CallProgress>
class RecordLines {
 public:
  using Record = WaitingRecord<CallProgress>;
  struct Batch {
    // These bound the records and bytes in one append, of all agencies.
    std::size_t records;
    std::size_t bytes;
    // These bound the rows of one agency while other agencies wait, and while none does. One record of an
    // agency is taken in its turn however many rows it has.
    std::size_t rows_of_one;
    std::size_t rows_alone;
  };

  // This bounds what may wait.
  struct Room {
    std::size_t records;
    std::size_t bytes;
  };

  // This says whether this agency has as much waiting as `room` allows.
  bool Fills(const std::string& agency, const Room& room) const {
    const auto line = lines_.find(agency);
    return line != lines_.end() &&
           (line->second.records.size() >= room.records || line->second.bytes >= room.bytes);
  }
  // This says whether all agencies together have as much waiting as `room` allows, and this agency has at
  // least an equal part of it. An agency with less than that still has room.
  bool Crowds(const std::string& agency, const Room& room) const {
    if (records_ < room.records && bytes_ < room.bytes) return false;
    const std::size_t parts = lines_.size() + 1;
    return Fills(agency, {.records = room.records / parts, .bytes = room.bytes / parts});
  }

  bool empty() const { return records_ == 0; }
  std::size_t size() const { return records_; }
  std::size_t bytes() const { return bytes_; }

  void Push(Record record) {
    Line& line = lines_[record.agency];
    if (line.records.empty()) order_.push_back(record.agency);
    Count(record);
    line.bytes += record.bytes.size();
    line.records.push_back(std::move(record));
  }
  // This puts a record that was taken, and could not be sent, before everything that waits in any line.
  void Return(Record record) {
    Count(record);
    returned_.push_front(std::move(record));
  }

  // This takes the records of the next append: first what was returned, then some of each agency in turn. An
  // agency whose turn did not come is first in the next append. At least one record is taken, unless none
  // waits. Records of one change are taken together, whatever the limits: the log believes that a call whose
  // record tells of changes has told of all of them, and a gateway that died between two appends would leave
  // only half of them.
  std::vector<Record> Take(const Batch& limit) {
    std::vector<Record> batch;
    std::size_t bytes = 0;
    const auto fits = [&](const Record& record) {
      return batch.empty() || (batch.size() < limit.records && bytes + record.bytes.size() <= limit.bytes);
    };
    const auto move = [&](std::deque<Record>* from) {
      bytes += from->front().bytes.size();
      bytes_ -= from->front().bytes.size();
      --records_;
      batch.push_back(std::move(from->front()));
      from->pop_front();
    };
    while (!returned_.empty()) {
      if (!fits(returned_.front())) return batch;
      move(&returned_);
    }
    const std::size_t share = order_.size() > 1 ? limit.rows_of_one : limit.rows_alone;
    for (std::size_t turns = order_.size(); turns > 0; --turns) {
      const std::string agency = order_.front();
      Line& line = lines_[agency];
      std::deque<Record>& waiting = line.records;
      if (!fits(waiting.front())) return batch;
      std::size_t rows = 0;
      do {
        rows += waiting.front().rows;
        line.bytes -= waiting.front().bytes.size();
        move(&waiting);
      } while (!waiting.empty() && (Together(batch.back(), waiting.front()) ||
                                    (rows + waiting.front().rows <= share && fits(waiting.front()))));
      order_.pop_front();
      if (waiting.empty())
        lines_.erase(agency);
      else
        order_.push_back(agency);
    }
    return batch;
  }

 private:
  struct Line {
    std::deque<Record> records;
    std::size_t bytes = 0;
  };
  static bool Together(const Record& before, const Record& next) {
    return next.effect && next.call != nullptr && next.call == before.call;
  }
  void Count(const Record& record) {
    ++records_;
    bytes_ += record.bytes.size();
  }

  std::deque<Record> returned_;
  std::map<std::string, Line> lines_;
  // Agencies whose line is not empty; the first one has its turn next.
  std::deque<std::string> order_;
  std::size_t records_ = 0;
  std::size_t bytes_ = 0;
};

}  // namespace accord::gateway

#endif  // ACCORD_SERVICES_GATEWAY_OBSERVE_RECORD_LINES_H_
