// This file is about acts as files: each is handed over once, whatever ends the connector meanwhile, and its
// answer is written beside it.
#ifndef ACCORD_CLIENTS_CONNECTOR_DROP_H_
#define ACCORD_CLIENTS_CONNECTOR_DROP_H_

#include <chrono>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "accord/connector/config.pb.h"
#include "clients/connector/announcements.h"
#include "clients/connector/drop_folder.h"
#include "clients/connector/handover.h"
#include "clients/connector/outbox.h"

namespace accord::connector {

class Drop {
 public:
  // This returns FAILED_PRECONDITION, with what to do, for a folder that cannot be used, or a drop that is
  // not whole.
  static absl::StatusOr<std::unique_ptr<Drop>> Start(const DropConfig& config, Handover* handover,
                                                     Outbox* outbox, Announcements* announcements,
                                                     std::chrono::milliseconds pause);
  // The same checks, and nothing more.
  static absl::Status Check(const DropConfig& config);
  ~Drop();
  Drop(const Drop&) = delete;
  Drop& operator=(const Drop&) = delete;

 private:
  struct File {
    std::string name;
    std::string identity;
  };

  Drop(LocalCaller caller, DropFolder folder, Handover* handover, Outbox* outbox,
       Announcements* announcements, std::chrono::milliseconds pause);
  // The act of this id, which may be another's, has its final answer or refusal.
  void Finished(const std::string& id);
  void Run();
  // Hands over what is new in the folder, and writes answers that are there.
  void Look();
  // An act whose answer was written, and whose file is gone, is over, also where a kill came between.
  void CloseWritten();
  // This returns RESOURCE_EXHAUSTED for an act that stays where it is, since there is no room for it or, if
  // `is_held`, one before it stays; it returns UNAVAILABLE for a file of which it cannot be told now whose
  // it is.
  absl::Status HandOver(const std::string& name, bool is_held);
  // This writes the answer of an act, if it is there.
  void Deliver(const std::string& id, const File& file);
  // This takes the file of an act away whose answer was written.
  absl::Status TakeAway(const File& file);
  absl::Status Refuse(const std::string& name, const absl::Status& status);
  std::vector<std::string> TakeFinished();

  const LocalCaller caller_;
  const DropFolder folder_;
  Handover* const handover_;
  Outbox* const outbox_;
  Announcements* const announcements_;
  const std::chrono::milliseconds pause_;
  // The files whose acts have no answer yet, by the acts' ids; for its thread alone.
  std::map<std::string, File> open_;
  // A look has told of every file whether its act was handed over before this process began.
  bool has_looked_ = false;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool over_ = false;
  std::vector<std::string> finished_;
  std::thread thread_;
};

}  // namespace accord::connector

#endif  // ACCORD_CLIENTS_CONNECTOR_DROP_H_
