// These are the handlers of ProtocolService by which the parties are consulted on a text before it
// is offered.
#include "common/access/names.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "services/protocols/agreements/protocol_checks.h"
#include "services/protocols/agreements/protocol_readers.h"
#include "services/protocols/agreements/protocol_service.h"
#include "services/protocols/lifecycles.h"

namespace accord::protocols {
namespace {

using v1::Protocol;

}  // namespace

ProtocolService::Result ProtocolService::OpenConsultation(
    host::Call& call, Tx& tx, const storage::Write& write,
    const v1::OpenProtocolConsultationRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Protocol protocol, Visible(call, tx, request.name()));
  ACCORD_RETURN_IF_ERROR(AdvanceProtocol(&protocol, "open_consultation"));
  ACCORD_RETURN_IF_ERROR(CheckComplete(protocol));
  return Store(call, tx, write, request.etag(), std::move(protocol));
}

ProtocolService::Result ProtocolService::Comment(host::Call& call, Tx& tx, const storage::Write& write,
                                                 const v1::CommentOnProtocolRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Protocol protocol, Visible(call, tx, request.name()));
  ACCORD_RETURN_IF_ERROR(AdvanceProtocol(&protocol, "comment"));
  v1::ConsultationComment comment = request.comment();
  comment.set_id(NewId(call.now()));
  comment.set_agency(call.caller().agency);
  *comment.mutable_create_time() = ToProto(call.now());
  *protocol.add_comments() = comment;
  const auto reads = [&](const Caller& reader) {
    const Protocol readable = ReadableBy(protocol, reader);
    return !readable.comments().empty() && readable.comments().rbegin()->id() == comment.id();
  };
  // For a caller who cannot read a section, there is no such section.
  if (!reads(call.caller())) {
    return Refuse(rules::kSectionAbsent, "The text has no such section.");
  }
  Caller lead;
  lead.agency = OwnerOf(protocol.name());
  // The comment would stay unanswered, and the text could never be offered.
  if (!reads(lead)) {
    return Refuse(rules::kLeadCannotAnswer,
                  "The lead does not read this section, and could not dispose of a comment on it.");
  }
  return Store(call, tx, write, request.etag(), std::move(protocol));
}

ProtocolService::Result ProtocolService::Dispose(host::Call& call, Tx& tx, const storage::Write& write,
                                                 const v1::DisposeProtocolCommentRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Protocol protocol, Visible(call, tx, request.name()));
  ACCORD_RETURN_IF_ERROR(AdvanceProtocol(&protocol, "comment"));
  for (auto& comment : *protocol.mutable_comments()) {
    if (comment.id() != request.comment_id()) continue;
    comment.set_disposition(request.disposition());
    comment.set_reason(request.reason());
    return Store(call, tx, write, request.etag(), std::move(protocol));
  }
  return Refuse(rules::kCommentAbsent, "The protocol has no such comment.");
}

}  // namespace accord::protocols
