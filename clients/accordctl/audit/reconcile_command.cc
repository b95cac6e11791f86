#include "clients/accordctl/audit/reconcile_command.h"

#include <iostream>
#include <memory>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "accord/audit/v1/audit_service.pb.h"
#include "clients/accordctl/core/standard_streams.h"
#include "clients/accordctl/core/time_text.h"
#include "common/access/method.h"
#include "common/base/clock.h"
#include "common/base/error.h"

namespace accord::ctl {
namespace {

struct ReconcileOptions {
  int older_than_seconds = 60;
  bool from_start = false;
};

// This makes sure that every change of every service has a record in the log, or gets one which says that it
// was recovered. The log itself asks the services; this only calls it again until it is done.
absl::Status ReconcileLog(CommandSession* session, const ReconcileOptions& options) {
  ACCORD_ASSIGN_OR_RETURN(Client * client, session->client());
  for (const std::string& service : AllServices()) {
    if (!absl::EndsWith(service, ".RevisionService")) continue;
    audit::v1::RecoverRecordsRequest ask;
    ask.set_service(ServiceInPath("/" + service));
    ask.set_older_than_seconds(options.older_than_seconds);
    ask.set_from_start(options.from_start);
    int64_t compared = 0, recovered = 0, unproven = 0;
    absl::Time settled = absl::InfinitePast();
    audit::v1::RecoverRecordsResponse answer;
    do {
      ask.set_request_id(NewRequestId());
      ACCORD_RETURN_IF_ERROR(client->Call("/accord.audit.v1.AuditService/RecoverRecords", ask, &answer));
      for (const auto& outcome : answer.services()) {
        compared += outcome.compared();
        unproven += outcome.unproven();
        if (outcome.has_settled_until()) settled = FromProto(outcome.settled_until());
      }
      recovered += answer.recovered_size();
      for (const auto& id : answer.recovered()) std::cout << "recovered " << id << "\n";
      TellProgress(absl::StrCat(service, ": ", CountedText(compared, "change", "changes"), " compared"));
      ask.set_from_start(false);
    } while (answer.more());
    std::cout << service << ": " << CountedText(compared, "change", "changes") << " compared, "
              << CountedText(recovered, "record", "records") << " recovered";
    if (unproven > 0) {
      std::cout << ", " << CountedText(unproven, "change", "changes") << " without proof of who made them";
    }
    if (settled > absl::InfinitePast()) {
      std::cout << ", settled until " << TimeText(settled);
    }
    std::cout << "\n";
  }
  return absl::OkStatus();
}

}  // namespace

void AddReconcileCommand(CLI::App* audit, CommandSession* session) {
  const auto options = std::make_shared<ReconcileOptions>();
  CLI::App* reconcile =
      AddCommand(audit, session, "reconcile",
                 "Report until when the changes of each service have their records; what a crash left out is "
                 "recorded as recovered",
                 [=] { return ReconcileLog(session, *options); });
  reconcile->add_option("--older-than-seconds", options->older_than_seconds,
                        "Leave out what is younger [60]");
  reconcile->add_flag("--from-start", options->from_start, "Compare every change that services have");
}

}  // namespace accord::ctl
