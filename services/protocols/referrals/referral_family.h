// Everything that tells of the same youth as a referral ends with it: the referrals that it was sent on as,
// the joint investigation, notes, attachments, disputes, links to other referrals, and the text of
// break-glass access.
#ifndef ACCORD_SERVICES_PROTOCOLS_REFERRALS_REFERRAL_FAMILY_H_
#define ACCORD_SERVICES_PROTOCOLS_REFERRALS_REFERRAL_FAMILY_H_

#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "accord/protocols/v1/resources.pb.h"
#include "common/storage/records/resources.h"
#include "common/storage/retention/retention.h"
#include "services/protocols/attachments/attachment_pieces.h"
#include "services/protocols/referrals/referral_end.h"

namespace accord::protocols {

class ReferralFamily {
 public:
  explicit ReferralFamily(const storage::PageTokens* tokens)
      : referrals_("referral", tokens),
        investigations_("joint_investigation", tokens),
        notes_("note", tokens),
        attachments_("attachment", tokens),
        pieces_(tokens),
        disputes_("dispute", tokens),
        duplicates_("duplicate", tokens),
        accesses_("emergency_access", tokens),
        alerts_("privacy_alert", tokens) {}

  // This ends the referral and its family, and gives tombstones and an alert to the privacy officers of every
  // agency that saw it. It fails with FAILED_PRECONDITION and rule LEGAL_HOLD, and ends nothing, while an
  // agency holds any of them.
  absl::Status End(storage::Transaction& tx, const v1::Referral& referral, const Ending& ending,
                   absl::Time now);

 private:
  struct Member {
    std::string kind, name;
    // These agencies get its tombstone.
    std::vector<std::string> agencies;
  };
  using Tx = storage::Transaction;
  absl::StatusOr<std::vector<v1::Referral>> Relatives(Tx&, const v1::Referral&);
  absl::StatusOr<std::vector<Member>> MembersOf(Tx&, const std::vector<v1::Referral>& relatives);
  absl::Status AddDisputes(Tx&, const std::set<std::string>& about, const std::set<std::string>& viewers,
                           std::vector<Member>* members);
  // This adds notes and attachments.
  absl::Status AddNotesAndAttachments(Tx&, const v1::Referral& relative, std::vector<Member>* members);
  // This adds links to and from these referrals. The referrals at the other ends of the links stay.
  absl::Status AddDuplicates(Tx&, const std::set<std::string>& about, std::vector<Member>* members);
  absl::Status AddAccesses(Tx&, const v1::Referral& relative, std::vector<Member>* members);
  absl::Status AlertPrivacyOfficers(Tx&, const Member& member, absl::Time now);

  storage::Resources referrals_;
  storage::Resources investigations_;
  storage::Resources notes_;
  storage::Resources attachments_;
  AttachmentPieces pieces_;
  storage::Resources disputes_;
  storage::Resources duplicates_;
  storage::Resources accesses_;
  storage::Resources alerts_;
};

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_REFERRALS_REFERRAL_FAMILY_H_
