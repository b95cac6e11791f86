// The schema of what this service stores beside its resources: which consents stand, and what rests on them.
#ifndef ACCORD_SERVICES_SUPPORTS_SUPPORTS_STORE_H_
#define ACCORD_SERVICES_SUPPORTS_SUPPORTS_STORE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/aggregates/office_counts.h"
#include "common/storage/database/database.h"

namespace accord::supports {

// The schedule's name for the office's counts of survivors.
inline constexpr char kSupportsCounts[] = "supports_counts";
// The kind, in the database's schedule, of a consent whose links are to be revoked when it ends.
inline constexpr char kLinkRevocation[] = "link_revocation";

std::vector<storage::Migration> SupportsMigrations();

// This is a consent that was given and not withdrawn. Days are `YYYY-MM-DD`; `purpose` and `program` are
// short names.
struct LiveConsent {
  std::string name, case_name, purpose, program, expires_on;
};
absl::Status PutLiveConsent(storage::Transaction& tx, const LiveConsent& consent);
absl::Status DropLiveConsent(storage::Transaction& tx, const std::string& name);
// Whether the case has a consent for this purpose that stands on this day.
absl::StatusOr<bool> HasLiveConsent(storage::Transaction& tx, const std::string& case_name,
                                    const std::string& purpose, const std::string& day);

// A referral that rests on a consent. Its receiver sees it until `expires_on`, and only while the consent and
// the referral stand. A referral by police has neither consent nor case.
struct Resting {
  std::string referral, consent, case_name, kind, receiver, expires_on;
};
absl::Status PutResting(storage::Transaction& tx, const Resting& resting);
// Hides the referral from its receiver from now on.
absl::Status HideResting(storage::Transaction& tx, const std::string& referral);
// Gives the names of all referrals that were ever sent under a consent, in order.
absl::StatusOr<std::vector<std::string>> RestingOn(storage::Transaction& tx, const std::string& consent);
// Gives the names of all referrals of a case for this kind of help, in order; `kind` is a short name.
absl::StatusOr<std::vector<std::string>> RestingOf(storage::Transaction& tx, const std::string& case_name,
                                                   const std::string& kind);
// Notes that a referral of this case was completed with this outcome; `outcome` is a short name.
absl::Status PutOutcome(storage::Transaction& tx, const std::string& referral, const std::string& case_name,
                        const std::string& outcome);
// Gives the statement of what these receivers see on this day, as storage::ListQuery::names asks for it.
// There is at least one receiver.
std::string ReceivedSql(const std::vector<std::string>& receivers, const std::string& day,
                        const storage::Bind& bind, const std::string& after, int limit);

// Notes that a notice to a survivor, which does not name its case itself, is of this case and waits for
// its workers.
absl::Status PutNotice(storage::Transaction& tx, const std::string& notice, const std::string& case_name);
// Notes that the notice no longer waits.
absl::Status CloseNotice(storage::Transaction& tx, const std::string& notice);
// NOT_FOUND for a notice that does not exist.
absl::StatusOr<std::string> CaseOfNotice(storage::Transaction& tx, const std::string& notice);
// Gives the statement of the notices of these cases, as storage::ListQuery::names asks for it. There is at
// least one case. With `open`, only those that wait are listed.
std::string NoticesSql(const std::vector<std::string>& cases, bool open, const storage::Bind& bind,
                       const std::string& after, int limit);

// A partner serves a place from the first to the last day, both included; an empty last day is open.
struct Catchment {
  std::string code, partner, from, to;
};
absl::Status PutCatchment(storage::Transaction& tx, const Catchment& catchment);
absl::Status EndCatchments(storage::Transaction& tx, const std::string& partner, const std::string& to);
// Gives the statement of the partners that serve a place on a day, as storage::ListQuery::names asks for it.
std::string ServingSql(const std::string& code, const std::string& day, const storage::Bind& bind,
                       const std::string& after, int limit);

// Gives the names of the partners that serve a place on this day or later.
absl::StatusOr<std::vector<std::string>> PartnersFrom(storage::Transaction& tx, const std::string& code,
                                                      const std::string& day);
// Says how many partners serve some place on a day.
absl::StatusOr<int64_t> CountPartners(storage::Transaction& tx, const std::string& day);

// Notes that a position works for a program at a site; false if another position does so already.
absl::StatusOr<bool> TakeSite(storage::Transaction& tx, const std::string& program, const std::string& site,
                              const std::string& position);
absl::Status LeaveSite(storage::Transaction& tx, const std::string& position);

// The SQL of a count of rows that have a `case_name`: the number of rows, or the number of survivors where
// these are fewer than `:p1`. Many rows of one survivor thus make as small a cell as one row.
inline constexpr char kRowsOrSurvivors[] =
    "case when count(distinct case_name) < :p1 then count(distinct case_name) else count(*) end";

// Counts survivors by program, and referrals by kind and outcome, in cases with a consent to COUNTING that
// stands on this day. Where fewer than `few` survivors have the referrals, the count is that of the
// survivors, so that it is suppressed as theirs would be.
absl::StatusOr<Tallies> CountConsenting(storage::Transaction& tx, const std::string& day, int64_t few);

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_SUPPORTS_STORE_H_
