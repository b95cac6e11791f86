// Originator control decides who may have the content of a report now. Every handler that reads a copy or a
// product asks it again (docs/domain.md 3.3).
#ifndef ACCORD_SERVICES_INTELLIGENCE_SHARING_ORIGINATOR_CONTROL_H_
#define ACCORD_SERVICES_INTELLIGENCE_SHARING_ORIGINATOR_CONTROL_H_

#include <google/protobuf/repeated_field.h>

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "accord/intelligence/v1/resources.pb.h"
#include "accord/intelligence/v1/rules.pb.h"
#include "common/storage/records/resources.h"
#include "services/intelligence/contains.h"

namespace accord::intelligence {

class OriginatorControl {
 public:
  OriginatorControl(const storage::PageTokens* tokens, const v1::RuleSet* rules)
      : reports_("report", tokens),
        releases_("release_request", tokens),
        memberships_("membership", tokens),
        rules_(rules) {}

  // This gives the category that the bureau has assigned to an agency; it is UNSPECIFIED if there is none.
  absl::StatusOr<v1::MemberCategory> CategoryOf(storage::Transaction& tx, const std::string& agency);
  // This says whether the agency is police of category I or II, or a Crown and the handling is H4.
  absl::StatusOr<bool> LawEnforcement(storage::Transaction& tx, v1::Handling handling,
                                      const std::string& agency);
  bool IsCrown(const std::string& agency) const { return Contains(rules_->crowns(), agency); }
  bool IsBureau(const std::string& agency) const { return agency == rules_->bureau(); }
  // This says whether the handling closes a report to the agency because it is a Crown. A Crown has reports
  // of H4 only, whoever names it or releases a report to it (docs/domain.md 8).
  bool ClosedToCrown(v1::Handling handling, const std::string& agency) const {
    return IsCrown(agency) && handling != v1::HANDLING_H4;
  }

  // This says whether a handling with these recipients lets an agency have the report. H5 lets no agency have
  // it, because only sanitised products leave under H5.
  absl::StatusOr<bool> HandlingAllows(storage::Transaction& tx, v1::Handling handling,
                                      const google::protobuf::RepeatedPtrField<std::string>& recipients,
                                      const std::string& agency);
  // This gives the handlings that close a report to an agency, even if it is a recipient. There are none for
  // the bureau.
  absl::StatusOr<std::vector<v1::Handling>> ClosedTo(storage::Transaction& tx, const std::string& agency);
  // This says whether the originator's handling, as it is now, lets an agency have the report. The originator
  // and the bureau have it by right.
  absl::StatusOr<bool> Permits(storage::Transaction& tx, const v1::Report& report, const std::string& agency);
  // This says whether a copy opens to an agency now. `release` is the release under which it was given, and
  // is empty if the originator gave it.
  absl::StatusOr<bool> Opens(storage::Transaction& tx, const v1::Report& report, const std::string& agency,
                             const std::string& release, absl::Time now);
  // This says whether the agency has the report: as originator, as the bureau, or by a copy that opens.
  absl::StatusOr<bool> Holds(storage::Transaction& tx, const v1::Report& report, const std::string& agency,
                             absl::Time now);
  // This gives the report if the agency holds it, and accord::NotFound() otherwise. A report that the agency
  // does not hold is not read, so that it takes as long as one that does not exist.
  absl::StatusOr<v1::Report> HeldReport(storage::Transaction& tx, const std::string& name,
                                        const std::string& agency, absl::Time now);
  // This gives a live release that lets the sender give the report to this agency; it is empty if there
  // is none.
  absl::StatusOr<std::string> ReleaseFor(storage::Transaction& tx, const v1::Report& report,
                                         const std::string& sender, const std::string& to, absl::Time now);
  // This says whether `sender` may give the content of the report to this agency: as its originator, by a
  // release that names the agency, or because the agency has it by right. A copy that the agency has from
  // others does not count, since `sender` may not know of it.
  absl::StatusOr<bool> MayGive(storage::Transaction& tx, const v1::Report& report, const std::string& sender,
                               const std::string& to, absl::Time now);
  // This says whether the agency may read what `sender` gave it, because `sender` may give it or because the
  // agency holds the report otherwise.
  absl::StatusOr<bool> MayHave(storage::Transaction& tx, const v1::Report& report, const std::string& sender,
                               const std::string& to, absl::Time now);

 private:
  storage::Resources reports_;
  storage::Resources releases_;
  storage::Resources memberships_;
  const v1::RuleSet* rules_;
};

}  // namespace accord::intelligence

#endif  // ACCORD_SERVICES_INTELLIGENCE_SHARING_ORIGINATOR_CONTROL_H_
