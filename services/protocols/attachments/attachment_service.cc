#include "services/protocols/attachments/attachment_service.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/error.h"
#include "common/base/folded.h"
#include "common/base/ids.h"
#include "services/protocols/attachments/media_type.h"
#include "services/protocols/lifecycles.h"
#include "services/protocols/referral_viewers.h"

namespace accord::protocols {
namespace {

using v1::Attachment;

// The scanner finds what waits for it by this viewer, which is no agency.
constexpr char kScanner[] = "#scanner";
constexpr int kScannedAtOnce = 20;

// Until a file can be read, only its own agency knows of it.
storage::Placement PlacementOf(const Attachment& attachment, const v1::Referral& referral) {
  storage::Placement placement;
  placement.owner = OwnerOf(attachment.name());
  placement.state = ShortName(v1::AttachmentState_descriptor(), attachment.state());
  const bool readable = attachment.state() == v1::ATTACHMENT_STATE_READY ||
                        attachment.state() == v1::ATTACHMENT_STATE_REFERENCED;
  placement.parties =
      ReadersOf(readable ? attachment.readers() : v1::READERS_OWN_AGENCY, placement.owner, referral);
  placement.parties.emplace_back(kFamily);
  if (attachment.state() == v1::ATTACHMENT_STATE_QUARANTINED) placement.parties.emplace_back(kScanner);
  placement.fields["about"] = attachment.about();
  return placement;
}

bool IsAttachmentSha256(const std::string& text) {
  return text.size() == 64 && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

absl::Status RefuseAttachmentSha256(const std::string& field) {
  return RefuseFields({{field, "must be 64 hex digits in lower case"}});
}

// A file name must be neither a path nor a control sequence of a terminal, because it names the
// downloaded file.
absl::Status CheckAttachmentFileName(const std::string& name) {
  const bool controls = std::any_of(
      name.begin(), name.end(), [](char c) { return absl::ascii_iscntrl(static_cast<unsigned char>(c)); });
  const std::string folded = Folded(name);
  if (controls || name.find_first_of("/\\") != std::string::npos) {
    return RefuseFields({{"attachment.file_name", "must have no / and \\ and no control character"}});
  }
  if (!name.empty() && (folded.empty() || folded == "." || folded == "..")) {
    return RefuseFields({{"attachment.file_name", "must be a name, not blanks, . or .."}});
  }
  return absl::OkStatus();
}

}  // namespace

void AttachmentService::Register(host::Handlers* handlers) {
  using S = AttachmentService;
  handlers->Bind("accord.protocols.v1.AttachmentService", this, &S::Create, &S::Upload, &S::Commit,
                 &S::Discard, &S::Get, &S::List, &S::Download);
}

absl::Status AttachmentService::CheckNew(const Attachment& attachment) const {
  ACCORD_RETURN_IF_ERROR(CheckAttachmentFileName(attachment.file_name()));
  if (attachment.has_evidence()) {
    if (attachment.size() != 0) {
      return RefuseFields({{"attachment.size", "must be 0 for a file that stays in an evidence system"}});
    }
    return IsAttachmentSha256(attachment.sha256()) ? absl::OkStatus()
                                                   : RefuseAttachmentSha256("attachment.sha256");
  }
  if (!attachment.sha256().empty()) {
    return RefuseFields({{"attachment.sha256", "is given when the file is whole"}});
  }
  if (attachment.size() <= 0) return RefuseFields({{"attachment.size", "must be at least 1"}});
  if (attachment.size() > limits_->file_bytes) {
    return Refuse(rules::kAttachmentTooLarge,
                  absl::StrCat("A file has at most ", limits_->file_bytes, " bytes here."));
  }
  return absl::OkStatus();
}

absl::Status AttachmentService::CheckType(const std::string& media_type) const {
  if (limits_->types.contains(media_type)) return absl::OkStatus();
  return Refuse(
      rules::kAttachmentType,
      "Files of this type are not taken. Discard this attachment, which stays listed as uploading until "
      "then; leave the file in the evidence system, and give its digest and reference as evidence.");
}

AttachmentService::Result AttachmentService::Create(host::Call& call, Tx& tx, const storage::Write& write,
                                                    const v1::CreateAttachmentRequest& request) {
  const std::string& agency = call.caller().agency;
  if (request.parent() != "agencies/" + agency) return NotFound();
  Attachment attachment = request.attachment();
  ACCORD_ASSIGN_OR_RETURN(const v1::Referral referral, referrals_.Of(tx, attachment.about(), agency));
  ACCORD_RETURN_IF_ERROR(CheckNew(attachment));
  attachment.set_name(absl::StrCat(request.parent(), "/attachments/", NotedPrefixOf(attachment.readers()),
                                   NewId(call.now())));
  attachment.set_sent_by(call.caller().actor);
  attachment.set_state(attachment.has_evidence() ? v1::ATTACHMENT_STATE_REFERENCED
                                                 : v1::ATTACHMENT_STATE_UPLOADING);
  // A file that stays elsewhere counts as the smallest file does.
  ACCORD_RETURN_IF_ERROR(AttachmentPieces::Claim(tx, attachment, limits_->agency_bytes));
  ACCORD_RETURN_IF_ERROR(attachments_.Insert(tx, &attachment, write, PlacementOf(attachment, referral)));
  return attachment;
}

AttachmentService::Result AttachmentService::Moved(host::Call& call, Tx& tx, const std::string& name,
                                                   const std::string& event) {
  Attachment attachment;
  ACCORD_RETURN_IF_ERROR(attachments_.Get(tx, name, call.caller().agency, &attachment));
  ACCORD_ASSIGN_OR_RETURN(const int next, AttachmentLifecycle().Next(attachment.state(), event));
  attachment.set_state(static_cast<v1::AttachmentState>(next));
  return attachment;
}

AttachmentService::Result AttachmentService::Keep(Tx& tx, const storage::Write& write,
                                                  const std::string& etag, Attachment attachment) {
  ACCORD_ASSIGN_OR_RETURN(const v1::Referral referral,
                          referrals_.Of(tx, attachment.about(), OwnerOf(attachment.name())));
  ACCORD_RETURN_IF_ERROR(
      attachments_.Update(tx, &attachment, etag, write, PlacementOf(attachment, referral)));
  return attachment;
}

AttachmentService::Result AttachmentService::Upload(host::Call& call, Tx& tx, const storage::Write& write,
                                                    const v1::UploadAttachmentChunkRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Attachment attachment, Moved(call, tx, request.name(), "upload"));
  const auto size = static_cast<int64_t>(request.data().size());
  const int64_t received = attachment.received();
  // Bytes that have arrived already are not taken twice; the digest of the whole file shows whether
  // they differed.
  if (request.offset() >= 0 && request.offset() <= received - size) return attachment;
  if (request.offset() != received) {
    return Refuse(rules::kOffsetMismatch, absl::StrCat("Go on at byte ", received, "."));
  }
  if (size != std::min(kAttachmentChunkBytes, attachment.size() - received)) {
    return RefuseFields({{"data", absl::StrCat("must be ", kAttachmentChunkBytes,
                                               " bytes of the file, or what is left of it")}});
  }
  if (received == 0) {
    const Extent extent = size == attachment.size() ? Extent::kWhole : Extent::kBeginning;
    ACCORD_RETURN_IF_ERROR(CheckType(MediaTypeOf(request.data(), extent)));
  }
  ACCORD_RETURN_IF_ERROR(pieces_.Append(tx, write, attachment, request.data()));
  attachment.set_received(received + size);
  const std::string etag = attachment.etag();
  return Keep(tx, write, etag, std::move(attachment));
}

AttachmentService::Result AttachmentService::Commit(host::Call& call, Tx& tx, const storage::Write& write,
                                                    const v1::CommitAttachmentRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Attachment attachment,
                          Moved(call, tx, request.name(), limits_->scanned ? "quarantine" : "commit"));
  if (!IsAttachmentSha256(request.sha256())) return RefuseAttachmentSha256("sha256");
  if (attachment.received() < attachment.size()) {
    return Refuse(rules::kAttachmentIncomplete, absl::StrCat("Go on at byte ", attachment.received(), "."));
  }
  ACCORD_ASSIGN_OR_RETURN(const std::string content, pieces_.Whole(tx, attachment));
  if (Hex(Sha256(content)) != request.sha256()) {
    return Refuse(rules::kAttachmentDigest,
                  "What has arrived has another digest: discard it and begin anew.");
  }
  attachment.set_media_type(MediaTypeOf(content, Extent::kWhole));
  ACCORD_RETURN_IF_ERROR(CheckType(attachment.media_type()));
  attachment.set_sha256(request.sha256());
  return Keep(tx, write, request.etag(), std::move(attachment));
}

AttachmentService::Result AttachmentService::Discard(host::Call& call, Tx& tx, const storage::Write& write,
                                                     const v1::DiscardAttachmentRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Attachment attachment, Moved(call, tx, request.name(), "discard"));
  ACCORD_RETURN_IF_ERROR(pieces_.Drop(tx, write, attachment));
  ACCORD_RETURN_IF_ERROR(attachments_.Remove(tx, &attachment, request.etag(), write));
  return attachment;
}

AttachmentService::Result AttachmentService::Get(host::Call& call, Tx& tx,
                                                 const v1::GetAttachmentRequest& request) {
  Attachment attachment;
  ACCORD_RETURN_IF_ERROR(attachments_.Get(tx, request.name(), call.caller().agency, &attachment));
  return attachment;
}

absl::StatusOr<v1::ListAttachmentsResponse> AttachmentService::List(
    host::Call& call, Tx& tx, const v1::ListAttachmentsRequest& request) {
  storage::ListQuery query{call.caller().agency, {}, request.page_size(), request.page_token(), ""};
  if (!request.about().empty()) query.filters.emplace_back("about", request.about());
  ACCORD_ASSIGN_OR_RETURN(
      auto response, attachments_.ListInto(tx, query, &v1::ListAttachmentsResponse::mutable_attachments));
  for (auto& attachment : *response.mutable_attachments()) {
    attachment.clear_file_name();
    attachment.clear_sha256();
    if (attachment.has_evidence()) attachment.mutable_evidence()->clear_reference();
  }
  return response;
}

absl::StatusOr<v1::AttachmentContent> AttachmentService::Download(
    host::Call& call, Tx& tx, const v1::DownloadAttachmentChunkRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(const Attachment attachment, Moved(call, tx, request.name(), "download"));
  const int64_t offset = request.offset();
  if (offset < 0 || offset >= attachment.size() || offset % kAttachmentChunkBytes != 0) {
    return RefuseFields({{"offset", "must be 0, or next_offset of the piece before"}});
  }
  v1::AttachmentContent content;
  ACCORD_ASSIGN_OR_RETURN(*content.mutable_data(), pieces_.Piece(tx, attachment, offset));
  content.set_next_offset(offset + static_cast<int64_t>(content.data().size()));
  content.set_size(attachment.size());
  // The answer holds no attachment, but its agency hears who read it.
  call.Disclose(attachment.name());
  return content;
}

absl::StatusOr<storage::Page<Attachment>> AttachmentService::Quarantined(Tx& tx,
                                                                         const std::string& page_token) {
  return attachments_.List<Attachment>(tx, {kScanner, {}, kScannedAtOnce, page_token, ""});
}

absl::StatusOr<std::string> AttachmentService::ContentToScan(Tx& tx, const std::string& name) {
  Attachment attachment;
  const absl::Status found = attachments_.Get(tx, name, kScanner, &attachment);
  if (absl::IsNotFound(found)) return std::string();
  ACCORD_RETURN_IF_ERROR(found);
  return pieces_.Whole(tx, attachment);
}

absl::Status AttachmentService::RecordVerdict(Tx& tx, const std::string& name, bool clean, absl::Time now) {
  Attachment attachment;
  const absl::Status found = attachments_.Get(tx, name, kScanner, &attachment);
  if (absl::IsNotFound(found)) return absl::OkStatus();
  ACCORD_RETURN_IF_ERROR(found);
  ACCORD_ASSIGN_OR_RETURN(const int next,
                          AttachmentLifecycle().Next(attachment.state(), clean ? "pass" : "refuse"));
  attachment.set_state(static_cast<v1::AttachmentState>(next));
  const storage::Write write{"platform", "scanner", NewId(now), now};
  if (!clean) {
    ACCORD_RETURN_IF_ERROR(pieces_.Drop(tx, write, attachment));
    attachment.set_received(0);
  }
  const std::string etag = attachment.etag();
  return Keep(tx, write, etag, std::move(attachment)).status();
}

}  // namespace accord::protocols
