// `accordctl continuity` makes a sealed pack of what is due and whom to call while Accord answers, and opens
// it without Accord.
#include <cstddef>
#include <iostream>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/core/exit_code.h"
#include "clients/accordctl/core/file_to_write.h"
#include "clients/accordctl/core/input_files.h"
#include "clients/accordctl/core/refusals.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/core/yaml_parser.h"
#include "clients/accordctl/views/agency_names.h"
#include "clients/accordctl/views/dashboard/dashboard_load.h"
#include "clients/accordctl/views/operations/continuity.h"
#include "clients/accordctl/views/page.h"
#include "clients/accordctl/views/page_reader.h"
#include "clients/accordctl/views/read_pages.h"
#include "common/base/error.h"
#include "common/base/file.h"
#include "common/base/own_secret.h"
#include "common/pki/authority.h"
#include "common/pki/envelope.h"

namespace accord::ctl {
namespace {

struct ContinuityOptions {
  std::string out, certificate_file, key_file, pack_file;
  int within_days = 30, every_minutes = 0, days = 398;
};

// The key is of the duty desk, and of nothing else. Nobody signs it: whoever hands the certificate over says
// whose it is.
absl::Status MakeDutyKey(const ContinuityOptions& options) {
  ACCORD_RETURN_IF_ERROR(pki::CheckDays(options.days));
  const absl::Time now = absl::Now();
  ACCORD_ASSIGN_OR_RETURN(const auto authority,
                          pki::Authority::Create("Accord continuity", options.days, now));
  const Key key = pki::NewTlsKey();
  const pki::Shape shape{.common_name = "duty desk",
                         .not_before = now - absl::Minutes(1),
                         .not_after = now + absl::Hours(24) * options.days};
  ACCORD_ASSIGN_OR_RETURN(const pki::Issued issued, authority.Sign(key, shape, now));
  ACCORD_RETURN_IF_ERROR(WriteFile(options.out + "/duty.key", pki::PrivatePem(key), FileKind::kSecret));
  ACCORD_RETURN_IF_ERROR(WriteFile(options.out + "/duty.crt", issued.pem, FileKind::kPublic));
  std::cout << "packs are sealed for " << options.out << "/duty.crt; " << options.out
            << "/duty.key opens them: keep it where the duty desk is, and not where packs are made\n";
  return absl::OkStatus();
}

absl::StatusOr<OutagePack> ReadPack(CommandSession* session, int within_days) {
  OutagePack pack;
  ACCORD_ASSIGN_OR_RETURN(const AgencyNames agencies, NamesOfAgencies(session));
  ACCORD_ASSIGN_OR_RETURN(pack.reader, PageReader(session, agencies));
  ACCORD_RETURN_IF_ERROR(
      ReadPages<registry::v1::ListDutyContactsResponse>(session, "duty-contacts", [&](const auto& page) {
        pack.desks.insert(pack.desks.end(), page.duty_contacts().begin(), page.duty_contacts().end());
      }));
  ACCORD_ASSIGN_OR_RETURN(pack.dashboard, LoadDashboard(session, within_days, /*only_mine=*/false));
  return pack;
}

// The file that is there stays until all of the new one is on disk.
absl::Status MakePack(CommandSession* session, const ContinuityOptions& options) {
  ACCORD_ASSIGN_OR_RETURN(const std::string certificate, ReadInputFile(options.certificate_file, "of --for"));
  ACCORD_ASSIGN_OR_RETURN(const OutagePack pack, ReadPack(session, options.within_days));
  ACCORD_ASSIGN_OR_RETURN(const std::string sealed, pki::SealFor(certificate, OutagePage(pack)));
  ACCORD_RETURN_IF_ERROR(WriteFile(options.out, sealed, FileKind::kPrivate));
  std::size_t deadlines = 0;
  for (const Waiting& each : pack.dashboard.waiting) deadlines += each.due ? 1 : 0;
  std::cout << Text("{{counted}} and {{desks}}, sealed in {{file}}",
                    {{"counted", Counted(deadlines, "open deadline", "open deadlines")},
                     {"desks", Counted(pack.desks.size(), "duty desk", "duty desks")},
                     {"file", options.out}})
            << std::endl;
  // What was read is sealed all the same; the exit code says that it is not everything.
  return pack.dashboard.unread.empty() ? absl::OkStatus() : pack.dashboard.unread.front().status;
}

// An outage is when nobody can make a pack: a failure ends nothing, and the pack of before is what counts.
absl::Status MakePacks(CommandSession* session, const ContinuityOptions& options) {
  if (options.every_minutes == 0) return MakePack(session, options);
  for (;;) {
    const absl::Status made = MakePack(session, options);
    if (!made.ok() && !IsTemporary(made)) return made;
    if (!made.ok()) {
      std::cerr << Text("not made anew, and the pack of before stays: {{why}}", {{"why", ReasonText(made)}})
                << std::endl;
    }
    absl::SleepFor(absl::Minutes(options.every_minutes));
  }
}

absl::Status OpenPack(const ContinuityOptions& options) {
  ACCORD_ASSIGN_OR_RETURN(const std::string sealed, ReadInputFile(options.pack_file));
  ACCORD_ASSIGN_OR_RETURN(const std::string pem, ReadOwnSecret(options.key_file));
  ACCORD_ASSIGN_OR_RETURN(const Key key, pki::ReadPrivateKey(pem));
  ACCORD_ASSIGN_OR_RETURN(const std::string page, pki::OpenEnvelope(sealed, key));
  if (options.out.empty()) {
    std::cout << page;
    return absl::OkStatus();
  }
  ACCORD_RETURN_IF_ERROR(WriteFile(options.out, page, FileKind::kPrivate));
  std::cout << Text("{{size}} bytes in {{file}}",
                    {{"size", absl::StrCat(page.size())}, {"file", options.out}})
            << std::endl;
  return absl::OkStatus();
}

}  // namespace

void AddContinuityCommands(CLI::App* app, CommandSession* session) {
  CLI::App* continuity = AddCommand(app, session, "continuity",
                                    "Keep what is due and whom to call at hand for an outage", nullptr)
                             ->require_subcommand(1)
                             ->group("Views");
  auto of_key = std::make_shared<ContinuityOptions>();
  CLI::App* key = AddCommand(continuity, session, "key",
                             "Make the key of the duty desk, which alone opens packs; no gateway is asked",
                             [=] { return MakeDutyKey(*of_key); });
  key->add_option("--out", of_key->out, "The folder for duty.key and duty.crt")
      ->check(FaultOfFolderToFill)
      ->required();
  key->add_option("--days", of_key->days, "The certificate is valid for so many days [398]");
  auto of_pack = std::make_shared<ContinuityOptions>();
  CLI::App* pack = AddCommand(continuity, session, "pack",
                              "Seal a page of open deadlines and duty desks, for printing in an outage",
                              [=] { return MakePacks(session, *of_pack); });
  pack->add_option("--for", of_pack->certificate_file, "The certificate of the duty desk, duty.crt")
      ->required();
  pack->add_option("--out", of_pack->out, "The sealed file, which takes the place of the one of before")
      ->check(FaultOfFileToWrite)
      ->required();
  pack->add_option("--within", of_pack->within_days, "List what is due within so many days [30]")
      ->check(CLI::Range(0, 3650));
  pack->add_option("--every-minutes", of_pack->every_minutes,
                   "Go on, and make it anew after so many minutes; 0 makes it once [0]")
      ->check(CLI::Range(0, 1440));
  pack->footer(
      "The purpose that you name decides which kinds of work are read, as for `accordctl dashboard`.");
  auto of_page = std::make_shared<ContinuityOptions>();
  CLI::App* page =
      AddCommand(continuity, session, "open", "Open a sealed pack as an HTML page; no gateway is asked",
                 [=] { return OpenPack(*of_page); });
  page->add_option("PACK", of_page->pack_file, "The sealed file")->required();
  page->add_option("--key", of_page->key_file, "The key of the duty desk, duty.key")->required();
  page->add_option("--out", of_page->out, "Write the page to this file instead of standard output")
      ->check(FaultOfFileToWrite);
}

}  // namespace accord::ctl
