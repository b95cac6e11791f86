// `accordctl print-certificate` prints a certificate for the wall.
#include <iostream>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "accord/training/v1/resources.pb.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/core/file_to_write.h"
#include "clients/accordctl/core/short_names.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/core/time_text.h"
#include "clients/accordctl/views/page.h"
#include "common/base/error.h"
#include "common/base/file.h"

namespace accord::ctl {
namespace {

absl::Status PrintCertificate(CommandSession* session, const std::string& given, const std::string& out,
                              const std::string& holder) {
  const Command* get = FindCommand("get", "completion-certificate");
  if (get == nullptr) return absl::UnimplementedError("no command get completion-certificate");
  ACCORD_ASSIGN_OR_RETURN(const std::string name, WholeName(session, *get, given));
  ACCORD_ASSIGN_OR_RETURN(const MessagePtr answer, Invoke(session, *get, {{"name", name}}));
  const auto& certificate = dynamic_cast<const training::v1::CompletionCertificate&>(*answer);
  const auto agency = [&](const std::string& id) {
    const auto found = Invoke(session, "get", "agency", {{"name", "agencies/" + id}});
    const auto* field = found.ok() ? (*found)->GetDescriptor()->FindFieldByName("display_name") : nullptr;
    return EscapedHtml(field == nullptr ? id : (*found)->GetReflection()->GetString(**found, field));
  };
  const std::string owner =
      name.substr(sizeof("agencies/") - 1, name.find('/', 9) - (sizeof("agencies/") - 1));
  const bool revoked = certificate.status() == training::v1::CERTIFICATE_STATUS_REVOKED;
  const PageForm form("certificate.html");
  const std::string body =
      form.Body({{"serial", EscapedHtml(certificate.serial())},
                 {"owner", agency(owner)},
                 {"learner", EscapedHtml(holder.empty() ? certificate.learner() : holder)},
                 {"agency", agency(certificate.learner_agency())},
                 {"title", EscapedHtml(certificate.course_title())},
                 {"version", absl::StrCat(certificate.course_version())},
                 {"issued", EscapedHtml(DayText(certificate.issued_on()))},
                 {"expires", certificate.expires_on().empty()
                                 ? ""
                                 : Text("; valid until {{day}}",
                                        {{"day", EscapedHtml(DayText(certificate.expires_on()))}})},
                 {"stamp", revoked ? form.Part("revoked") : ""},
                 {"code", EscapedHtml(certificate.verification_code())},
                 {"digest_begins", EscapedHtml(certificate.digest().substr(0, 32))},
                 {"digest_ends",
                  EscapedHtml(certificate.digest().size() > 32 ? certificate.digest().substr(32) : "")}});
  const std::string title = Text("Certificate {{serial}}", {{"serial", certificate.serial()}});
  ACCORD_RETURN_IF_ERROR(WriteFile(out, PageOf(title, {"certificate.css"}, body), FileKind::kPrivate));
  std::cout << Text("the certificate is in {{file}}: print it from a browser, letter, landscape",
                    {{"file", out}})
            << "\n";
  return absl::OkStatus();
}

}  // namespace

void AddPrintCertificateCommand(CLI::App* app, CommandSession* session) {
  auto name = std::make_shared<std::string>();
  auto html = std::make_shared<std::string>();
  auto holder = std::make_shared<std::string>();
  CLI::App* print =
      AddCommand(app, session, "print-certificate", "Print a certificate as a page for the wall",
                 [=] { return PrintCertificate(session, *name, *html, *holder); });
  print->group("Views");
  print->add_option("name", *name, "agencies/.../completionCertificates/..., or its last part")->required();
  print->add_option("--html", *html, "Where to write the page")->check(FaultOfFileToWrite)->required();
  print->add_option("--holder", *holder, "The person's name, which Accord does not know; printed, not sent");
}

}  // namespace accord::ctl
