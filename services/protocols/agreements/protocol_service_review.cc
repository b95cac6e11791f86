// These are the handlers of ProtocolService by which a protocol is reviewed and renewed. A change of the law
// calls for a review of every protocol that rests on that law.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "common/base/error.h"
#include "services/protocols/agreements/protocol_reviews.h"
#include "services/protocols/agreements/protocol_service.h"
#include "services/protocols/lifecycles.h"
#include "services/protocols/parties.h"

namespace accord::protocols {
namespace {

using v1::Protocol;

// This gives the same text for citations of one law that differ in capitals or in the space between
// their words.
std::string NormalizedReviewCitation(std::string_view text) {
  const std::vector<std::string> words = absl::StrSplit(absl::string_view(text.data(), text.size()),
                                                        absl::ByAnyChar(" \t\r\n"), absl::SkipEmpty());
  return absl::AsciiStrToLower(absl::StrJoin(words, " "));
}

// A citation is of the law or of a part of it: "Act s. 74(2)" rests on "Act s. 74", and "Act s. 741"
// does not.
bool CitesLaw(const v1::Protocol& protocol, const std::string& law) {
  return std::any_of(protocol.legal_basis().begin(), protocol.legal_basis().end(),
                     [&](const std::string& basis) {
                       const std::string cited = NormalizedReviewCitation(basis);
                       if (!absl::StartsWith(cited, law)) return false;
                       return cited.size() == law.size() ||
                              !absl::ascii_isalnum(static_cast<unsigned char>(cited[law.size()]));
                     });
}

bool WasReviewedFor(const v1::Protocol& protocol, const std::string& law, const std::string& changed_on) {
  return std::any_of(protocol.reviews().begin(), protocol.reviews().end(), [&](const v1::Review& review) {
    return review.law_changed_on() == changed_on && NormalizedReviewCitation(review.law()) == law;
  });
}

}  // namespace

ProtocolService::Result ProtocolService::Review(host::Call& call, Tx& tx, const storage::Write& write,
                                                const v1::ReviewProtocolRequest& request) {
  const bool office = call.caller().kind == annotations::v1::AGENCY_KIND_COORDINATION_OFFICE;
  ACCORD_ASSIGN_OR_RETURN(Protocol protocol, Visible(call, tx, request.name()));
  if (request.kind() == v1::REVIEW_KIND_SCHEDULED ||
      (office && request.kind() != v1::REVIEW_KIND_TRIGGERED_LEGISLATIVE)) {
    return Refuse(
        rules::kReviewKind,
        "The calendar opens scheduled reviews; the office opens those that a change of the law calls for.");
  }
  ACCORD_RETURN_IF_ERROR(AdvanceProtocol(&protocol, "review"));
  OpenReview(request.kind(), request.reason(), call.now(), &protocol);
  return Store(call, tx, write, request.etag(), std::move(protocol));
}

absl::StatusOr<v1::OpenLegislativeReviewsResponse> ProtocolService::OpenLegislativeReviews(
    host::Call& call, Tx& tx, const storage::Write& write, const v1::OpenLegislativeReviewsRequest& request) {
  const std::string law = NormalizedReviewCitation(request.law());
  if (law.empty()) return RefuseFields({{"law", "names the law as protocols cite it"}});
  v1::OpenLegislativeReviewsResponse response;
  // Everybody reads an operative protocol, and no other is reviewed.
  storage::ListQuery query{std::string(storage::kEverybody), {}, 0, "", ""};
  do {
    ACCORD_ASSIGN_OR_RETURN(auto page, protocols_.List<v1::Protocol>(tx, query));
    for (v1::Protocol& protocol : page.items) {
      if (!CitesLaw(protocol, law)) continue;
      if (protocol.state() != v1::PROTOCOL_STATE_IN_FORCE ||
          WasReviewedFor(protocol, law, request.changed_on())) {
        response.add_left(protocol.name());
        continue;
      }
      ACCORD_RETURN_IF_ERROR(AdvanceProtocol(&protocol, "review"));
      OpenReview(v1::REVIEW_KIND_TRIGGERED_LEGISLATIVE, request.reason(), call.now(), &protocol);
      v1::Review* review = protocol.mutable_reviews(protocol.reviews_size() - 1);
      review->set_law(request.law());
      review->set_law_changed_on(request.changed_on());
      const std::string etag = protocol.etag();
      ACCORD_RETURN_IF_ERROR(Keep(tx, write, etag, &protocol));
      response.add_opened(protocol.name());
    }
    query.page_token = page.next_page_token;
  } while (!query.page_token.empty());
  return response;
}

ProtocolService::Result ProtocolService::Renew(host::Call& call, Tx& tx, const storage::Write& write,
                                               const v1::RenewProtocolRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Protocol protocol, Visible(call, tx, request.name()));
  auto* party = MutablePartyOf(&protocol, call.caller().agency);
  ACCORD_RETURN_IF_ERROR(AdvanceProtocol(&protocol, "renew"));
  if (request.text_digest() != protocol.text_digest()) {
    return Refuse(rules::kDigestMismatch,
                  "This is not the protocol's text; read it again and renew its text_digest.");
  }
  if (party->renewal_signed()) {
    return Refuse(rules::kAlreadySigned, "This agency has renewed.");
  }
  party->set_renewal_signed(true);
  if (FullyRenewed(protocol)) {
    ACCORD_RETURN_IF_ERROR(AdvanceProtocol(&protocol, "renewed"));
    CloseReview(v1::REVIEW_OUTCOME_RENEW, call.now(), &protocol);
    protocol.set_next_review_due(FormatDay(MonthsAfter(OntarioDay(call.now()), rules_->review_months())));
  }
  return Store(call, tx, write, request.etag(), std::move(protocol));
}

}  // namespace accord::protocols
