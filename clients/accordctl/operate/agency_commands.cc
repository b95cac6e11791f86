// `accordctl agency` admits an agency's system and people, or shuts them out, in one step each.
#include <filesystem>
#include <iostream>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "accord/registry/v1/registry_service.pb.h"
#include "clients/accordctl/core/asked_words.h"
#include "clients/accordctl/core/certificate_files.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/core/file_to_write.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/nouns.h"
#include "clients/accordctl/core/pem_files.h"
#include "clients/accordctl/core/visible_text.h"
#include "clients/accordctl/operate/agency_revoke.h"
#include "clients/accordctl/operate/enrolled_person.h"
#include "common/access/names.h"
#include "common/base/error.h"
#include "common/base/file.h"
#include "common/base/ids.h"
#include "common/base/own_secret.h"
#include "common/pki/authority.h"
#include "common/pki/certificate_check.h"
#include "common/pki/signing_request.h"

namespace accord::ctl {
namespace {

using registry::v1::Certificate;

struct Enrolment {
  std::string agency, system = "main", display_name, out, csr, context_name;
  std::vector<std::string> people;
  int days = 90;
};

// This makes a record, or reports the existing one. So an interrupted enrolment can simply be run again; an
// existing record is not changed.
absl::StatusOr<bool> CreateForAgencyUnlessPresent(CommandSession* session, const std::string& noun,
                                                  const Json& request) {
  const auto made = Invoke(session, "create", noun, request);
  if (absl::IsAlreadyExists(made.status())) return true;
  if (!made.ok()) return WithAskedAgencyExplained(session, made.status(), JsonTextAt(request, "parent"));
  return false;
}

absl::Status AdmitSystem(CommandSession* session, const Enrolment& enrolment, const std::string& system) {
  const std::string wanted = enrolment.display_name.empty() ? enrolment.system : enrolment.display_name;
  ACCORD_ASSIGN_OR_RETURN(const bool exists,
                          CreateForAgencyUnlessPresent(session, "system",
                                                       {{"parent", "agencies/" + enrolment.agency},
                                                        {"system_id", enrolment.system},
                                                        {"system", {{"display_name", wanted}}},
                                                        {"request_id", NewRequestId()}}));
  std::cout << (exists ? "exists  " : "created ") << system;
  if (exists && !enrolment.display_name.empty()) {
    const auto read = Invoke(session, "get", "system", {{"name", system}});
    const auto* present = read.ok() ? dynamic_cast<const registry::v1::System*>(read->get()) : nullptr;
    if (present == nullptr || present->display_name() != wanted) {
      std::cout << (present == nullptr ? "" : absl::StrCat(" as ", Shown(present->display_name())))
                << "; its display name was not changed";
    }
  }
  std::cout << "\n";
  return absl::OkStatus();
}

absl::Status AdmitPerson(CommandSession* session, const std::string& parent, const EnrolledPerson& person) {
  const std::string name = absl::StrCat(parent, "/actors/", person.id);
  ACCORD_ASSIGN_OR_RETURN(const bool exists,
                          CreateForAgencyUnlessPresent(session, "actor",
                                                       {{"parent", parent},
                                                        {"actor_id", person.id},
                                                        {"actor", {{"roles", person.roles}}},
                                                        {"request_id", NewRequestId()}}));
  if (!exists) {
    std::cout << "created " << name << " as " << absl::StrJoin(person.roles, ",") << "\n";
    return absl::OkStatus();
  }
  const auto read = Invoke(session, "get", "actor", {{"name", name}});
  const auto* present = read.ok() ? dynamic_cast<const registry::v1::Actor*>(read->get()) : nullptr;
  std::cout << "exists  " << PresentPerson(name, person.roles, present);
  return absl::OkStatus();
}

// This gives a signing request that is made here, with a key that stays in the folder.
absl::StatusOr<std::string> NewRequestPem(const std::string& folder) {
  const std::string file = folder + "/client.key";
  ACCORD_ASSIGN_OR_RETURN(const bool there, IsThere(file));
  if (there) {
    ACCORD_ASSIGN_OR_RETURN(const std::string pem, ReadOwnSecret(file));
    ACCORD_ASSIGN_OR_RETURN(const Key key, pki::ReadPrivateKey(pem));
    return pki::SigningRequest(key);
  }
  const Key key = pki::NewTlsKey();
  ACCORD_RETURN_IF_ERROR(WriteFile(file, pki::PrivatePem(key), FileKind::kSecret));
  return pki::SigningRequest(key);
}

// A renewal leaves links to the certificate and its key (core/certificate_files.h), which must
// be followed.
absl::Status PutCertificate(const std::string& folder, const std::string& pem) {
  const std::string file = folder + "/client.crt", key_file = folder + "/client.key";
  std::error_code error;
  if (!std::filesystem::is_symlink(std::filesystem::symlink_status(file, error))) {
    return WriteFile(file, pem, FileKind::kPublic);
  }
  ACCORD_ASSIGN_OR_RETURN(const auto files, CertificateFiles::Open(file, key_file));
  ACCORD_ASSIGN_OR_RETURN(const std::string key, ReadOwnSecret(key_file));
  ACCORD_RETURN_IF_ERROR(pki::CheckPair(pem, key).status());
  return files->Put(pem, key);
}

absl::Status KeepContextOfSystem(CommandSession* session, const std::string& name,
                                 const std::string& folder) {
  ACCORD_ASSIGN_OR_RETURN(Context context, session->context());
  ACCORD_ASSIGN_OR_RETURN(Contexts contexts, ReadContexts(session->contexts_file));
  context.certificate_file = folder + "/client.crt";
  context.key_file = folder + "/client.key";
  context.actor.clear();
  context.purpose.clear();
  contexts.all[name] = context;
  ACCORD_RETURN_IF_ERROR(WriteContexts(session->contexts_file, contexts));
  std::cout << "context " << name << " in " << session->contexts_file << "\n";
  return absl::OkStatus();
}

// A folder has one key, and a key belongs to one system.
absl::Status ExplainKeyUsedElsewhere(const absl::Status& refused, const std::string& folder) {
  if (accord::RuleOf(refused) != rules::kCertificateKeyUsed.reason) return refused;
  return Reword(refused, absl::StrCat(folder, "/client.key is the key of another system of the agency: name ",
                                      "another folder with --out"));
}

absl::Status EnrollAgency(CommandSession* session, const Enrolment& enrolment) {
  // Here the ids also become part of a folder's name.
  if (!IsId(enrolment.agency) || !IsId(enrolment.system)) {
    return absl::InvalidArgumentError("AGENCY and --system are ids: a-z, 0-9 and -, starting with a letter");
  }
  const std::string parent = "agencies/" + enrolment.agency;
  const std::string system = absl::StrCat(parent, "/systems/", enrolment.system);
  ACCORD_ASSIGN_OR_RETURN(const std::string folder,
                          AbsolutePath(enrolment.out.empty() ? enrolment.agency : enrolment.out));
  // All arguments are parsed before anything is made.
  std::vector<EnrolledPerson> people;
  for (const std::string& text : enrolment.people) {
    ACCORD_ASSIGN_OR_RETURN(EnrolledPerson person, ParsePerson(text));
    people.push_back(std::move(person));
  }
  std::string csr;
  if (!enrolment.csr.empty()) {
    ACCORD_ASSIGN_OR_RETURN(csr, ReadRequestFile(enrolment.csr));
  }
  ACCORD_RETURN_IF_ERROR(AdmitSystem(session, enrolment, system));
  for (const EnrolledPerson& person : people) ACCORD_RETURN_IF_ERROR(AdmitPerson(session, parent, person));
  if (csr.empty()) {
    ACCORD_ASSIGN_OR_RETURN(csr, NewRequestPem(folder));
  }
  const auto issued = Invoke(session, "issue", "certificate",
                             {{"parent", system},
                              {"csr_pem", csr},
                              {"validity_days", enrolment.days},
                              {"request_id", NewRequestId()}});
  if (!issued.ok())
    return enrolment.csr.empty() ? ExplainKeyUsedElsewhere(issued.status(), folder) : issued.status();
  const auto& certificate = dynamic_cast<const Certificate&>(**issued);
  ACCORD_RETURN_IF_ERROR(PutCertificate(folder, certificate.certificate_pem()));
  std::cout << "issued  " << certificate.name() << "\n        " << folder << "/client.crt\n";
  if (!enrolment.csr.empty()) return absl::OkStatus();
  return KeepContextOfSystem(
      session, enrolment.context_name.empty() ? enrolment.agency : enrolment.context_name, folder);
}

// Whoever may make the last call may make all of them. The noun's help page uses
// this (records/help.h).
std::string WhoMayEnroll(const char* verb) {
  const Command* command = FindCommand(verb, "certificate");
  return command == nullptr ? "" : absl::StrCat("Who may: ", WhoMayCall(command->method), ".");
}

}  // namespace

void AddAgencyCommands(CLI::App* app, CommandSession* session) {
  CLI::App* agency =
      AddCommand(app, session, "agency", "Admit an agency's system and people, or revoke", nullptr)
          ->require_subcommand(1)
          ->group("Administration");
  auto enrolment = std::make_shared<Enrolment>();
  CLI::App* enroll = AddCommand(agency, session, "enroll",
                                "Register a system and its people, and issue its certificate; safe to repeat",
                                [=] { return EnrollAgency(session, *enrolment); });
  enroll->footer(WhoMayEnroll("issue"));
  enroll->add_option("AGENCY", enrolment->agency, "Agency id, for example cas-york")->required();
  enroll->add_option("--system", enrolment->system, "System id [main]");
  enroll->add_option("--display-name", enrolment->display_name, "What people call the system");
  enroll->add_option("--person", enrolment->people, "ACTOR=ROLE,ROLE; may be repeated")
      ->allow_extra_args(false);
  enroll->add_option("--csr", enrolment->csr,
                     "The agency's signing request; without it a key is made in the folder");
  enroll->add_option("--out", enrolment->out, "Folder for the certificate [the agency's id]")
      ->check(FaultOfFolderToFill);
  enroll->add_option("--days", enrolment->days, "Days that the certificate is valid [90]");
  enroll->add_option("--context-name", enrolment->context_name, "Context to write [the agency's id]");
  auto revocation = std::make_shared<Revocation>();
  CLI::App* revoke = AddCommand(agency, session, "revoke", "Revoke all certificates of an agency or a system",
                                [=] { return RevokeCertificates(session, *revocation); });
  revoke->footer(WhoMayEnroll("revoke"));
  revoke->add_option("AGENCY", revocation->agency, "Agency id")->required();
  revoke->add_option("--system", revocation->system, "Only this system");
  revoke->add_option("--reason", revocation->reason, "Why; kept in the registry")->required();
}

}  // namespace accord::ctl
