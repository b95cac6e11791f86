// This stores how many bytes of attachments each agency has.
#ifndef ACCORD_SERVICES_PROTOCOLS_ATTACHMENTS_ATTACHMENT_STORE_H_
#define ACCORD_SERVICES_PROTOCOLS_ATTACHMENTS_ATTACHMENT_STORE_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "common/storage/database/database.h"

namespace accord::protocols {

// This gives the bytes of the files that an agency has attached or is attaching.
absl::StatusOr<int64_t> AttachmentBytesOf(storage::Transaction& tx, const std::string& agency);
// Counts `bytes` for the attachment `name` of an agency.
absl::Status NoteAttachment(storage::Transaction& tx, const std::string& agency, const std::string& name,
                            int64_t bytes);
// This counts the attachment `name` no longer.
absl::Status ForgetAttachment(storage::Transaction& tx, const std::string& name);

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_ATTACHMENTS_ATTACHMENT_STORE_H_
