#include "services/protocols/attachments/attachment_pieces.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/error.h"
#include "common/storage/retention/retention.h"
#include "services/protocols/attachments/attachment_limits.h"
#include "services/protocols/attachments/attachment_store.h"

namespace accord::protocols {
namespace {

constexpr char kChunkKind[] = "attachment_chunk";
// Each file counts as at least this many bytes, so that the number of small files is bounded, too.
constexpr int64_t kLeastBytes = 4096;

std::string ChunkName(const v1::Attachment& attachment, int64_t offset) {
  return absl::StrCat(attachment.name(), "/chunks/",
                      absl::Dec(offset / kAttachmentChunkBytes, absl::kZeroPad8));
}

}  // namespace

absl::Status AttachmentPieces::Claim(storage::Transaction& tx, const v1::Attachment& attachment,
                                     int64_t most) {
  const std::string agency = OwnerOf(attachment.name());
  const int64_t bytes = std::max(attachment.size(), kLeastBytes);
  ACCORD_ASSIGN_OR_RETURN(const int64_t used, AttachmentBytesOf(tx, agency));
  if (used > most - bytes) {
    return Refuse(rules::kAttachmentsOfAgency,
                  "The files of your agency have as many bytes as it may attach: discard what never became "
                  "whole.");
  }
  return NoteAttachment(tx, agency, attachment.name(), bytes);
}

absl::Status AttachmentPieces::Append(storage::Transaction& tx, const storage::Write& write,
                                      const v1::Attachment& attachment, const std::string& data) {
  v1::AttachmentChunk chunk;
  chunk.set_name(ChunkName(attachment, attachment.received()));
  chunk.set_data(data);
  storage::Placement nobody;
  nobody.owner = OwnerOf(attachment.name());
  return chunks_.Insert(tx, &chunk, write, nobody);
}

absl::StatusOr<std::string> AttachmentPieces::Piece(storage::Transaction& tx,
                                                    const v1::Attachment& attachment, int64_t offset) {
  v1::AttachmentChunk chunk;
  ACCORD_RETURN_IF_ERROR(chunks_.GetAny(tx, ChunkName(attachment, offset), &chunk));
  return std::move(*chunk.mutable_data());
}

absl::StatusOr<std::string> AttachmentPieces::Whole(storage::Transaction& tx,
                                                    const v1::Attachment& attachment) {
  std::string whole;
  whole.reserve(static_cast<std::size_t>(attachment.received()));
  for (int64_t offset = 0; offset < attachment.received(); offset += kAttachmentChunkBytes) {
    ACCORD_ASSIGN_OR_RETURN(const std::string piece, Piece(tx, attachment, offset));
    whole += piece;
  }
  return whole;
}

absl::Status AttachmentPieces::Drop(storage::Transaction& tx, const storage::Write& write,
                                    const v1::Attachment& attachment) {
  for (int64_t offset = 0; offset < attachment.received(); offset += kAttachmentChunkBytes) {
    v1::AttachmentChunk chunk;
    const std::string name = ChunkName(attachment, offset);
    const absl::Status found = chunks_.GetAny(tx, name, &chunk);
    if (absl::IsNotFound(found)) continue;
    ACCORD_RETURN_IF_ERROR(found);
    // The versions of a removed record stay, so their content is erased first.
    ACCORD_RETURN_IF_ERROR(storage::EraseContent(tx, kChunkKind, name));
    ACCORD_RETURN_IF_ERROR(chunks_.Remove(tx, &chunk, chunk.etag(), write));
  }
  return ForgetAttachment(tx, attachment.name());
}

}  // namespace accord::protocols
