// These are the handlers of RequestService, by which agencies request information. An answer says what may be
// said, and one phrase stands for the rest.
#ifndef ACCORD_SERVICES_INTELLIGENCE_SHARING_INFORMATION_REQUEST_SERVICE_H_
#define ACCORD_SERVICES_INTELLIGENCE_SHARING_INFORMATION_REQUEST_SERVICE_H_

#include <string>

#include "accord/intelligence/v1/request_service.pb.h"
#include "accord/intelligence/v1/rules.pb.h"
#include "common/host/calls/handlers.h"

namespace accord::intelligence {

inline constexpr char kNoReleasableInformation[] = "NO_RELEASABLE_INFORMATION";

class InformationRequestService {
 public:
  InformationRequestService(const storage::PageTokens* tokens, const v1::RuleSet* rules)
      : requests_("information_request", tokens), replies_("information_reply", tokens), rules_(rules) {}
  void Register(host::Handlers* handlers);
  // The sweeper calls this when answers are due: it tells the asker of refusals and of missing answers, and
  // closes nothing.
  absl::Status PassTime(storage::Transaction& tx, const std::string& name, absl::Time now);
  // The feed calls this. It gives the name of the request that a reply answers, and NOT_FOUND where the
  // caller may not learn when the reply was made.
  absl::StatusOr<std::string> RequestOf(const Caller&, storage::Transaction&, const std::string& reply_name);

 private:
  using Tx = storage::Transaction;

  absl::StatusOr<v1::InformationRequest> Create(host::Call&, Tx&, const storage::Write&,
                                                const v1::CreateInformationRequestRequest&);
  absl::StatusOr<v1::InformationReply> Answer(host::Call&, Tx&, const storage::Write&,
                                              const v1::AnswerInformationRequestRequest&);
  absl::StatusOr<v1::InformationRequest> Get(host::Call&, Tx&, const v1::GetInformationRequestRequest&);
  absl::StatusOr<v1::ListInformationRequestsResponse> List(host::Call&, Tx&,
                                                           const v1::ListInformationRequestsRequest&);
  absl::StatusOr<v1::InformationRequest> Acknowledge(host::Call&, Tx&, const storage::Write&,
                                                     const v1::AcknowledgeInformationRequestRequest&);
  absl::StatusOr<v1::InformationRequest> Advance(host::Call&, Tx&, const storage::Write&,
                                                 const v1::AdvanceInformationRequestRequest&);

  storage::Placement PlacementOf(const v1::InformationRequest&) const;
  // This returns a request that asks the caller's agency.
  absl::StatusOr<v1::InformationRequest> Asked(host::Call&, Tx&, const std::string& name);
  absl::StatusOr<v1::InformationRequest> Move(Tx&, v1::InformationRequest, const std::string& event,
                                              const std::string& etag, const storage::Write&);
  // This adds next_due to the answer, for the caller's agency.
  absl::Status AddNextDue(host::Call&, Tx&, v1::InformationRequest*);
  // This counts the replies that the asker reads by now.
  int AnswersTold(Tx&, const v1::InformationRequest&);
  // This moves the state by how many of those asked have answered the asker, once replies are due.
  absl::Status MoveByAnswers(Tx&, v1::InformationRequest, const std::string& etag, const storage::Write&);

  storage::Resources requests_;
  storage::Resources replies_;
  const v1::RuleSet* rules_;
};

}  // namespace accord::intelligence

#endif  // ACCORD_SERVICES_INTELLIGENCE_SHARING_INFORMATION_REQUEST_SERVICE_H_
