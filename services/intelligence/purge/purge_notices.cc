#include "services/intelligence/purge/purge_notices.h"

#include <map>
#include <set>

#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/storage/records/schedule.h"
#include "services/intelligence/lifecycles.h"
#include "services/intelligence/products/product_input_store.h"

namespace accord::intelligence {
namespace {

using storage::Transaction;
using v1::PurgeNotice;

constexpr char kNoticeKind[] = "purge_notice";

}  // namespace

storage::Placement PurgeNotices::PlacementOf(const PurgeNotice& notice) const {
  const std::set<std::string> parties = {OwnerOf(notice.name()), OwnerOf(notice.report()), rules_->bureau()};
  storage::Placement placement;
  placement.owner = OwnerOf(notice.name());
  placement.state = ShortName(v1::PurgeNoticeState_descriptor(), notice.state());
  placement.parties.assign(parties.begin(), parties.end());
  return placement;
}

absl::StatusOr<int> PurgeNotices::Issue(Transaction& tx, const v1::Report& report,
                                        const storage::Write& write) {
  const std::string originator = OwnerOf(report.name());
  std::map<std::string, std::set<std::string>> digests_by_agency;
  storage::ListQuery query{originator, {{"report", report.name()}}, 1000, "", ""};
  do {
    ACCORD_ASSIGN_OR_RETURN(const auto page, copies_.List<v1::ReportCopy>(tx, query));
    for (const auto& copy : page.items) {
      // A sanitised text holds nothing of the report.
      if (!copy.sanitised()) digests_by_agency[copy.to_agency()].insert(copy.digest());
    }
    query.page_token = page.next_page_token;
  } while (!query.page_token.empty());
  ACCORD_ASSIGN_OR_RETURN(const auto products, ProductsFrom(tx, report.name()));
  for (const auto& product : products) digests_by_agency[OwnerOf(product)].insert(report.digest());
  digests_by_agency.erase(originator);
  const absl::CivilDay due = OntarioDay(write.now) + rules_->purge_confirmation_days();
  for (const auto& [agency, digests] : digests_by_agency) {
    PurgeNotice notice;
    notice.set_name(absl::StrCat("agencies/", agency, "/purgeNotices/", NewId(write.now)));
    notice.set_report(report.name());
    for (const auto& digest : digests) notice.add_digests(digest);
    notice.set_due(FormatDay(due));
    notice.set_state(v1::PURGE_NOTICE_STATE_OPEN);
    ACCORD_RETURN_IF_ERROR(notices_.Insert(tx, &notice, write, PlacementOf(notice)));
    ACCORD_RETURN_IF_ERROR(storage::Schedule(tx, kNoticeKind, notice.name(), EndOfDay(due)));
  }
  return static_cast<int>(digests_by_agency.size());
}

absl::Status PurgeNotices::Move(Transaction& tx, PurgeNotice* notice, const std::string& event,
                                const std::string& etag, const storage::Write& write) {
  ACCORD_ASSIGN_OR_RETURN(const int next, PurgeNoticeLifecycle().Next(notice->state(), event));
  notice->set_state(static_cast<v1::PurgeNoticeState>(next));
  ACCORD_RETURN_IF_ERROR(notices_.Update(tx, notice, etag, write, PlacementOf(*notice)));
  return storage::Schedule(tx, kNoticeKind, notice->name(), std::nullopt);
}

absl::StatusOr<PurgeNotice> PurgeNotices::Confirm(Transaction& tx, const std::string& agency,
                                                  const std::string& name, const std::string& etag,
                                                  const storage::Write& write) {
  PurgeNotice notice;
  ACCORD_RETURN_IF_ERROR(notices_.Get(tx, name, agency, &notice));
  notice.set_confirmed_by(write.actor);
  notice.set_confirmed_on(FormatDay(OntarioDay(write.now)));
  ACCORD_RETURN_IF_ERROR(Move(tx, &notice, "confirm", etag, write));
  return notice;
}

absl::Status PurgeNotices::PassTime(Transaction& tx, const std::string& name, absl::Time now) {
  PurgeNotice notice;
  ACCORD_RETURN_IF_ERROR(notices_.GetAny(tx, name, &notice));
  const std::string etag = notice.etag();
  return Move(tx, &notice, "fall_due", etag, {"platform", "calendar", NewId(now), now});
}

}  // namespace accord::intelligence
