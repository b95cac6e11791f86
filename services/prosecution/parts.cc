#include "services/prosecution/parts.h"

#include <memory>

#include "common/base/error.h"
#include "services/prosecution/accused/accused_service.h"
#include "services/prosecution/cases/case_readers.h"
#include "services/prosecution/links/link_placement.h"

namespace accord::prosecution {
namespace {

namespace a = annotations::v1;
using host::PartSet;
using storage::Resources;

struct Records {
  Records(const storage::PageTokens* tokens, RulesNow of)
      : cases("case", tokens),
        accused("accused", tokens),
        advice("advice_request", tokens),
        links("link_token", tokens),
        rules(of) {}
  Resources cases, accused, advice, links;
  RulesNow rules;
};

// This gives what the caller is to a case that the caller reads.
PartSet PartsInCase(const Rules& rules, const Caller& caller, const v1::Case& of) {
  PartSet parts = {a::PART_READER};
  if (OwnerOf(of.name()) == caller.agency) parts.insert({a::PART_OWNER, a::PART_CROWN_OFFICE});
  // A caller who declared a conflict passes here, and the handler says that the conflict is in the way.
  const absl::Status acting = CheckActing(rules, caller, of);
  if (acting.ok() || RuleOf(acting) == rules::kConflictRecorded.reason) parts.insert(a::PART_ASSIGNED);
  if (IsCoordinator(rules, caller)) parts.insert(a::PART_COORDINATOR);
  if (ViewerInCapacity(of.police_service(), "police") == ViewerInCapacity(caller.agency, "police")) {
    parts.insert(a::PART_POLICE);
  }
  return parts;
}

absl::StatusOr<PartSet> CaseParts(Records& records, const Caller& caller, storage::Transaction& tx,
                                  const std::string& name) {
  v1::Case of;
  if (caller.kind == a::AGENCY_KIND_POLICE_SERVICE) {
    // A police service does not read cases. It knows those that it brought by their accused.
    ACCORD_RETURN_IF_ERROR(records.cases.GetAny(tx, name, &of));
    if (of.police_service() != caller.agency) return NotFound();
    return PartSet{a::PART_POLICE};
  }
  ACCORD_RETURN_IF_ERROR(ReadCase(*records.rules, caller, tx, &records.cases, name, &of));
  return PartsInCase(*records.rules, caller, of);
}

absl::StatusOr<PartSet> AccusedParts(Records& records, const Caller& caller, storage::Transaction& tx,
                                     const std::string& name) {
  v1::Accused accused;
  ACCORD_RETURN_IF_ERROR(records.accused.GetAny(tx, name, &accused));
  v1::Case of;
  ACCORD_RETURN_IF_ERROR(ReadCase(*records.rules, caller, tx, &records.cases, CaseOf(name), &of));
  return PartsInCase(*records.rules, caller, of);
}

absl::StatusOr<PartSet> AdviceParts(Records& records, const Caller& caller, storage::Transaction& tx,
                                    const std::string& name) {
  const bool crown = caller.kind == a::AGENCY_KIND_CROWN;
  // Advice is privileged: a caller who may not read it does not learn that it exists, by any method.
  if (crown && !caller.Has(a::ROLE_CROWN_COUNSEL) && !caller.Has(a::ROLE_CROWN_COORDINATOR))
    return NotFound();
  v1::AdviceRequest advice;
  ACCORD_RETURN_IF_ERROR(records.advice.Get(
      tx, name, crown ? ViewerInCapacity(caller.agency, "crown") : caller.agency, &advice));
  PartSet parts = {a::PART_READER};
  if (OwnerOf(name) == caller.agency) parts.insert({a::PART_OWNER, a::PART_MAKER});
  if (crown && advice.crown_agency() == caller.agency) parts.insert(a::PART_ASKED);
  return parts;
}

absl::StatusOr<PartSet> LinkParts(Records& records, const Caller& caller, storage::Transaction& tx,
                                  const std::string& name) {
  v1::LinkToken link;
  if (caller.kind == a::AGENCY_KIND_PLATFORM_SERVICE) {
    // The platform's service calls for the agency that its request names, and the handler compares that
    // agency with the link's.
    ACCORD_RETURN_IF_ERROR(records.links.GetAny(tx, name, &link));
    return PartSet{a::PART_RECEIVER};
  }
  ACCORD_RETURN_IF_ERROR(records.links.Get(tx, name, LinkViewerOf(caller), &link));
  if (IsLinkedSupport(caller)) return PartSet{a::PART_READER, a::PART_RECEIVER};
  v1::Case of;
  ACCORD_RETURN_IF_ERROR(ReadCase(*records.rules, caller, tx, &records.cases, link.case_(), &of));
  return PartsInCase(*records.rules, caller, of);
}

}  // namespace

void TellParts(const storage::PageTokens* tokens, RulesNow rules, CaseDuplicateService* duplicates,
               host::Handlers* handlers) {
  const auto records = std::make_shared<Records>(tokens, rules);
  const auto tell = [&](const std::string& collection, auto teller) {
    handlers->parts().Tell(
        collection, [records, teller](host::Call& call, storage::Transaction& tx, const std::string& name) {
          return teller(*records, call.caller(), tx, name);
        });
  };
  tell("cases", CaseParts);
  tell("accused", AccusedParts);
  tell("adviceRequests", AdviceParts);
  tell("linkTokens", LinkParts);
  handlers->parts().Tell("caseDuplicates",
                         [duplicates](host::Call& call, storage::Transaction& tx,
                                      const std::string& name) -> absl::StatusOr<PartSet> {
                           ACCORD_RETURN_IF_ERROR(duplicates->Open(call.caller(), tx, name).status());
                           PartSet parts = {a::PART_READER};
                           if (OwnerOf(name) == call.caller().agency) parts.insert(a::PART_OWNER);
                           return parts;
                         });
}

}  // namespace accord::prosecution
