#include "services/training/parts.h"

#include <memory>
#include <string>

#include "accord/training/v1/resources.pb.h"
#include "common/access/names.h"
#include "common/base/error.h"
#include "services/training/learner_access.h"

namespace accord::training {
namespace {

namespace a = annotations::v1;
using host::PartSet;

PartSet PartsOfReader(const std::string& name, const Caller& caller) {
  PartSet parts = {a::PART_READER};
  if (OwnerOf(name) == caller.agency) parts.insert(a::PART_OWNER);
  return parts;
}

// This tells the parts in records that every agency reads.
template <class M>
void TellPartsInPublicRecords(const std::string& collection, const std::string& kind,
                              const storage::PageTokens* tokens, host::Handlers* handlers) {
  const auto records = std::make_shared<storage::Resources>(kind, tokens);
  handlers->parts().Tell(collection,
                         [records](host::Call& call, storage::Transaction& tx,
                                   const std::string& name) -> absl::StatusOr<PartSet> {
                           M record;
                           ACCORD_RETURN_IF_ERROR(records->Get(tx, name, call.caller().agency, &record));
                           return PartsOfReader(name, call.caller());
                         });
}

// This tells the parts in records about a learner.
template <class M>
void TellPartsInLearnerRecords(const std::string& collection, const std::string& kind, Staff staff,
                               const storage::PageTokens* tokens, host::Handlers* handlers) {
  const auto records = std::make_shared<storage::Resources>(kind, tokens);
  handlers->parts().Tell(
      collection,
      [records, staff](host::Call& call, storage::Transaction& tx,
                       const std::string& name) -> absl::StatusOr<PartSet> {
        const Caller& caller = call.caller();
        M record;
        ACCORD_RETURN_IF_ERROR(records->Get(tx, name, LearnerRecordViewerOf(caller, staff), &record));
        // Staff of the learner's agency see no more than the staff of any other agency.
        if (IsLearnerHidden(caller, staff, name, record.learner_agency(), record.learner())) {
          return NotFound();
        }
        PartSet parts = PartsOfReader(name, caller);
        if (IsOwnRecord(caller, record.learner_agency(), record.learner())) parts.insert(a::PART_LEARNER);
        if (record.learner_agency() == caller.agency && IsLeadOfLearners(caller))
          parts.insert(a::PART_EMPLOYER);
        return parts;
      });
}

}  // namespace

void TellParts(const storage::PageTokens* tokens, host::Handlers* handlers) {
  TellPartsInPublicRecords<v1::Course>("courses", "course", tokens, handlers);
  TellPartsInPublicRecords<v1::Offering>("offerings", "offering", tokens, handlers);
  TellPartsInPublicRecords<v1::TrainingModel>("trainingModels", "training_model", tokens, handlers);
  TellPartsInLearnerRecords<v1::Enrolment>("enrolments", "enrolment", Staff::kTrainers, tokens, handlers);
  TellPartsInLearnerRecords<v1::CompletionCertificate>("completionCertificates", "certificate",
                                                       Staff::kRegistrars, tokens, handlers);
}

}  // namespace accord::training
