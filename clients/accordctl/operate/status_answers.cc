#include "clients/accordctl/operate/status_answers.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "accord/audit/v1/audit_service.pb.h"
#include "clients/accordctl/core/json.h"
#include "common/base/error.h"
#include "common/merkle/checkpoint.h"
#include "common/pki/ed25519.h"

namespace accord::ctl {
namespace {

constexpr char kSuffix[] = ".v1.StatusService";

// This gives a read of the service that any registered person may make; it is nullopt if there is none.
std::optional<Method> OpenReadOf(const std::string& service) {
  for (const std::string& each : AllServices()) {
    const auto methods = MethodsOf(each);
    if (!absl::StartsWith(each, absl::StrCat("accord.", service, ".v1.")) || !methods.ok()) continue;
    for (const Method& method : *methods) {
      for (const auto& grant : method.grants) {
        const bool open = grant.kinds().empty() && grant.roles().empty() && grant.purposes().empty();
        if (open && method.unary() && !method.rule.mutates()) return method;
      }
    }
  }
  return std::nullopt;
}

// This returns OK if the refusal came from the service, because then the service is running.
absl::Status ReachedService(const absl::Status& status) {
  return absl::IsInvalidArgument(status) || absl::IsNotFound(status) || absl::IsFailedPrecondition(status)
             ? absl::OkStatus()
             : status;
}

// This says whether nothing answered, for which no service can be blamed: a gateway whose service is gone
// gives a rule.
bool NobodyAnswered(const absl::Status& status) {
  return absl::IsUnavailable(status) && accord::RuleOf(status).empty();
}

ServiceAnswer AskService(Client* client, const std::string& service) {
  ServiceAnswer answer{.service = service, .answer = {}, .took = {}, .asked = {}, .status = std::nullopt};
  host::v1::ServiceStatus status;
  const absl::Time start = absl::Now();
  answer.answer = client->CallOnce(absl::StrCat("/accord.", service, kSuffix, "/GetServiceStatus"),
                                   host::v1::GetServiceStatusRequest(), &status);
  if (answer.answer.ok()) {
    answer.status = std::move(status);
  } else if (const auto open = OpenReadOf(service); absl::IsPermissionDenied(answer.answer) && open) {
    const MessagePtr response = NewMessage(open->descriptor->output_type());
    answer.answer = ReachedService(
        client->CallOnce(open->path, *NewMessage(open->descriptor->input_type()), response.get()));
  }
  answer.took = absl::Now() - start;
  answer.asked = start + answer.took / 2;
  return answer;
}

absl::Status AddWitnessedCheckpoint(CommandSession* session, LogAnswer* log) {
  const auto answer = Invoke(session, "get-witnessed", "checkpoint", Json::object());
  if (absl::IsNotFound(answer.status())) return absl::OkStatus();
  ACCORD_RETURN_IF_ERROR(answer.status());
  const auto& witnessed = dynamic_cast<const audit::v1::Checkpoint&>(**answer);
  log->witnessed_size = witnessed.tree_size();
  ACCORD_ASSIGN_OR_RETURN(const MessagePtr page, Invoke(session, "list", "witnesses", {{"page_size", 1000}}));
  const std::vector<std::string> lines = absl::StrSplit(witnessed.note(), '\n');
  ACCORD_ASSIGN_OR_RETURN(const auto checkpoint, merkle::OpenCheckpoint(witnessed.note(), lines[0],
                                                                        PublicKeyOf(witnessed.public_key())));
  for (const auto& witness : dynamic_cast<const audit::v1::ListWitnessesResponse&>(*page).witnesses()) {
    for (const std::string& line : lines) {
      const auto time = merkle::OpenCosignature(line + "\n", checkpoint, witness.key_name(),
                                                PublicKeyOf(witness.public_key()));
      if (time.ok()) log->witnessed = std::max(log->witnessed, *time);
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::vector<ServiceAnswer>> AskServices(CommandSession* session,
                                                       std::vector<std::string>* closed) {
  ACCORD_ASSIGN_OR_RETURN(Client * client, session->client());
  std::vector<ServiceAnswer> answers;
  for (const std::string& service : AllServices()) {
    if (!absl::EndsWith(service, kSuffix)) continue;
    const std::vector<std::string> parts = absl::StrSplit(service, '.');
    ServiceAnswer answer = AskService(client, parts[1]);
    if (NobodyAnswered(answer.answer)) return client->Explained(std::move(answer.answer));
    if (!absl::IsPermissionDenied(answer.answer) || OpenReadOf(parts[1])) {
      answers.push_back(std::move(answer));
    } else if (closed != nullptr) {
      closed->push_back(parts[1]);
    }
  }
  return answers;
}

absl::StatusOr<LogAnswer> AskLog(CommandSession* session) {
  ACCORD_ASSIGN_OR_RETURN(const MessagePtr answer, Invoke(session, "get", "checkpoint", Json::object()));
  const auto& newest = dynamic_cast<const audit::v1::Checkpoint&>(*answer);
  LogAnswer log{.size = newest.tree_size(), .root = newest.root_hash()};
  ACCORD_RETURN_IF_ERROR(AddWitnessedCheckpoint(session, &log));
  return log;
}

}  // namespace accord::ctl
