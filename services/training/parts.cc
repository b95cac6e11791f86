#include "services/training/parts.h"

#include <memory>

#include "accord/training/v1/resources.pb.h"
#include "common/base/error.h"
#include "services/training/parties.h"

namespace accord::training {
namespace {

namespace a = annotations::v1;
using host::PartSet;

PartSet Reader(const std::string& name, const Caller& caller) {
  PartSet parts = {a::PART_READER};
  if (OwnerOf(name) == caller.agency) parts.insert(a::PART_OWNER);
  return parts;
}

// These are the parts in a record that every agency reads.
template <class M>
void TellPublic(const std::string& collection, const std::string& kind, const storage::PageTokens* tokens,
                host::Handlers* handlers) {
  const auto records = std::make_shared<storage::Resources>(kind, tokens);
  handlers->parts().Tell(collection,
                         [records](host::Call& call, storage::Transaction& tx,
                                   const std::string& name) -> absl::StatusOr<PartSet> {
                           M record;
                           ACCORD_RETURN_IF_ERROR(records->Get(tx, name, call.caller().agency, &record));
                           return Reader(name, call.caller());
                         });
}

// These are the parts in a record about a learner.
template <class M>
void TellPersonal(const std::string& collection, const std::string& kind, Staff staff,
                  const storage::PageTokens* tokens, host::Handlers* handlers) {
  const auto records = std::make_shared<storage::Resources>(kind, tokens);
  handlers->parts().Tell(collection,
                         [records, staff](host::Call& call, storage::Transaction& tx,
                                          const std::string& name) -> absl::StatusOr<PartSet> {
                           const Caller& caller = call.caller();
                           M record;
                           ACCORD_RETURN_IF_ERROR(records->Get(tx, name, ViewerOf(caller, staff), &record));
                           // Staff of the learner's agency see no more than staff of any other.
                           if (IsHidden(caller, staff, name, record.learner_agency(), record.learner())) {
                             return NotFound();
                           }
                           PartSet parts = Reader(name, caller);
                           if (IsOwnRecord(caller, record.learner_agency(), record.learner()))
                             parts.insert(a::PART_LEARNER);
                           if (record.learner_agency() == caller.agency && IsLead(caller))
                             parts.insert(a::PART_EMPLOYER);
                           return parts;
                         });
}

}  // namespace

void TellParts(const storage::PageTokens* tokens, host::Handlers* handlers) {
  TellPublic<v1::Course>("courses", "course", tokens, handlers);
  TellPublic<v1::Offering>("offerings", "offering", tokens, handlers);
  TellPublic<v1::TrainingModel>("trainingModels", "training_model", tokens, handlers);
  TellPersonal<v1::Enrolment>("enrolments", "enrolment", Staff::kTrainers, tokens, handlers);
  TellPersonal<v1::CompletionCertificate>("completionCertificates", "certificate", Staff::kRegistrars, tokens,
                                          handlers);
}

}  // namespace accord::training
