#include "services/protocols/agreements/protocol_reviews.h"

#include <algorithm>

#include "common/base/clock.h"

namespace accord::protocols {
namespace {

using v1::Protocol;

}  // namespace

void OpenReview(v1::ReviewKind kind, const std::string& reason, absl::Time now, Protocol* protocol) {
  auto* review = protocol->add_reviews();
  review->set_kind(kind);
  review->set_reason(reason);
  *review->mutable_start_time() = ToProto(now);
  for (auto& party : *protocol->mutable_parties()) party.clear_renewal_signed();
}

void CloseReview(v1::ReviewOutcome outcome, absl::Time now, Protocol* protocol) {
  if (protocol->reviews().empty()) return;
  auto* review = protocol->mutable_reviews(protocol->reviews_size() - 1);
  if (review->has_end_time()) return;
  review->set_outcome(outcome);
  *review->mutable_end_time() = ToProto(now);
}

bool FullyRenewed(const Protocol& protocol) {
  return std::all_of(protocol.parties().begin(), protocol.parties().end(), [](const auto& party) {
    return party.part() != v1::PARTY_PART_SIGNATORY || party.renewal_signed();
  });
}

}  // namespace accord::protocols
