// This file is about a folder into which an agency's system drops acts, one a file, and out of which it takes
// their answers.
#ifndef ACCORD_CLIENTS_CONNECTOR_DROP_FOLDER_H_
#define ACCORD_CLIENTS_CONNECTOR_DROP_FOLDER_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "clients/connector/shared_folder.h"

namespace accord::connector {

class DropFolder {
 public:
  // This refuses with what SharedFolder::Open refuses with.
  static absl::StatusOr<DropFolder> Open(const std::string& path);

  // The names of the acts that are there, without `.json`: the oldest first.
  absl::StatusOr<std::vector<std::string>> Names() const;
  // This returns FAILED_PRECONDITION for what is no regular file or cannot be read, INVALID_ARGUMENT for more
  // than `most` bytes, NOT_FOUND if it is gone, UNAVAILABLE if the process can open no file just now.
  absl::StatusOr<std::string> Read(const std::string& name, std::size_t most) const;
  // This says whether there is an answer of this name already.
  bool HasAnswer(const std::string& name) const;

  // This writes NAME.answer.json, which is on disk when this returns.
  absl::Status Answer(const std::string& name, std::string_view json) const;
  // This takes NAME.json away.
  absl::Status Remove(const std::string& name) const;
  // This writes NAME.refused.json, and names NAME.json anew as NAME.json.refused, for a person to look at.
  absl::Status Refuse(const std::string& name, std::string_view json) const;

 private:
  explicit DropFolder(SharedFolder folder) : folder_(std::move(folder)) {}

  SharedFolder folder_;
};

}  // namespace accord::connector

#endif  // ACCORD_CLIENTS_CONNECTOR_DROP_FOLDER_H_
