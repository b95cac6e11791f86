// A change of the law calls for a review of every protocol that rests on that law.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "common/base/error.h"
#include "services/protocols/agreements/protocol_checks.h"
#include "services/protocols/agreements/protocol_service.h"

namespace accord::protocols {
namespace {

// One law is written in capitals or not, and with any space between its words.
std::string PlainLaw(std::string_view text) {
  const std::vector<std::string> words = absl::StrSplit(absl::string_view(text.data(), text.size()),
                                                        absl::ByAnyChar(" \t\r\n"), absl::SkipEmpty());
  return absl::AsciiStrToLower(absl::StrJoin(words, " "));
}

// What is cited is the law or a part of it: "Act s. 74(2)" rests on "Act s. 74", and "Act s. 741" does not.
bool RestsOn(const v1::Protocol& protocol, const std::string& law) {
  return std::any_of(protocol.legal_basis().begin(), protocol.legal_basis().end(),
                     [&](const std::string& basis) {
                       const std::string cited = PlainLaw(basis);
                       if (!absl::StartsWith(cited, law)) return false;
                       return cited.size() == law.size() ||
                              !absl::ascii_isalnum(static_cast<unsigned char>(cited[law.size()]));
                     });
}

bool WasReviewedFor(const v1::Protocol& protocol, const std::string& law, const std::string& changed_on) {
  return std::any_of(protocol.reviews().begin(), protocol.reviews().end(), [&](const v1::Review& review) {
    return review.law_changed_on() == changed_on && PlainLaw(review.law()) == law;
  });
}

}  // namespace

absl::StatusOr<v1::OpenLegislativeReviewsResponse> ProtocolService::OpenReviews(
    host::Call& call, Tx& tx, const storage::Write& write, const v1::OpenLegislativeReviewsRequest& request) {
  const std::string law = PlainLaw(request.law());
  if (law.empty()) return RefuseFields({{"law", "names the law as protocols cite it"}});
  v1::OpenLegislativeReviewsResponse response;
  // Everybody reads an operative protocol, and no other is reviewed.
  storage::ListQuery query{std::string(storage::kEverybody), {}, 0, "", ""};
  do {
    ACCORD_ASSIGN_OR_RETURN(auto page, protocols_.List<v1::Protocol>(tx, query));
    for (v1::Protocol& protocol : page.items) {
      if (!RestsOn(protocol, law)) continue;
      if (protocol.state() != v1::PROTOCOL_STATE_IN_FORCE ||
          WasReviewedFor(protocol, law, request.changed_on())) {
        response.add_left(protocol.name());
        continue;
      }
      ACCORD_RETURN_IF_ERROR(Advance(&protocol, "review"));
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

}  // namespace accord::protocols
