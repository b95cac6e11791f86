// This file is about the key that seals the outbox.
#ifndef ACCORD_CLIENTS_CONNECTOR_SEAL_KEY_H_
#define ACCORD_CLIENTS_CONNECTOR_SEAL_KEY_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "common/storage/sealing/keyring.h"

namespace accord::connector {

// This gives the path of the outbox in the folder of the connector's state.
std::string OutboxFile(const std::string& state_folder);

// This reads `seal.key` of the folder, and makes it where there is no outbox yet. It returns
// FAILED_PRECONDITION if others can read it, or if it is gone although there is an outbox that it sealed.
absl::StatusOr<std::shared_ptr<const storage::Keyring>> SealKey(const std::string& state_folder);

}  // namespace accord::connector

#endif  // ACCORD_CLIENTS_CONNECTOR_SEAL_KEY_H_
