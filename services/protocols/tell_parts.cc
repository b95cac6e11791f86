#include "services/protocols/tell_parts.h"

#include <map>
#include <memory>

#include "accord/protocols/v1/inspections.pb.h"
#include "common/base/error.h"
#include "services/protocols/parts.h"

namespace accord::protocols {
namespace {

namespace a = annotations::v1;
using storage::Resources;
using storage::Transaction;

struct Records {
  explicit Records(const storage::PageTokens* tokens)
      : protocols("protocol", tokens),
        referrals("referral", tokens),
        investigations("joint_investigation", tokens),
        disputes("dispute", tokens),
        inspections("inspector_referral", tokens) {}
  Resources protocols, referrals, investigations, disputes, inspections;
};

// As the gate calls them. Whoever sees a record reads it at least.
host::PartSet AsGated(const PartSet& parts) {
  static const std::map<Part, a::Part> kGated = {{Part::kLead, a::PART_LEAD},
                                                 {Part::kSignatory, a::PART_SIGNATORY},
                                                 {Part::kConsulted, a::PART_CONSULTED},
                                                 {Part::kObserver, a::PART_OBSERVER},
                                                 {Part::kCoordinationOffice, a::PART_OFFICE},
                                                 {Part::kSender, a::PART_SENDER},
                                                 {Part::kReceiver, a::PART_RECEIVER},
                                                 {Part::kFollower, a::PART_READER},
                                                 {Part::kImplicated, a::PART_READER},
                                                 {Part::kRaiser, a::PART_RAISER},
                                                 {Part::kOtherSide, a::PART_ASKED}};
  host::PartSet gated = {a::PART_READER};
  for (const Part part : parts) gated.insert(kGated.at(part));
  return gated;
}

// What the caller is to a record that its agency sees.
template <class M>
absl::StatusOr<host::PartSet> InSeen(Resources& records, const Caller& caller, Transaction& tx,
                                     const std::string& name) {
  M record;
  ACCORD_RETURN_IF_ERROR(records.Get(tx, name, caller.agency, &record));
  return AsGated(PartsIn(record, caller));
}

absl::StatusOr<host::PartSet> InInvestigation(Records& records, const Caller& caller, Transaction& tx,
                                              const std::string& name) {
  v1::JointInvestigation joint;
  ACCORD_RETURN_IF_ERROR(records.investigations.Get(tx, name, caller.agency, &joint));
  v1::Referral referral;
  ACCORD_RETURN_IF_ERROR(records.referrals.GetAny(tx, joint.referral(), &referral));
  return AsGated(PartsIn(joint, referral, caller));
}

}  // namespace

void TellParts(const storage::PageTokens* tokens, ReferralService* referrals, host::Handlers* handlers) {
  const auto records = std::make_shared<Records>(tokens);
  const auto tell = [&](const std::string& collection, auto teller) {
    handlers->parts().Tell(collection,
                           [records, teller](host::Call& call, Transaction& tx, const std::string& name) {
                             return teller(*records, call.caller(), tx, name);
                           });
  };
  tell("protocols", [](Records& r, const Caller& caller, Transaction& tx, const std::string& name) {
    return InSeen<v1::Protocol>(r.protocols, caller, tx, name);
  });
  tell("disputes", [](Records& r, const Caller& caller, Transaction& tx, const std::string& name) {
    return InSeen<v1::Dispute>(r.disputes, caller, tx, name);
  });
  tell("inspectorReferrals", [](Records& r, const Caller& caller, Transaction& tx, const std::string& name) {
    return InSeen<v1::InspectorReferral>(r.inspections, caller, tx, name);
  });
  tell("jointInvestigations", InInvestigation);
  handlers->parts().Tell("referrals",
                         [referrals](host::Call& call, Transaction& tx,
                                     const std::string& name) -> absl::StatusOr<host::PartSet> {
                           ACCORD_ASSIGN_OR_RETURN(const v1::Referral referral,
                                                   referrals->Visible(call, tx, name));
                           return AsGated(PartsIn(referral, call.caller()));
                         });
}

}  // namespace accord::protocols
