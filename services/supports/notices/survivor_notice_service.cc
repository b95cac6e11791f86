#include "services/supports/notices/survivor_notice_service.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/field_refusal.h"
#include "common/base/ids.h"
#include "services/supports/case_access.h"
#include "services/supports/lifecycles.h"
#include "services/supports/notices/notice_store.h"

namespace accord::supports {
namespace {

using v1::SurvivorNotice;

storage::Placement NoticePlacement(const SurvivorNotice& notice) {
  storage::Placement placement;
  placement.owner = OwnerOf(notice.name());
  placement.state = ShortName(v1::SurvivorNoticeState_descriptor(), notice.state());
  // The handlers check who works in the case.
  placement.parties = {placement.owner};
  return placement;
}

// This tells whether the survivor may be reached. A survivor who withdraws the consent to services is not,
// because that closes the case.
bool MaySurvivorBeReached(const v1::SupportCase& of) {
  return of.state() == v1::SUPPORT_CASE_STATE_OPEN && of.has_safe_contact();
}

// This enters the safe contact as the case has it now, because it may have changed since the notice
// was planned.
SurvivorNotice NoticeWithContact(SurvivorNotice notice, const v1::SupportCase& of) {
  notice.clear_safe_contact();
  const bool open = notice.state() == v1::SURVIVOR_NOTICE_STATE_OPEN;
  if (open && MaySurvivorBeReached(of)) *notice.mutable_safe_contact() = of.safe_contact();
  return notice;
}

}  // namespace

void SurvivorNoticeService::Register(host::Handlers* handlers) {
  using S = SurvivorNoticeService;
  handlers->Bind("accord.supports.v1.SurvivorNoticeService", this, &S::Plan, &S::Get, &S::List, &S::Close);
}

SurvivorNoticeService::Result SurvivorNoticeService::Plan(host::Call& call, Tx& tx,
                                                          const storage::Write& write,
                                                          const v1::PlanSurvivorNoticeRequest& request) {
  v1::SupportCase of;
  ACCORD_RETURN_IF_ERROR(ReadCaseAsWorker(call.caller(), tx, &cases_, request.support_case(), &of));
  ACCORD_RETURN_IF_ERROR(
      CheckDaysInOrder("today", FormatDay(OntarioDay(call.now())), "due_on", request.due_on()));
  if (!MaySurvivorBeReached(of)) {
    return Refuse(rules::kContactNotSafe, "The case is closed, or the survivor has named no safe way.");
  }
  SurvivorNotice notice;
  notice.set_name(absl::StrCat("agencies/", OwnerOf(of.name()), "/survivorNotices/", NewId(call.now())));
  notice.set_due_on(request.due_on());
  notice.set_state(v1::SURVIVOR_NOTICE_STATE_OPEN);
  ACCORD_RETURN_IF_ERROR(notices_.Insert(tx, &notice, write, NoticePlacement(notice)));
  ACCORD_RETURN_IF_ERROR(PutNotice(tx, notice.name(), of.name()));
  return NoticeWithContact(std::move(notice), of);
}

absl::Status SurvivorNoticeService::Read(const Caller& caller, Tx& tx, const std::string& name,
                                         SurvivorNotice* notice, v1::SupportCase* of) {
  SurvivorNotice found;
  ACCORD_RETURN_IF_ERROR(notices_.Get(tx, name, caller.agency, &found));
  ACCORD_ASSIGN_OR_RETURN(const std::string case_name, CaseOfNotice(tx, name));
  ACCORD_RETURN_IF_ERROR(ReadCaseAsWorker(caller, tx, &cases_, case_name, of));
  *notice = std::move(found);
  return absl::OkStatus();
}

SurvivorNoticeService::Result SurvivorNoticeService::Get(host::Call& call, Tx& tx,
                                                         const v1::GetSurvivorNoticeRequest& request) {
  SurvivorNotice notice;
  v1::SupportCase of;
  ACCORD_RETURN_IF_ERROR(Read(call.caller(), tx, request.name(), &notice, &of));
  return NoticeWithContact(std::move(notice), of);
}

absl::StatusOr<std::map<std::string, v1::SupportCase>> SurvivorNoticeService::CasesToList(
    const Caller& caller, Tx& tx, const std::string& support_case) {
  std::map<std::string, v1::SupportCase> asked;
  if (!support_case.empty()) {
    v1::SupportCase of;
    ACCORD_RETURN_IF_ERROR(ReadCaseAsWorker(caller, tx, &cases_, support_case, &of));
    asked.emplace(support_case, std::move(of));
    return asked;
  }
  // The caller lists as a worker here, even if he or she also oversees cases.
  const storage::ListQuery own{CaseWorkerViewerOf(caller), {}, 1000, "", ""};
  ACCORD_ASSIGN_OR_RETURN(auto cases, cases_.ListEvery<v1::SupportCase>(tx, own));
  for (v1::SupportCase& each : cases) {
    std::string name = each.name();
    asked.emplace(std::move(name), std::move(each));
  }
  return asked;
}

SurvivorNoticeService::Page SurvivorNoticeService::List(host::Call& call, Tx& tx,
                                                        const v1::ListSurvivorNoticesRequest& request) {
  ACCORD_RETURN_IF_ERROR(storage::PageSize(request.page_size()).status());
  ACCORD_ASSIGN_OR_RETURN(const auto asked, CasesToList(call.caller(), tx, request.support_case()));
  if (asked.empty()) return v1::ListSurvivorNoticesResponse();
  std::vector<std::string> cases;
  for (const auto& [name, of] : asked) cases.push_back(name);
  storage::ListQuery query{
      CaseWorkerViewerOf(call.caller()), {}, request.page_size(), request.page_token(), ""};
  // The filter limits a page token to this case. Each page checks again who works where.
  if (!request.support_case().empty()) query.filters = {{"case", request.support_case()}};
  query.names = [cases, open = request.support_case().empty()](const storage::Bind& bind,
                                                               const std::string& after, int limit) {
    return NoticesSql(cases, open, bind, after, limit);
  };
  ACCORD_ASSIGN_OR_RETURN(
      auto response,
      notices_.ListInto(tx, query, &v1::ListSurvivorNoticesResponse::mutable_survivor_notices));
  for (SurvivorNotice& each : *response.mutable_survivor_notices()) {
    ACCORD_ASSIGN_OR_RETURN(const std::string case_name, CaseOfNotice(tx, each.name()));
    each = NoticeWithContact(std::move(each), asked.at(case_name));
  }
  return response;
}

SurvivorNoticeService::Result SurvivorNoticeService::Close(host::Call& call, Tx& tx,
                                                           const storage::Write& write,
                                                           const v1::CloseSurvivorNoticeRequest& request) {
  SurvivorNotice notice;
  v1::SupportCase of;
  ACCORD_RETURN_IF_ERROR(Read(call.caller(), tx, request.name(), &notice, &of));
  ACCORD_ASSIGN_OR_RETURN(const int next, SurvivorNoticeLifecycle().Next(notice.state(), "close"));
  notice.set_state(static_cast<v1::SurvivorNoticeState>(next));
  notice.set_outcome(request.outcome());
  ACCORD_RETURN_IF_ERROR(notices_.Update(tx, &notice, request.etag(), write, NoticePlacement(notice)));
  ACCORD_RETURN_IF_ERROR(CloseNotice(tx, notice.name()));
  return notice;
}

}  // namespace accord::supports
