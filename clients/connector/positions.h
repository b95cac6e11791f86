// This file is about how far each watch is, on disk, beside what it has yet to deliver.
#ifndef ACCORD_CLIENTS_CONNECTOR_POSITIONS_H_
#define ACCORD_CLIENTS_CONNECTOR_POSITIONS_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/storage/database/database.h"
#include "common/storage/sealing/keyring.h"

namespace accord::connector {

// These are the token of everything that was worked off, and the number of the event that was delivered last.
struct Position {
  std::string token;
  int64_t number = 0;
};

// Threads may share it.
class Positions {
 public:
  static absl::StatusOr<std::unique_ptr<Positions>> Open(const std::string& file,
                                                         std::shared_ptr<const storage::Keyring> keyring);

  // This gives an empty one for a watch that has not begun.
  absl::StatusOr<Position> Read(const std::string& watch);
  // What `also` does is done with it or not at all.
  absl::Status Save(const std::string& watch, const Position& position,
                    const std::function<absl::Status(storage::Transaction&)>& also = nullptr);

  // It also holds what waits to be delivered.
  storage::Database* database() const { return database_.get(); }

 private:
  Positions(std::unique_ptr<storage::Database> database, std::shared_ptr<const storage::Keyring> keyring)
      : database_(std::move(database)), keyring_(std::move(keyring)) {}

  const std::unique_ptr<storage::Database> database_;
  const std::shared_ptr<const storage::Keyring> keyring_;
};

}  // namespace accord::connector

#endif  // ACCORD_CLIENTS_CONNECTOR_POSITIONS_H_
