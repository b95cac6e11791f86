// This file is about a folder that the connector shares with an agency's system, and with nobody else.
#ifndef ACCORD_CLIENTS_CONNECTOR_SHARED_FOLDER_H_
#define ACCORD_CLIENTS_CONNECTOR_SHARED_FOLDER_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace accord::connector {

class SharedFolder {
 public:
  // This returns FAILED_PRECONDITION, with what to do, unless this is a folder for its owner and its
  // group alone.
  static absl::StatusOr<SharedFolder> Open(const std::string& path);

  const std::string& path() const { return path_; }
  std::string PathOf(const std::string& file) const { return path_ + "/" + file; }
  // This writes a file, which is whole and on disk when it is there. The group may read it if the folder is
  // open to the group.
  absl::Status Write(const std::string& file, std::string_view text) const;
  // What was renamed or taken away here is so on disk when this returns.
  absl::Status Sync() const;
  // This counts the files that end so.
  absl::StatusOr<int64_t> Count(std::string_view suffix) const;

 private:
  SharedFolder(std::string path, bool for_group) : path_(std::move(path)), for_group_(for_group) {}

  std::string path_;
  bool for_group_;
};

// This lets the group of a file of this user's read it. It returns UNAVAILABLE for a link, and for a file
// with another name: whoever writes into a folder may put one there, and would so open a file that is not of
// the folder.
absl::Status OpenSharedToGroup(const std::string& path);

// This returns UNAVAILABLE: what could not be done with this path, and why.
absl::Status SharedFileFailed(const std::string& path, const char* what);

}  // namespace accord::connector

#endif  // ACCORD_CLIENTS_CONNECTOR_SHARED_FOLDER_H_
