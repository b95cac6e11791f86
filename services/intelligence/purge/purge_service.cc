#include "services/intelligence/purge/purge_service.h"

#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/host/calls/derived.h"
#include "common/storage/retention/retention.h"
#include "services/intelligence/lifecycles.h"
#include "services/intelligence/report_placement.h"

namespace accord::intelligence {

using v1::Report;
using v1::ReportTombstone;

namespace {

void SetNoticeDue(v1::PurgeNotice* notice) {
  const auto day = ParseDay(notice->due());
  // An overdue notice stays due until somebody confirms it.
  if (day && notice->state() != v1::PURGE_NOTICE_STATE_CONFIRMED) {
    *notice->mutable_next_due() = ToProto(EndOfDay(*day));
  }
}

absl::Status AddNoticeDue(host::Call&, storage::Transaction&, v1::PurgeNotice* notice) {
  SetNoticeDue(notice);
  return absl::OkStatus();
}

}  // namespace

void PurgeService::Register(host::Handlers* handlers) {
  using S = PurgeService;
  host::Derived<v1::PurgeNotice> derived(handlers, "accord.intelligence.v1.PurgeService", AddNoticeDue);
  derived.Bind(this, &S::Propose, &S::Confirm, &S::ListTombstones, &S::GetNotice, &S::ListNotices,
               &S::ConfirmNotice);
}

absl::StatusOr<Report> PurgeService::Purgeable(host::Call& call, Tx& tx, const std::string& name) {
  Report report;
  const std::string& agency = call.caller().agency;
  ACCORD_RETURN_IF_ERROR(reports_.Get(tx, name, agency, &report));
  if (agency != OwnerOf(name)) call.Withhold(annotations::v1::SENSITIVE_CLASS_SOURCE);
  ACCORD_RETURN_IF_ERROR(ReportLifecycle().Next(report.state(), "purge").status());
  if (report.state() == v1::REPORT_STATE_RECALLED) {
    if (agency != OwnerOf(name)) {
      return Refuse(rules::kNotTheOriginator, "Two people of its originator purge what it recalled.");
    }
  } else if (agency != rules_->bureau()) {
    return Refuse(rules::kNotTheBureau, "The bureau purges it, unless its originator recalls it first.");
  }
  return report;
}

absl::StatusOr<Report> PurgeService::Propose(host::Call& call, Tx& tx, const storage::Write& write,
                                             const v1::ProposeReportPurgeRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Report report, Purgeable(call, tx, request.name()));
  report.set_purge_proposed_by(call.caller().actor);
  // The report stays as it is until the second person confirms.
  ACCORD_RETURN_IF_ERROR(
      reports_.Update(tx, &report, request.etag(), write, PlacementOf(report, rules_->bureau())));
  return report;
}

absl::StatusOr<ReportTombstone> PurgeService::Confirm(host::Call& call, Tx& tx, const storage::Write& write,
                                                      const v1::ConfirmReportPurgeRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(const Report report, Purgeable(call, tx, request.name()));
  if (report.purge_proposed_by().empty()) {
    return Refuse(rules::kPurgeNotProposed, "Somebody else proposes it first: `propose report-purge`.");
  }
  if (report.purge_proposed_by() == call.caller().actor) {
    return Refuse(rules::kPurgeNeedsTwo, "Somebody other than who proposed it confirms.");
  }
  if (request.etag() != report.etag()) {
    return Refuse(rules::kEtagMismatch,
                  "The resource has changed since it was read; read it again and decide anew.");
  }
  ReportTombstone stone;
  ACCORD_ASSIGN_OR_RETURN(const int notices, derived_.Purge(tx, report, request.reason(), write));
  stone.set_name(report.name());
  *stone.mutable_purge_time() = ToProto(call.now());
  stone.set_reason(request.reason());
  stone.set_digest(report.digest());
  stone.set_notices(notices);
  return stone;
}

absl::StatusOr<v1::ListReportTombstonesResponse> PurgeService::ListTombstones(
    host::Call& call, Tx& tx, const v1::ListReportTombstonesRequest& request) {
  const std::string& agency = call.caller().agency;
  const std::string scope = absl::StrCat("report_tombstone|", agency);
  ACCORD_ASSIGN_OR_RETURN(const int size, storage::PageSize(request.page_size()));
  std::string after;
  if (!request.page_token().empty()) {
    ACCORD_ASSIGN_OR_RETURN(after, tokens_->Open(scope, request.page_token()));
  }
  ACCORD_ASSIGN_OR_RETURN(auto rows, storage::Tombstones(tx, agency, after, size + 1));
  v1::ListReportTombstonesResponse response;
  if (static_cast<int>(rows.size()) > size) {
    rows.resize(static_cast<size_t>(size));
    response.set_next_page_token(tokens_->Seal(scope, rows.back().name));
  }
  for (const auto& row : rows) {
    ReportTombstone* stone = response.add_report_tombstones();
    stone->set_name(row.name);
    *stone->mutable_purge_time() = ToProto(row.at);
    stone->set_reason(row.reason);
    stone->set_digest(row.digest);
  }
  return response;
}

absl::StatusOr<v1::ListPurgeNoticesResponse> PurgeService::ListNotices(
    host::Call& call, Tx& tx, const v1::ListPurgeNoticesRequest& request) {
  const storage::ListQuery query{call.caller().agency, {}, request.page_size(), request.page_token(), ""};
  return notices_.resources().ListInto(tx, query, &v1::ListPurgeNoticesResponse::mutable_purge_notices);
}

absl::StatusOr<v1::PurgeNotice> PurgeService::GetNotice(host::Call& call, Tx& tx,
                                                        const v1::GetPurgeNoticeRequest& request) {
  v1::PurgeNotice notice;
  ACCORD_RETURN_IF_ERROR(notices_.resources().Get(tx, request.name(), call.caller().agency, &notice));
  return notice;
}

absl::StatusOr<v1::PurgeNotice> PurgeService::ConfirmNotice(host::Call& call, Tx& tx,
                                                            const storage::Write& write,
                                                            const v1::ConfirmPurgeNoticeRequest& request) {
  return notices_.Confirm(tx, call.caller().agency, request.name(), request.etag(), write);
}

}  // namespace accord::intelligence
