#include "clients/accordctl/views/strategy/strategy_records.h"

#include "accord/strategy/v1/indicator_service.pb.h"
#include "accord/strategy/v1/initiative_service.pb.h"
#include "accord/strategy/v1/money_service.pb.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/views/read_pages.h"
#include "common/base/error.h"

namespace accord::ctl {
namespace {

namespace st = strategy::v1;

}  // namespace

absl::StatusOr<std::vector<st::Initiative>> LoadInitiatives(CommandSession* session) {
  std::vector<st::Initiative> all;
  ACCORD_RETURN_IF_ERROR(
      ReadPages<st::ListInitiativesResponse>(session, "initiatives", [&](const auto& page) {
        all.insert(all.end(), page.initiatives().begin(), page.initiatives().end());
      }));
  return all;
}

absl::StatusOr<std::vector<st::IndicatorTable>> LoadIndicatorTables(CommandSession* session,
                                                                    const std::string& indicator) {
  ACCORD_ASSIGN_OR_RETURN(Client * client, session->client());
  std::vector<st::IndicatorTable> all;
  st::TabulateIndicatorsRequest request;
  request.set_indicator(indicator);
  do {
    st::TabulateIndicatorsResponse page;
    ACCORD_RETURN_IF_ERROR(
        client->Call("/accord.strategy.v1.IndicatorService/TabulateIndicators", request, &page));
    all.insert(all.end(), page.indicator_tables().begin(), page.indicator_tables().end());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return all;
}

absl::StatusOr<std::vector<st::Envelope>> LoadEnvelopes(CommandSession* session) {
  std::vector<st::Envelope> all;
  ACCORD_RETURN_IF_ERROR(ReadPages<st::ListEnvelopesResponse>(session, "envelopes", [&](const auto& page) {
    all.insert(all.end(), page.envelopes().begin(), page.envelopes().end());
  }));
  return all;
}

absl::StatusOr<std::vector<st::Allocation>> LoadAllocations(CommandSession* session,
                                                            const std::string& envelope) {
  std::vector<st::Allocation> all;
  Json request = Json::object();
  if (!envelope.empty()) request["envelope"] = envelope;
  ACCORD_RETURN_IF_ERROR(ReadPages<st::ListAllocationsResponse>(
      session, "allocations",
      [&](const auto& page) { all.insert(all.end(), page.allocations().begin(), page.allocations().end()); },
      request));
  return all;
}

absl::StatusOr<std::vector<st::Contribution>> LoadContributions(CommandSession* session) {
  std::vector<st::Contribution> all;
  ACCORD_RETURN_IF_ERROR(
      ReadPages<st::ListContributionsResponse>(session, "contributions", [&](const auto& page) {
        all.insert(all.end(), page.contributions().begin(), page.contributions().end());
      }));
  return all;
}

}  // namespace accord::ctl
