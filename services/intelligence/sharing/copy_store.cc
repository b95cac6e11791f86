#include "services/intelligence/sharing/copy_store.h"

#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/error.h"
#include "common/storage/records/feed.h"
#include "common/storage/records/gone.h"

namespace accord::intelligence {
namespace {

constexpr char kReportCopyKind[] = "report_copy";

// This gives a condition that row `r` is still visible. An ended record keeps its row with its last state and
// without content, and nobody sees it any more.
std::string VisibleCopiesSql(const std::string& kind) {
  return absl::StrCat(" and exists (select 1 from visible s where s.kind = '", kind,
                      "' and s.name = r.name and s.field = '' and s.value = '')");
}

}  // namespace

absl::Status NoteCopy(storage::Transaction& tx, const std::string& report, const std::string& agency,
                      const std::string& copy, const std::string& release) {
  return tx
      .Exec("insert into copy (report, agency, name, release) values (:p1, :p2, :p3, :p4)", report, agency,
            copy, release)
      .status();
}

absl::StatusOr<std::vector<HeldCopy>> CopiesOf(storage::Transaction& tx, const std::string& report,
                                               const std::string& agency) {
  ACCORD_ASSIGN_OR_RETURN(auto rows,
                          (tx.Query<std::string, std::string>(
                              "select name, release from copy where report = :p1 and agency = :p2 order "
                              "by name",
                              report, agency)));
  std::vector<HeldCopy> held;
  for (auto& [copy, release] : rows) held.push_back({copy, release});
  return held;
}

absl::StatusOr<std::vector<GivenCopy>> AllCopiesOf(storage::Transaction& tx, const std::string& report) {
  ACCORD_ASSIGN_OR_RETURN(
      auto rows, (tx.Query<std::string, std::string>(
                     "select agency, name from copy where report = :p1 order by agency, name", report)));
  std::vector<GivenCopy> given;
  for (auto& [agency, copy] : rows) given.push_back({std::move(agency), std::move(copy)});
  return given;
}

absl::Status TellCopyHolders(storage::Transaction& tx, const std::string& report,
                             const storage::Write& write) {
  ACCORD_ASSIGN_OR_RETURN(const auto given, AllCopiesOf(tx, report));
  for (const GivenCopy& each : given) {
    ACCORD_RETURN_IF_ERROR(storage::StoreEvent(tx,
                                               {.kind = kReportCopyKind,
                                                .name = each.copy,
                                                .owner = OwnerOf(report),
                                                .at = write.now,
                                                .agency = write.agency,
                                                .act = write.act},
                                               ""));
  }
  return absl::OkStatus();
}

absl::Status TellCopyHoldersOfRecall(storage::Transaction& tx, const std::string& report,
                                     const storage::Write& write) {
  ACCORD_ASSIGN_OR_RETURN(const auto given, AllCopiesOf(tx, report));
  for (const GivenCopy& each : given) {
    ACCORD_RETURN_IF_ERROR(storage::TellGone(tx, kReportCopyKind, each.copy, storage::Gone::kRecalled,
                                             {each.agency}, write.now));
  }
  return absl::OkStatus();
}

std::string CopyRecipientField(const std::string& agency) { return "recipient:" + agency; }

std::string OpenCopiesSql(const OpenCopies& of, const storage::Bind& bind, const std::string& after,
                          int limit) {
  std::string handled = "1 = 1";
  if (of.by_handling) {
    handled = absl::StrCat(
        "not exists (select 1 from visible h where h.kind = 'report' and h.name = c.report and h.field = '",
        kHandlingField, "' and (h.value = 'h2' and not exists (select 1 from visible t where ");
    absl::StrAppend(&handled, "t.kind = 'report' and t.name = c.report and t.value = 'yes' and t.field = ",
                    bind(CopyRecipientField(of.agency)), ")");
    for (const std::string& handling : of.closed) {
      absl::StrAppend(&handled, " or h.value = ", bind(handling));
    }
    absl::StrAppend(&handled, "))");
  }
  const std::string released = absl::StrCat(
      "exists (select 1 from resource g where g.kind = 'release_request' and g.name = c.release and "
      "g.state = 'granted') and not exists (select 1 from visible e where e.kind = 'release_request' and "
      "e.name = c.release and e.field = '",
      kEndsField, "' and e.value < ", bind(of.today), ")");
  std::string sql = absl::StrCat(
      "select v.name as name from visible v where v.kind = 'report_copy' and v.agency = ", bind(of.agency));
  absl::StrAppend(&sql, " and v.field = 'given' and v.value = 'yes'");
  if (!after.empty()) absl::StrAppend(&sql, " and v.name > ", bind(after));
  absl::StrAppend(&sql,
                  " and exists (select 1 from copy c where c.agency = v.agency and c.name = v.name and "
                  "exists (select 1 from resource r where r.kind = 'report' and r.name = c.report and "
                  "r.state in ('active', 'review_due', 'retained')",
                  VisibleCopiesSql("report"), ") and case when c.release = '' then ", handled, " else ",
                  released, " end)");
  absl::StrAppend(&sql, " order by v.name limit ", bind(static_cast<long long>(limit)));
  return sql;
}

std::string IssuedCopiesSql(const std::string& agency, const storage::Bind& bind, const std::string& after,
                            int limit) {
  // The name of a copy has the name of its product and of the agency that has it.
  const std::size_t end = absl::StrCat("/copies/", agency).size();
  std::string sql = absl::StrCat(
      "select v.name as name from visible v where v.kind = 'product_copy' and v.agency = ", bind(agency));
  absl::StrAppend(&sql, " and v.field = 'given' and v.value = 'yes'");
  if (!after.empty()) absl::StrAppend(&sql, " and v.name > ", bind(after));
  absl::StrAppend(&sql,
                  " and exists (select 1 from resource r where r.kind = 'product' and r.name = "
                  "substr(v.name, 1, length(v.name) - ",
                  end, ") and r.state = 'issued'", VisibleCopiesSql("product"), ")");
  absl::StrAppend(&sql, " order by v.name limit ", bind(static_cast<long long>(limit)));
  return sql;
}

}  // namespace accord::intelligence
