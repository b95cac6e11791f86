// The schema of what this service keeps beside its resources: which consents stand, and what rests on them.
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
// Whether the case has one for the purpose that stands on this day.
absl::StatusOr<bool> HasLiveConsent(storage::Transaction& tx, const std::string& case_name,
                                    const std::string& purpose, const std::string& day);

// A referral rests on a consent: its receiver is shown it until `expires_on`, and only while the consent and
// the referral stand. Of what police have sent, the consent and the case are empty.
struct Resting {
  std::string referral, consent, case_name, kind, receiver, expires_on;
};
absl::Status PutResting(storage::Transaction& tx, const Resting& resting);
// From now on its receiver is not shown it.
absl::Status HideResting(storage::Transaction& tx, const std::string& referral);
// Names of what was ever sent by a consent, in order.
absl::StatusOr<std::vector<std::string>> RestingOn(storage::Transaction& tx, const std::string& consent);
// Names of what was ever sent of a case for this kind of help, in order; `kind` is a short name.
absl::StatusOr<std::vector<std::string>> RestingOf(storage::Transaction& tx, const std::string& case_name,
                                                   const std::string& kind);
// A referral of this case was completed so; `outcome` is a short name.
absl::Status PutOutcome(storage::Transaction& tx, const std::string& referral, const std::string& case_name,
                        const std::string& outcome);
// What these receivers, of which there is at least one, are shown on this day, as storage::ListQuery::names
// has it.
std::string ReceivedSql(const std::vector<std::string>& receivers, const std::string& day,
                        const storage::Bind& bind, const std::string& after, int limit);

// A notice to a survivor is of this case, which it does not name itself, and waits for its workers.
absl::Status PutNotice(storage::Transaction& tx, const std::string& notice, const std::string& case_name);
// From now on it waits for nobody.
absl::Status CloseNotice(storage::Transaction& tx, const std::string& notice);
// NOT_FOUND for a notice that does not exist.
absl::StatusOr<std::string> CaseOfNotice(storage::Transaction& tx, const std::string& notice);
// Notices of these cases, of which there is at least one, as storage::ListQuery::names has it; with `open`
// those alone that wait.
std::string NoticesSql(const std::vector<std::string>& cases, bool open, const storage::Bind& bind,
                       const std::string& after, int limit);

// It says which partner serves a place, from and to which days; both are in, and an empty last day is open.
struct Catchment {
  std::string code, partner, from, to;
};
absl::Status PutCatchment(storage::Transaction& tx, const Catchment& catchment);
absl::Status EndCatchments(storage::Transaction& tx, const std::string& partner, const std::string& to);
// Partners that serve a place on a day, as storage::ListQuery::names has it.
std::string ServingSql(const std::string& code, const std::string& day, const storage::Bind& bind,
                       const std::string& after, int limit);

// Names of the partners that serve a place on this day or later.
absl::StatusOr<std::vector<std::string>> PartnersFrom(storage::Transaction& tx, const std::string& code,
                                                      const std::string& day);
// Says how many partners serve some place on a day.
absl::StatusOr<int64_t> CountPartners(storage::Transaction& tx, const std::string& day);

// Notes that a position works for a program at a site; false if another position does so already.
absl::StatusOr<bool> TakeSite(storage::Transaction& tx, const std::string& program, const std::string& site,
                              const std::string& position);
absl::Status LeaveSite(storage::Transaction& tx, const std::string& position);

// The SQL of a count of rows that have a `case_name`: how many there are, or of how many survivors where
// these are fewer than `:p1`. One survivor's many rows are as small a cell as one row.
inline constexpr char kRowsOrSurvivors[] =
    "case when count(distinct case_name) < :p1 then count(distinct case_name) else count(*) end";

// Survivors by program, and referrals by kind and by what became of them, of cases with a consent to COUNTING
// that stands on this day. What fewer than `few` survivors make up is as many as they are, however many
// referrals they have: it is suppressed as they would be.
absl::StatusOr<Tallies> CountConsenting(storage::Transaction& tx, const std::string& day, int64_t few);

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_SUPPORTS_STORE_H_
