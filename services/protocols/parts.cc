#include "services/protocols/parts.h"

#include <memory>

#include "accord/protocols/v1/dispute_service.pb.h"
#include "accord/protocols/v1/duplicate_service.pb.h"
#include "accord/protocols/v1/emergency_access_service.pb.h"
#include "accord/protocols/v1/inspector_referral_service.pb.h"
#include "accord/protocols/v1/joint_investigation_service.pb.h"
#include "accord/protocols/v1/privacy_alert_service.pb.h"
#include "common/base/error.h"
#include "services/protocols/oversight/privacy_alert_service.h"
#include "services/protocols/parties.h"
#include "services/protocols/referral_viewers.h"

namespace accord::protocols {
namespace {

namespace a = annotations::v1;
using host::PartSet;
using storage::Resources;
using storage::Transaction;

struct Records {
  explicit Records(const storage::PageTokens* tokens)
      : protocols("protocol", tokens),
        referrals("referral", tokens),
        investigations("joint_investigation", tokens),
        disputes("dispute", tokens),
        duplicates("duplicate", tokens),
        inspections("inspector_referral", tokens),
        accesses("emergency_access", tokens),
        alerts("privacy_alert", tokens) {}
  Resources protocols, referrals, investigations, disputes, duplicates, inspections, accesses, alerts;
};

// This gives what the caller is to a protocol. A caller who sees a record may at least read it.
PartSet PartsIn(const v1::Protocol& protocol, const Caller& caller) {
  PartSet parts = {a::PART_READER};
  if (caller.kind == a::AGENCY_KIND_COORDINATION_OFFICE) parts.insert(a::PART_OFFICE);
  if (OwnerOf(protocol.name()) == caller.agency) parts.insert(a::PART_LEAD);
  const v1::ProtocolParty* party = PartyOf(protocol, caller.agency);
  if (party == nullptr) return parts;
  if (party->part() == v1::PARTY_PART_SIGNATORY) parts.insert(a::PART_SIGNATORY);
  if (party->part() == v1::PARTY_PART_CONSULTED) parts.insert(a::PART_CONSULTED);
  if (party->part() == v1::PARTY_PART_OBSERVER) parts.insert(a::PART_OBSERVER);
  return parts;
}

// An agency that sent on an earlier referral in the chain follows this one and reads it. So does the director
// of an agency whose own staff is suspected, whatever else that agency is.
PartSet PartsIn(const v1::Referral& referral, const Caller& caller) {
  PartSet parts = {a::PART_READER};
  if (Implicated(referral, caller.agency)) return parts;
  if (OwnerOf(referral.name()) == caller.agency) parts.insert(a::PART_SENDER);
  if (referral.to_agency() == caller.agency) parts.insert(a::PART_RECEIVER);
  return parts;
}

PartSet PartsIn(const v1::JointInvestigation& joint, const v1::Referral& referral, const Caller& caller) {
  PartSet parts = PartsIn(referral, caller);
  if (OwnerOf(joint.name()) == caller.agency && !Implicated(referral, caller.agency)) {
    parts.insert(a::PART_LEAD);
  }
  return parts;
}

PartSet PartsIn(const v1::Dispute& dispute, const Caller& caller) {
  if (OwnerOf(dispute.name()) == caller.agency) return {a::PART_READER, a::PART_RAISER};
  return dispute.with_agency() == caller.agency ? PartSet{a::PART_READER, a::PART_ASKED}
                                                : PartSet{a::PART_READER};
}

PartSet PartsIn(const v1::Duplicate& duplicate, const Caller& caller) {
  PartSet parts = {a::PART_READER};
  if (OwnerOf(duplicate.name()) == caller.agency) parts.insert(a::PART_OWNER);
  return parts;
}

PartSet PartsIn(const v1::InspectorReferral& referral, const Caller& caller) {
  if (OwnerOf(referral.name()) == caller.agency) return {a::PART_READER, a::PART_SENDER};
  return referral.to_agency() == caller.agency ? PartSet{a::PART_READER, a::PART_RECEIVER}
                                               : PartSet{a::PART_READER};
}

// The agency whose record was opened reads it too, and has no say in it.
PartSet PartsIn(const v1::EmergencyAccess& access, const Caller& caller) {
  return OwnerOf(access.name()) == caller.agency ? PartSet{a::PART_READER, a::PART_OWNER}
                                                 : PartSet{a::PART_READER};
}

// This gives what the caller is to a record that its agency sees.
template <class M>
absl::StatusOr<PartSet> SeenParts(Resources& records, const Caller& caller, Transaction& tx,
                                  const std::string& name) {
  M record;
  ACCORD_RETURN_IF_ERROR(records.Get(tx, name, caller.agency, &record));
  return PartsIn(record, caller);
}

absl::StatusOr<PartSet> InvestigationParts(Records& records, const Caller& caller, Transaction& tx,
                                           const std::string& name) {
  v1::JointInvestigation joint;
  ACCORD_RETURN_IF_ERROR(records.investigations.Get(tx, name, caller.agency, &joint));
  v1::Referral referral;
  ACCORD_RETURN_IF_ERROR(records.referrals.GetAny(tx, joint.referral(), &referral));
  return PartsIn(joint, referral, caller);
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
    return SeenParts<v1::Protocol>(r.protocols, caller, tx, name);
  });
  tell("disputes", [](Records& r, const Caller& caller, Transaction& tx, const std::string& name) {
    return SeenParts<v1::Dispute>(r.disputes, caller, tx, name);
  });
  tell("duplicates", [](Records& r, const Caller& caller, Transaction& tx, const std::string& name) {
    return SeenParts<v1::Duplicate>(r.duplicates, caller, tx, name);
  });
  tell("inspectorReferrals", [](Records& r, const Caller& caller, Transaction& tx, const std::string& name) {
    return SeenParts<v1::InspectorReferral>(r.inspections, caller, tx, name);
  });
  tell("emergencyAccesses", [](Records& r, const Caller& caller, Transaction& tx, const std::string& name) {
    return SeenParts<v1::EmergencyAccess>(r.accesses, caller, tx, name);
  });
  // Each agency that is told of an alert reads it, including the coordination office.
  tell("privacyAlerts",
       [](Records& r, const Caller& caller, Transaction& tx,
          const std::string& name) -> absl::StatusOr<PartSet> {
         v1::PrivacyAlert alert;
         ACCORD_RETURN_IF_ERROR(r.alerts.Get(tx, name, AlertViewerOf(caller), &alert));
         return PartSet{a::PART_READER};
       });
  tell("jointInvestigations", InvestigationParts);
  handlers->parts().Tell(
      "referrals",
      [referrals](host::Call& call, Transaction& tx, const std::string& name) -> absl::StatusOr<PartSet> {
        ACCORD_ASSIGN_OR_RETURN(const v1::Referral referral, referrals->Visible(call, tx, name));
        return PartsIn(referral, call.caller());
      });
}

}  // namespace accord::protocols
