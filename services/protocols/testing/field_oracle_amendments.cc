// This file says how a mistake in a referral is mended, as domain 2.4 has it under "Mistakes".
#include <google/protobuf/util/message_differencer.h>

#include "services/protocols/testing/field_lines.h"
#include "services/protocols/testing/field_oracle.h"
#include "services/protocols/testing/field_words.h"

namespace accord::protocols {

using google::protobuf::util::MessageDifferencer;

std::string ObjectionToLink(const v1::Duplicate& link, const testing::World& world) {
  const auto* one = In<v1::Referral>(world, link.referral());
  const auto* other = In<v1::Referral>(world, link.same_as());
  if (one == nullptr || other == nullptr || one == other) return "links what is not there, or one to itself";
  for (const std::string& agency : link.agencies()) {
    for (const auto* referral : {one, other}) {
      const bool side = OwnerOf(referral->name()) == agency || referral->to_agency() == agency;
      const bool suspected = referral->staff_suspect() && referral->implicated_agency() == agency;
      if (!side || suspected) return "a link shows a referral to " + agency;
    }
  }
  return "";
}

std::string OracleOfProtocols::ObjectionToAmendment(const testing::Act& act, const v1::Referral& before,
                                                    const v1::Referral& after) {
  const int more = after.amendments_size() - before.amendments_size();
  if (more < 0 || more > 1) return "amendments came or went";
  for (int i = 0; i < before.amendments_size(); ++i) {
    if (!MessageDifferencer::Equals(before.amendments(i), after.amendments(i))) return "an amendment changed";
  }
  const bool told = more == 1 && after.amendments().rbegin()->agency() == act.who->agency &&
                    after.amendments().rbegin()->actor() == act.who->actor &&
                    !after.amendments().rbegin()->reason().empty();
  if (more == 1 && !told) return "amended without a reason, or in the name of somebody else";
  if (act.method == "CorrectReferral") {
    const bool of_law = !OtherFields(before, after,
                                     "reporter_belief indicators youth_wishes phone_contact_at "
                                     "caregiver_suspect indigenous_identity community_notice_required "
                                     "community_notice")
                             .empty();
    return of_law && !told ? "what chooses the law or the clocks changed without a reason" : "";
  }
  if (act.method == "ReopenReferral") return told ? "" : "opened again without a reason";
  if (act.method != "UndoReferralStep") return more == 0 ? "" : "amended by something else";
  if (!told) return "undone without a reason";
  const auto last = last_act_.find(before.name());
  if (last == last_act_.end() || last->second.second != act.who->agency ||
      (last->second.first != "ScreenReferral" && last->second.first != "RejectReferral")) {
    return "what was undone had been acted on";
  }
  return "";
}

}  // namespace accord::protocols
