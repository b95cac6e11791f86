// This says until when the receiver of a referral reads it, and what of it.
#ifndef ACCORD_SERVICES_SUPPORTS_RECEIVED_H_
#define ACCORD_SERVICES_SUPPORTS_RECEIVED_H_

#include <string>
#include <vector>

#include "accord/supports/v1/resources.pb.h"
#include "common/access/decide.h"
#include "common/storage/records/resources.h"

namespace accord::supports {

// Whether the caller's agency received the referral and the caller reads it on this day, `YYYY-MM-DD`: the
// consent stands, nobody took the referral back, and the caller is a manager if it is for managers.
bool IsReceiver(const Caller& caller, const v1::SupportReferral& referral, const std::string& day);
// Whether police of the caller's agency sent the referral, which then has no case.
bool IsSentByPolice(const Caller& caller, const v1::SupportReferral& referral);
// Gives the referral as the police who sent it see it: whether somebody has seen or declined it, but not what
// happened to the survivor afterwards.
v1::SupportReferral AsSentByPolice(v1::SupportReferral referral);
// Gives the viewer (storage::Placement) that lists the referral for its receiver: the agency, or the managers
// of the agency alone.
std::string ReceiverKey(const v1::SupportReferral& referral);
// Gives the viewers as whom the caller lists what was received.
std::vector<std::string> ReceiverKeysOf(const Caller& caller);
// Gives the referral without what only the sender may know.
v1::SupportReferral AsReceived(v1::SupportReferral referral);
storage::Placement PlacementOf(const v1::SupportReferral& referral);
// Gives the data that the consent names, as the case has them now.
v1::HandedOver HandOver(const v1::SupportCase& of, const v1::Consent& consent);

// Notes the outcome of a referral for the counts, once there is one.
absl::Status NoteOutcome(storage::Transaction& tx, const v1::SupportReferral& referral);

// Ends everything that rests on a consent that the survivor has withdrawn. From the end of this transaction
// on, no receiver reads it.
absl::Status EndWhatRestsOn(storage::Transaction& tx, const storage::Write& write,
                            storage::Resources* referrals, const std::string& consent);
// Takes back each transfer of a case that is offered and not accepted, because a closed case can no longer be
// handed over.
absl::Status EndOffersOf(storage::Transaction& tx, const storage::Write& write, storage::Resources* referrals,
                         const std::string& case_name);

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_RECEIVED_H_
