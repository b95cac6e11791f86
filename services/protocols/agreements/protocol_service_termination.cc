// This is the handler of ProtocolService by which a party gives notice that it terminates a protocol.
#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "services/protocols/agreements/protocol_service.h"
#include "services/protocols/lifecycles.h"

namespace accord::protocols {
namespace {

using v1::Protocol;

// The earliest day applies, and each agency's own words are kept beside it.
absl::Status AddTerminationNotice(const host::Call& call, const std::string& day, const std::string& reason,
                                  Protocol* protocol) {
  const bool first = protocol->terminates_on().empty();
  if (!first && day > protocol->terminates_on()) {
    return Refuse(rules::kNoticeStands, "Notice was given for an earlier day, and stands.");
  }
  const auto& notices = protocol->notices();
  const bool said = std::any_of(notices.begin(), notices.end(), [&](const auto& notice) {
    return notice.agency() == call.caller().agency && notice.terminates_on() == day;
  });
  if (said) return absl::OkStatus();
  auto* notice = protocol->add_notices();
  notice->set_agency(call.caller().agency);
  notice->set_reason(reason);
  notice->set_terminates_on(day);
  *notice->mutable_time() = ToProto(call.now());
  if (!first && day == protocol->terminates_on()) return absl::OkStatus();
  protocol->set_terminates_on(day);
  protocol->set_ended_by(call.caller().agency);
  protocol->set_end_reason(reason);
  return absl::OkStatus();
}

}  // namespace

ProtocolService::Result ProtocolService::Terminate(host::Call& call, Tx& tx, const storage::Write& write,
                                                   const v1::TerminateProtocolRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Protocol protocol, Visible(call, tx, request.name()));
  ACCORD_RETURN_IF_ERROR(AdvanceProtocol(&protocol, "notice"));
  const absl::CivilDay today = OntarioDay(call.now());
  const absl::CivilDay earliest = today + rules_->termination_notice_days();
  const absl::CivilDay last = ParseDay(request.terminates_on()).value_or(earliest);
  if (last < earliest) {
    return Refuse(rules::kNoticeTooShort,
                  absl::StrCat("With this notice it ends on ", FormatDay(earliest), " at the earliest."));
  }
  if (last > today + rules_->termination_notice_most_days()) {
    return Refuse(
        rules::kNoticeTooLong,
        absl::StrCat("Notice is given ", rules_->termination_notice_most_days(), " days ahead at the most."));
  }
  ACCORD_RETURN_IF_ERROR(AddTerminationNotice(call, FormatDay(last), request.reason(), &protocol));
  return Store(call, tx, write, request.etag(), std::move(protocol));
}

}  // namespace accord::protocols
