// These are the handlers of AttachmentService: files that the sides of a referral attach to it.
#ifndef ACCORD_SERVICES_PROTOCOLS_ATTACHMENTS_ATTACHMENT_SERVICE_H_
#define ACCORD_SERVICES_PROTOCOLS_ATTACHMENTS_ATTACHMENT_SERVICE_H_

#include <string>

#include "accord/protocols/v1/attachment_service.pb.h"
#include "common/host/calls/handlers.h"
#include "services/protocols/attachments/attachment_limits.h"
#include "services/protocols/attachments/attachment_pieces.h"
#include "services/protocols/notes/noted_referral.h"

namespace accord::protocols {

class AttachmentService {
 public:
  // `limits` outlives the service.
  AttachmentService(const storage::PageTokens* tokens, const AttachmentLimits* limits)
      : attachments_("attachment", tokens), pieces_(tokens), referrals_(tokens), limits_(limits) {}
  void Register(host::Handlers* handlers);

  // This gives a page of files that wait for the scanner, by name.
  absl::StatusOr<storage::Page<v1::Attachment>> Quarantined(storage::Transaction&,
                                                            const std::string& page_token);
  // This gives the content of a file that waits for the scanner; it is empty if it no longer waits.
  absl::StatusOr<std::string> ContentToScan(storage::Transaction&, const std::string& name);
  // This takes the scanner's verdict on a file: it becomes readable, or its content is erased. A file that no
  // longer waits stays as it is.
  absl::Status RecordVerdict(storage::Transaction&, const std::string& name, bool clean, absl::Time now);

 private:
  using Tx = storage::Transaction;
  using Result = absl::StatusOr<v1::Attachment>;

  Result Create(host::Call&, Tx&, const storage::Write&, const v1::CreateAttachmentRequest&);
  Result Upload(host::Call&, Tx&, const storage::Write&, const v1::UploadAttachmentChunkRequest&);
  Result Commit(host::Call&, Tx&, const storage::Write&, const v1::CommitAttachmentRequest&);
  Result Discard(host::Call&, Tx&, const storage::Write&, const v1::DiscardAttachmentRequest&);
  Result Get(host::Call&, Tx&, const v1::GetAttachmentRequest&);
  absl::StatusOr<v1::ListAttachmentsResponse> List(host::Call&, Tx&, const v1::ListAttachmentsRequest&);
  absl::StatusOr<v1::AttachmentContent> Download(host::Call&, Tx&, const v1::DownloadAttachmentChunkRequest&);

  // This gives the attachment with the transition of `event` applied, if its state permits the event.
  Result Moved(host::Call&, Tx&, const std::string& name, const std::string& event);
  absl::Status CheckNew(const v1::Attachment& attachment) const;
  absl::Status CheckType(const std::string& media_type) const;
  Result Keep(Tx&, const storage::Write&, const std::string& etag, v1::Attachment);

  storage::Resources attachments_;
  AttachmentPieces pieces_;
  NotedReferral referrals_;
  const AttachmentLimits* limits_;
};

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_ATTACHMENTS_ATTACHMENT_SERVICE_H_
