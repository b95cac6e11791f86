// `accordctl claims` shows paid claims by benefit and fiscal year, as a table or as one self-contained page.
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "accord/supports/v1/benefit_service.pb.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/core/file_to_write.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/message_json.h"
#include "clients/accordctl/core/table.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/views/supports/claims_page.h"
#include "common/access/names.h"
#include "common/base/error.h"
#include "common/base/file.h"

namespace accord::ctl {
namespace {

absl::Status PrintClaims(CommandSession* session, const std::string& html_file) {
  ACCORD_ASSIGN_OR_RETURN(const MessagePtr answer, Invoke(session, "count", "benefits", Json::object()));
  const auto& counted = dynamic_cast<const supports::v1::CountBenefitsResponse&>(*answer);
  if (!html_file.empty()) {
    ACCORD_RETURN_IF_ERROR(WriteFile(html_file, ClaimsPage(counted), FileKind::kPrivate));
    std::cout << Text("paid claims in {{file}}", {{"file", html_file}}) << "\n";
    return absl::OkStatus();
  }
  if (session->format() == Format::kName) {
    for (const auto& cell : counted.counts()) {
      std::cout << absl::StrCat(ShortName(supports::v1::BenefitCode_descriptor(), cell.benefit()), "/",
                                cell.fiscal_year())
                << "\n";
    }
    return absl::OkStatus();
  }
  if (session->format() != Format::kTable) {
    std::cout << PrintDocument(ToJson(counted), session->format());
    return absl::OkStatus();
  }
  std::vector<Row> rows = {TableHeadings({"BENEFIT", "FISCAL YEAR", "CLAIMS"})};
  for (const auto& cell : counted.counts()) {
    rows.push_back({BenefitText(cell.benefit()), cell.fiscal_year(), BenefitCountText(cell)});
  }
  std::cout << Table(rows);
  return absl::OkStatus();
}

}  // namespace

void AddClaimsCommand(CLI::App* app, CommandSession* session) {
  auto file = std::make_shared<std::string>();
  AddCommand(app, session, "claims", "Show how many claims of each benefit were paid in each fiscal year",
             [=] { return PrintClaims(session, *file); })
      ->group("Views")
      ->add_option("--html", *file, "Write a page instead of printing a table")
      ->check(FaultOfFileToWrite);
}

}  // namespace accord::ctl
