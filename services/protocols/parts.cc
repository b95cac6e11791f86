#include "services/protocols/parts.h"

#include <memory>

#include "accord/protocols/v1/inspections.pb.h"
#include "common/base/error.h"
#include "services/protocols/parties.h"

namespace accord::protocols {
namespace {

namespace a = annotations::v1;
using host::PartSet;
using storage::Resources;

struct Records {
  explicit Records(const storage::PageTokens* tokens)
      : protocols("protocol", tokens),
        referrals("referral", tokens),
        investigations("joint_investigation", tokens),
        disputes("dispute", tokens),
        inspections("inspector_referral", tokens) {}
  Resources protocols, referrals, investigations, disputes, inspections;
};

// Whoever sees a record reads it.
PartSet Reader(const std::string& name, const std::string& agency) {
  PartSet parts = {a::PART_READER};
  if (OwnerOf(name) == agency) parts.insert(a::PART_OWNER);
  return parts;
}

void AddPartsIn(const v1::Referral& referral, const std::string& agency, PartSet* parts) {
  if (OwnerOf(referral.name()) == agency) parts->insert(a::PART_SENDER);
  if (referral.to_agency() == agency) parts->insert(a::PART_RECEIVER);
}

absl::StatusOr<PartSet> InProtocol(Records& records, const Caller& caller, storage::Transaction& tx,
                                   const std::string& name) {
  v1::Protocol protocol;
  ACCORD_RETURN_IF_ERROR(records.protocols.Get(tx, name, caller.agency, &protocol));
  PartSet parts = Reader(name, caller.agency);
  if (parts.contains(a::PART_OWNER)) parts.insert(a::PART_LEAD);
  if (caller.kind == a::AGENCY_KIND_COORDINATION_OFFICE) parts.insert(a::PART_OFFICE);
  const v1::ProtocolParty* party = PartyOf(protocol, caller.agency);
  if (party == nullptr) return parts;
  if (party->part() == v1::PARTY_PART_SIGNATORY) parts.insert(a::PART_SIGNATORY);
  if (party->part() == v1::PARTY_PART_CONSULTED) parts.insert(a::PART_CONSULTED);
  if (party->part() == v1::PARTY_PART_OBSERVER) parts.insert(a::PART_OBSERVER);
  return parts;
}

absl::StatusOr<PartSet> InInvestigation(Records& records, const Caller& caller, storage::Transaction& tx,
                                        const std::string& name) {
  v1::JointInvestigation joint;
  ACCORD_RETURN_IF_ERROR(records.investigations.Get(tx, name, caller.agency, &joint));
  PartSet parts = Reader(name, caller.agency);
  if (parts.contains(a::PART_OWNER)) parts.insert(a::PART_LEAD);
  v1::Referral referral;
  ACCORD_RETURN_IF_ERROR(records.referrals.GetAny(tx, joint.referral(), &referral));
  AddPartsIn(referral, caller.agency, &parts);
  return parts;
}

absl::StatusOr<PartSet> InDispute(Records& records, const Caller& caller, storage::Transaction& tx,
                                  const std::string& name) {
  v1::Dispute dispute;
  ACCORD_RETURN_IF_ERROR(records.disputes.Get(tx, name, caller.agency, &dispute));
  PartSet parts = Reader(name, caller.agency);
  if (parts.contains(a::PART_OWNER)) parts.insert(a::PART_RAISER);
  if (dispute.with_agency() == caller.agency) parts.insert(a::PART_ASKED);
  return parts;
}

absl::StatusOr<PartSet> InInspection(Records& records, const Caller& caller, storage::Transaction& tx,
                                     const std::string& name) {
  v1::InspectorReferral referral;
  ACCORD_RETURN_IF_ERROR(records.inspections.Get(tx, name, caller.agency, &referral));
  PartSet parts = Reader(name, caller.agency);
  if (referral.to_agency() == caller.agency) parts.insert(a::PART_RECEIVER);
  return parts;
}

}  // namespace

void TellParts(const storage::PageTokens* tokens, ReferralService* referrals, host::Handlers* handlers) {
  const auto records = std::make_shared<Records>(tokens);
  const auto tell = [&](const std::string& collection, auto teller) {
    handlers->parts().Tell(
        collection, [records, teller](host::Call& call, storage::Transaction& tx, const std::string& name) {
          return teller(*records, call.caller(), tx, name);
        });
  };
  tell("protocols", InProtocol);
  tell("jointInvestigations", InInvestigation);
  tell("disputes", InDispute);
  tell("inspectorReferrals", InInspection);
  handlers->parts().Tell("referrals",
                         [referrals](host::Call& call, storage::Transaction& tx,
                                     const std::string& name) -> absl::StatusOr<PartSet> {
                           ACCORD_ASSIGN_OR_RETURN(const v1::Referral referral,
                                                   referrals->Visible(call, tx, name));
                           PartSet parts = Reader(name, call.caller().agency);
                           AddPartsIn(referral, call.caller().agency, &parts);
                           return parts;
                         });
}

}  // namespace accord::protocols
