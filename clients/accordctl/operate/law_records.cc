#include "clients/accordctl/operate/law_records.h"

#include <iostream>
#include <memory>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "clients/accordctl/core/input_files.h"
#include "clients/accordctl/core/resource_types.h"
#include "clients/accordctl/core/visible_text.h"
#include "clients/accordctl/core/yaml_parser.h"
#include "clients/accordctl/operate/rule_set_file.h"
#include "common/base/error.h"
#include "common/base/file.h"

namespace accord::ctl {
namespace {

using host::v1::LawChange;

constexpr char kLawService[] = ".v1.LawService";

struct LawRecord {
  std::string service, file, name, reason, digest;
};

std::string LawPath(const std::string& service, const std::string& method) {
  return absl::StrCat("/accord.", service, kLawService, "/", method);
}

// For `accord.prosecution.v1` this gives `prosecution`.
std::string ServiceOfLawPackage(const std::string& package) {
  const std::vector<std::string> parts = absl::StrSplit(package, '.');
  return parts.size() < 2 ? std::string() : parts[1];
}

absl::Status CallLaw(CommandSession* session, const std::string& path,
                     const google::protobuf::Message& request, google::protobuf::Message* response,
                     bool changes) {
  ACCORD_ASSIGN_OR_RETURN(Client * client, session->client());
  return client->Call(path, request, response,
                      changes && session->dry_run ? Client::Effect::kNone : Client::Effect::kReal);
}

// This prints a change without its rule set, which is too long for a screen; JSON and YAML have it.
void PrintLawChange(const CommandSession& session, LawChange change) {
  if (session.format() == Format::kTable) change.clear_rule_set();
  std::cout << PrintOne(change, session.format());
  if (session.format() == Format::kTable && change.has_trial()) std::cout << LawTrialText(change.trial());
}

absl::Status ProposeLaw(CommandSession* session, const LawRecord& record) {
  ACCORD_ASSIGN_OR_RETURN(const auto rule_set, ReadRuleSet(record.file));
  const LawReport report = CheckLaw(*rule_set);
  for (const std::string& fault : report.faults) std::cout << "PROBLEM  " << Shown(fault) << "\n";
  if (!report.faults.empty()) {
    return absl::InvalidArgumentError(absl::StrCat(report.faults.size(), " faults in ", record.file));
  }
  host::v1::ProposeLawChangeRequest request;
  ACCORD_ASSIGN_OR_RETURN(*request.mutable_rule_set(), ReadInputFile(record.file));
  request.set_reason(record.reason);
  request.set_request_id(NewRequestId());
  LawChange proposed;
  const std::string service = ServiceOfLawPackage(rule_set->GetDescriptor()->file()->package());
  ACCORD_RETURN_IF_ERROR(CallLaw(session, LawPath(service, "ProposeLawChange"), request, &proposed, true));
  PrintLawChange(*session, std::move(proposed));
  return absl::OkStatus();
}

absl::StatusOr<LawChange> ReadLawChange(CommandSession* session, const LawRecord& record) {
  host::v1::GetLawChangeRequest request;
  request.set_name(record.name);
  LawChange change;
  ACCORD_RETURN_IF_ERROR(CallLaw(session, LawPath(record.service, "GetLawChange"), request, &change, false));
  return change;
}

absl::Status ShowLaw(CommandSession* session, const LawRecord& record) {
  ACCORD_ASSIGN_OR_RETURN(LawChange change, ReadLawChange(session, record));
  PrintLawChange(*session, std::move(change));
  return absl::OkStatus();
}

// This decides on the version that is read here, and not on a later one.
template <class Request>
absl::Status DecideOnLaw(CommandSession* session, const LawRecord& record, const std::string& method) {
  ACCORD_ASSIGN_OR_RETURN(const LawChange read, ReadLawChange(session, record));
  if (!record.digest.empty() && record.digest != read.digest()) {
    return absl::InvalidArgumentError(absl::StrCat("its digest is ", read.digest(), ": read it once more"));
  }
  Request request;
  request.set_name(read.name());
  request.set_etag(read.etag());
  request.set_request_id(NewRequestId());
  LawChange decided;
  ACCORD_RETURN_IF_ERROR(CallLaw(session, LawPath(record.service, method), request, &decided, true));
  PrintLawChange(*session, std::move(decided));
  return absl::OkStatus();
}

absl::Status ListLaw(CommandSession* session, const LawRecord& record) {
  host::v1::ListLawChangesRequest request;
  std::vector<LawChange> all;
  do {
    host::v1::ListLawChangesResponse page;
    ACCORD_RETURN_IF_ERROR(
        CallLaw(session, LawPath(record.service, "ListLawChanges"), request, &page, false));
    all.insert(all.end(), page.law_changes().begin(), page.law_changes().end());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  std::vector<const google::protobuf::Message*> messages;
  for (const LawChange& change : all) messages.push_back(&change);
  const ResourceType type{LawChange::descriptor(),
                          LawChange::descriptor()->options().GetExtension(annotations::v1::resource)};
  std::cout << PrintMany(type, messages, session->format());
  return absl::OkStatus();
}

void AddLawService(CLI::App* command, LawRecord* record) {
  command->add_option("--service", record->service, "The service that goes by the law")
      ->required()
      ->check(CLI::IsMember(ServicesWithLaw()));
}

}  // namespace

std::set<std::string> ServicesWithLaw() {
  std::set<std::string> services;
  for (const std::string& each : AllServices()) {
    if (absl::EndsWith(each, kLawService)) services.insert(ServiceOfLawPackage(each));
  }
  return services;
}

std::string LawTrialText(const host::v1::LawTrial& trial) {
  std::string text;
  for (const host::v1::LawEffect& effect : trial.effects()) {
    absl::StrAppend(&text, "at least ", effect.at_least(), " open records of the kind ", effect.kind(), ": ",
                    effect.what(), " comes out otherwise\n");
  }
  if (trial.unreadable_at_least() > 0) {
    absl::StrAppend(&text, "at least ", trial.unreadable_at_least(), " records could not be read\n");
  }
  return absl::StrCat(
      text, "What comes out otherwise for a few records alone is not told, as what does for none.\n");
}

absl::Status ShowAlteredLaw(CommandSession* session, const std::string& service, const std::string& from,
                            const std::string& to) {
  host::v1::CompareLawRequest request;
  request.set_from(from);
  request.set_to(to);
  host::v1::CompareLawResponse response;
  ACCORD_RETURN_IF_ERROR(CallLaw(session, LawPath(service, "CompareLaw"), request, &response, false));
  if (session->format() == Format::kTable) {
    std::cout << LawTrialText(response.trial());
  } else {
    std::cout << PrintOne(response.trial(), session->format());
  }
  return absl::OkStatus();
}

void AddLawRecordCommands(CLI::App* law, CommandSession* session) {
  auto record = std::make_shared<LawRecord>();
  CLI::App* propose = AddCommand(
      law, session, "propose", "Put a rule set before a second person, at the service that its file names",
      [=] { return ProposeLaw(session, *record); }, DryRun::kTaken);
  propose
      ->add_option("FILE", record->file, "The whole rule set, as `accordctl law check FILE` finds it sound")
      ->required();
  propose->add_option("--reason", record->reason, "Why the law is changed, and by which source")->required();
  AddLawService(AddCommand(law, session, "list", "List the rule sets that were proposed to a service",
                           [=] { return ListLaw(session, *record); }),
                record.get());
  CLI::App* show = AddCommand(law, session, "show", "Show a proposed rule set with its dry run",
                              [=] { return ShowLaw(session, *record); });
  CLI::App* approve = AddCommand(
      law, session, "approve", "Put a proposed rule set in force, as somebody else than its proposer",
      [=] { return DecideOnLaw<host::v1::ApproveLawChangeRequest>(session, *record, "ApproveLawChange"); },
      DryRun::kTaken);
  CLI::App* withdraw = AddCommand(
      law, session, "withdraw", "Take back a proposed rule set",
      [=] { return DecideOnLaw<host::v1::WithdrawLawChangeRequest>(session, *record, "WithdrawLawChange"); },
      DryRun::kTaken);
  // The digest shows that the person has read what he or she approves.
  approve->add_option("--digest", record->digest, "Its digest, as `accordctl law show` tells it")->required();
  for (CLI::App* each : {show, approve, withdraw}) {
    each->add_option("NAME", record->name, "The change, as `accordctl law list` has it")->required();
    AddLawService(each, record.get());
  }
}

}  // namespace accord::ctl
