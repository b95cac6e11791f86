// These are the handlers of ProtocolService.
#ifndef ACCORD_SERVICES_PROTOCOLS_AGREEMENTS_PROTOCOL_SERVICE_H_
#define ACCORD_SERVICES_PROTOCOLS_AGREEMENTS_PROTOCOL_SERVICE_H_

#include "accord/protocols/v1/protocol_service.pb.h"
#include "common/host/calls/handlers.h"
#include "services/protocols/coverage/territories.h"
#include "services/protocols/rules.h"

namespace accord::protocols {

class ProtocolService {
 public:
  // `model` is the text from which a draft may be made.
  ProtocolService(const storage::PageTokens* tokens, RulesNow rules, const Territories* territories,
                  v1::Template model)
      : protocols_("protocol", tokens), rules_(rules), territories_(territories), model_(std::move(model)) {}
  void Register(host::Handlers* handlers);
  // The sweeper calls this for what falls due by date: entry into force, review, termination, expiry.
  absl::Status PassTime(storage::Transaction&, const std::string& name, absl::Time now);

 private:
  using Tx = storage::Transaction;
  using Result = absl::StatusOr<v1::Protocol>;

  Result Create(host::Call&, Tx&, const storage::Write&, const v1::CreateProtocolRequest&);
  Result Get(host::Call&, Tx&, const v1::GetProtocolRequest&);
  absl::StatusOr<v1::ListProtocolsResponse> List(host::Call&, Tx&, const v1::ListProtocolsRequest&);
  Result Update(host::Call&, Tx&, const storage::Write&, const v1::UpdateProtocolRequest&);
  Result OpenConsultation(host::Call&, Tx&, const storage::Write&,
                          const v1::OpenProtocolConsultationRequest&);
  Result Offer(host::Call&, Tx&, const storage::Write&, const v1::OfferProtocolForSignatureRequest&);
  Result Sign(host::Call&, Tx&, const storage::Write&, const v1::SignProtocolRequest&);
  Result Activate(host::Call&, Tx&, const storage::Write&, const v1::ActivateProtocolRequest&);
  Result Withdraw(host::Call&, Tx&, const storage::Write&, const v1::WithdrawProtocolRequest&);
  Result Comment(host::Call&, Tx&, const storage::Write&, const v1::CommentOnProtocolRequest&);
  Result Dispose(host::Call&, Tx&, const storage::Write&, const v1::DisposeProtocolCommentRequest&);
  Result Review(host::Call&, Tx&, const storage::Write&, const v1::ReviewProtocolRequest&);
  absl::StatusOr<v1::OpenLegislativeReviewsResponse> OpenLegislativeReviews(
      host::Call&, Tx&, const storage::Write&, const v1::OpenLegislativeReviewsRequest&);
  Result Renew(host::Call&, Tx&, const storage::Write&, const v1::RenewProtocolRequest&);
  Result UpdateContacts(host::Call&, Tx&, const storage::Write&, const v1::UpdateProtocolContactsRequest&);
  Result Terminate(host::Call&, Tx&, const storage::Write&, const v1::TerminateProtocolRequest&);

  // This gives the whole protocol, if the caller may see it.
  Result Visible(host::Call&, Tx&, const std::string& name);
  // This applies the event's transition, stores the protocol, and returns what the caller may read.
  Result Store(host::Call&, Tx&, const storage::Write&, const std::string& etag, v1::Protocol);
  // This stores the protocol, updates its coverage, and schedules what falls due next.
  absl::Status Keep(Tx&, const storage::Write&, const std::string& etag, v1::Protocol*);
  // This requires that parent and predecessor are protocols that the caller's agency signed, or, for the
  // office, that the lead signed. Every signatory of an addendum must have signed its parent, and every
  // signatory of a predecessor must sign its successor.
  absl::Status CheckRelations(host::Call&, Tx&, const v1::Protocol&);
  // This refuses an addendum that replaces a protocol on which it depends, directly or indirectly.
  absl::Status CheckReplacesNoBase(Tx&, const v1::Protocol&);
  // This says whether all have signed and the day of effect has come.
  static bool IsDueInForce(const v1::Protocol&, absl::CivilDay today);
  // This gives the error that would prevent the entry into force, and writes nothing.
  absl::Status CheckMayEnterIntoForce(Tx&, const v1::Protocol&, absl::CivilDay today);
  // This brings the protocol into force on the day that its text names, once every signatory signed. Its
  // predecessor ends then.
  absl::Status BringIntoForce(Tx&, const storage::Write&, v1::Protocol*);
  // This ends the protocol that `successor` replaces.
  absl::Status Supersede(Tx&, const storage::Write&, const v1::Protocol& successor);
  // This ends the addenda of a protocol that has ended.
  absl::Status EndAddenda(Tx&, const storage::Write&, const v1::Protocol& base);

  // This says when time itself moves the protocol next.
  static std::optional<absl::Time> NextInstant(const v1::Protocol&);

  storage::Resources protocols_;
  RulesNow rules_;
  const Territories* territories_;
  v1::Template model_;
};

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_AGREEMENTS_PROTOCOL_SERVICE_H_
