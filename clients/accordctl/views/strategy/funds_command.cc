// `accordctl reconcile-funds` shows whether the fund lines of the caller's program are as the strategy
// has them.
#include <iostream>
#include <string>
#include <vector>

#include "accord/strategy/v1/money_service.pb.h"
#include "accord/supports/v1/fund_line_service.pb.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/core/table.h"
#include "clients/accordctl/views/read_pages.h"
#include "clients/accordctl/views/strategy/funds.h"
#include "common/base/error.h"

namespace accord::ctl {
namespace {

absl::StatusOr<std::vector<FundCheck>> LoadFunds(CommandSession* session) {
  std::vector<supports::v1::FundLine> lines;
  ACCORD_RETURN_IF_ERROR(
      ReadPages<supports::v1::ListFundLinesResponse>(session, "fund-lines", [&](const auto& page) {
        lines.insert(lines.end(), page.fund_lines().begin(), page.fund_lines().end());
      }));
  // The strategy is asked about money, and by the same person.
  ACCORD_ASSIGN_OR_RETURN(Context context, session->context());
  context.purpose = "funding";
  ACCORD_ASSIGN_OR_RETURN(Client * client, session->Reopen(context));
  std::vector<strategy::v1::Allocation> allocations;
  ACCORD_RETURN_IF_ERROR(
      ReadPages<strategy::v1::ListAllocationsResponse>(session, "allocations", [&](const auto& page) {
        allocations.insert(allocations.end(), page.allocations().begin(), page.allocations().end());
      }));
  return CheckFunds(client->agency(), lines, allocations);
}

absl::Status PrintFunds(CommandSession* session) {
  ACCORD_ASSIGN_OR_RETURN(const auto checks, LoadFunds(session));
  if (session->format() == Format::kName) {
    for (const FundCheck& each : checks) {
      if (each.difference != FundDifference::kNone) std::cout << each.allocation << "\n";
    }
    return absl::OkStatus();
  }
  if (session->format() != Format::kTable) {
    std::cout << PrintDocument(FundsJson(checks), session->format());
    return absl::OkStatus();
  }
  std::vector<Row> rows = {TableHeadings({"FUND LINE", "ALLOCATION", "RECONCILED"})};
  for (const FundCheck& each : checks) {
    rows.push_back({each.line, each.allocation, DifferenceText(each.difference)});
  }
  std::cout << Table(rows);
  return absl::OkStatus();
}

}  // namespace

void AddFundsCommand(CLI::App* app, CommandSession* session) {
  AddCommand(app, session, "reconcile-funds",
             "Compare the fund lines of your program with the allocations that they follow",
             [=] { return PrintFunds(session); })
      ->group("Views");
}

}  // namespace accord::ctl
