// This says until when the receiver of a referral reads it, and what of it.
#ifndef ACCORD_SERVICES_SUPPORTS_RECEIVED_H_
#define ACCORD_SERVICES_SUPPORTS_RECEIVED_H_

#include <string>
#include <vector>

#include "accord/supports/v1/resources.pb.h"
#include "common/access/decide.h"
#include "common/storage/records/resources.h"

namespace accord::supports {

// The caller's agency received it, and the caller reads it on this day, `YYYY-MM-DD`: the consent stands,
// nobody took the referral back, and what is for a manager is read by one.
bool IsReceiver(const Caller& caller, const v1::SupportReferral& referral, const std::string& day);
// Police of the caller's agency have sent it, and no case lies behind it.
bool IsSentByPolice(const Caller& caller, const v1::SupportReferral& referral);
// The referral as police who sent it are told of it: whether somebody has seen or declined it, and not what
// became of the survivor after that.
v1::SupportReferral AsSentByPolice(v1::SupportReferral referral);
// Gives the viewer (storage::Placement) that lists the referral for its receiver: the agency, or the managers
// of the agency alone.
std::string ReceiverKey(const v1::SupportReferral& referral);
// Gives the viewers as whom the caller lists what was received.
std::vector<std::string> ReceiverKeysOf(const Caller& caller);
// Gives the referral without what is the sender's alone to know.
v1::SupportReferral AsReceived(v1::SupportReferral referral);
storage::Placement PlacementOf(const v1::SupportReferral& referral);
// What the consent names, as the case has it now.
v1::HandedOver HandOver(const v1::SupportCase& of, const v1::Consent& consent);

// Notes for the counts what became of a referral, once that is said.
absl::Status NoteOutcome(storage::Transaction& tx, const v1::SupportReferral& referral);

// Ends whatever rests on a consent that the survivor has withdrawn: from the end of this transaction on no
// receiver reads it.
absl::Status EndWhatRestsOn(storage::Transaction& tx, const storage::Write& write,
                            storage::Resources* referrals, const std::string& consent);
// Takes back each transfer of a case that is offered and not accepted: a case that is closed is handed over
// no more.
absl::Status EndOffersOf(storage::Transaction& tx, const storage::Write& write, storage::Resources* referrals,
                         const std::string& case_name);

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_RECEIVED_H_
