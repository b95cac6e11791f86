#include "services/training/completions/agency_register.h"

#include <utility>

#include "common/access/names.h"
#include "common/base/error.h"
#include "common/host/gateway_client.h"

namespace accord::training {
namespace {

constexpr char kListAgencies[] = "/accord.registry.v1.RegistryService/ListAgencies";
constexpr absl::Duration kBetweenReadings = absl::Minutes(1);
constexpr int kAgenciesOfPage = 1000;

}  // namespace

AgencyRegister::Pages AgencyPagesThroughGateway(const host::v1::DoorConfig& door) {
  const auto client = std::make_shared<host::GatewayClient>(door);
  return [client](const registry::v1::ListAgenciesRequest& request) {
    return client->Call<registry::v1::ListAgenciesResponse>(kListAgencies, "training", request);
  };
}

void AgencyRegister::Start() {
  passes_.Start("register_not_read", kBetweenReadings, [this]() -> absl::StatusOr<bool> {
    ACCORD_RETURN_IF_ERROR(ReadIfDue());
    return false;
  });
}

absl::Status AgencyRegister::ReadIfDue() {
  {
    std::lock_guard lock(mutex_);
    if (agencies_ != nullptr && !missed_) return absl::OkStatus();
  }
  auto read = std::make_shared<std::unordered_set<std::string>>();
  registry::v1::ListAgenciesRequest request;
  request.set_page_size(kAgenciesOfPage);
  do {
    ACCORD_ASSIGN_OR_RETURN(const auto page, pages_(request));
    for (const auto& agency : page.agencies()) read->insert(OwnerOf(agency.name()));
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  std::lock_guard lock(mutex_);
  agencies_ = std::move(read);
  missed_ = false;
  return absl::OkStatus();
}

bool AgencyRegister::MayHave(const std::string& agency) {
  std::lock_guard lock(mutex_);
  if (agencies_ == nullptr || agencies_->contains(agency)) return true;
  missed_ = true;
  return false;
}

}  // namespace accord::training
