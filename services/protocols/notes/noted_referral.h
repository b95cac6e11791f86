// A note or an attachment belongs to a referral or to its joint investigation, which decides who reads it.
#ifndef ACCORD_SERVICES_PROTOCOLS_NOTES_NOTED_REFERRAL_H_
#define ACCORD_SERVICES_PROTOCOLS_NOTES_NOTED_REFERRAL_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "accord/protocols/v1/note_service.pb.h"
#include "accord/protocols/v1/resources.pb.h"
#include "common/storage/records/resources.h"

namespace accord::protocols {

class NotedReferral {
 public:
  explicit NotedReferral(const storage::PageTokens* tokens)
      : referrals_("referral", tokens), investigations_("joint_investigation", tokens) {}

  // This gives the referral that `about` names, itself or through its joint investigation, as this agency
  // sees it.
  absl::StatusOr<v1::Referral> Of(storage::Transaction& tx, const std::string& about,
                                  const std::string& agency);

 private:
  storage::Resources referrals_;
  storage::Resources investigations_;
};

// This gives the agencies that read what `owner` wrote for these readers. A side whose own staff is suspected
// reads the referral through its director only, and none of its notes and attachments.
std::vector<std::string> ReadersOf(v1::Readers readers, const std::string& owner,
                                   const v1::Referral& referral);

// This gives the prefix of a record's id, which says who reads the record.
std::string NotedPrefixOf(v1::Readers readers);

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_NOTES_NOTED_REFERRAL_H_
