// The content of attachments is stored in pieces, and is counted for each agency.
#ifndef ACCORD_SERVICES_PROTOCOLS_ATTACHMENTS_ATTACHMENT_PIECES_H_
#define ACCORD_SERVICES_PROTOCOLS_ATTACHMENTS_ATTACHMENT_PIECES_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "accord/protocols/v1/attachment_service.pb.h"
#include "common/storage/records/resources.h"

namespace accord::protocols {

// Pieces are records of their own that no agency sees. They are sealed, backed up and erased like
// every record.
class AttachmentPieces {
 public:
  explicit AttachmentPieces(const storage::PageTokens* tokens) : chunks_("attachment_chunk", tokens) {}

  // This counts these bytes for an agency before they arrive. If the agency would then have more than `most`,
  // counts nothing and fails with RESOURCE_EXHAUSTED and rule ATTACHMENTS_OF_AGENCY.
  static absl::Status Claim(storage::Transaction& tx, const v1::Attachment& attachment, int64_t most);

  // This appends the next piece, which begins at `received`.
  absl::Status Append(storage::Transaction& tx, const storage::Write& write, const v1::Attachment& attachment,
                      const std::string& data);
  // This gives the piece that begins at `offset`, a multiple of kAttachmentChunkBytes below `received`.
  absl::StatusOr<std::string> Piece(storage::Transaction& tx, const v1::Attachment& attachment,
                                    int64_t offset);
  // This gives all bytes that have arrived.
  absl::StatusOr<std::string> Whole(storage::Transaction& tx, const v1::Attachment& attachment);
  // This erases every piece, including its earlier versions, and no longer counts its bytes.
  absl::Status Drop(storage::Transaction& tx, const storage::Write& write, const v1::Attachment& attachment);

 private:
  storage::Resources chunks_;
};

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_ATTACHMENTS_ATTACHMENT_PIECES_H_
