#include "clients/connector/status_command.h"

#include <httplib.h>

#include <memory>
#include <string_view>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/time/clock.h"
#include "accord/client/settings.h"
#include "clients/connector/connector.h"
#include "clients/connector/own_file.h"
#include "clients/connector/seal_key.h"
#include "clients/connector/status.h"
#include "clients/connector/status_table.h"
#include "common/base/error.h"
#include "common/base/file.h"

namespace accord::connector {
namespace {

using Json = nlohmann::json;

constexpr char kUnixAddress[] = "unix:";
constexpr time_t kPatience = 10;

// This gives the token of the first caller whose file can be read; it is empty if there is none.
std::string StatusCallerToken(const ConnectorConfig& config) {
  for (const LocalCaller& each : config.callers()) {
    absl::StatusOr<std::string> token = ReadOwnFile(each.token_file());
    if (!token.ok()) continue;
    while (!token->empty() && (token->back() == '\n' || token->back() == '\r')) token->pop_back();
    return *std::move(token);
  }
  return "";
}

// This is null if `listen` is no address of a process.
std::unique_ptr<httplib::Client> StatusClient(const std::string& listen) {
  if (absl::StartsWith(listen, kUnixAddress)) {
    auto client = std::make_unique<httplib::Client>(listen.substr(std::string_view(kUnixAddress).size()), 80);
    client->set_address_family(AF_UNIX);
    return client;
  }
  const std::size_t colon = listen.rfind(':');
  int port = 0;
  if (colon == std::string::npos || !absl::SimpleAtoi(listen.substr(colon + 1), &port) || port <= 0) {
    return nullptr;
  }
  const std::string host = listen.substr(0, colon);
  return std::make_unique<httplib::Client>(host == "[::1]" ? "::1" : host, port);
}

// This gives what the connector that runs says; it is nothing if it cannot be asked.
std::optional<Json> AskRunningStatus(const ConnectorConfig& config) {
  const std::string token = StatusCallerToken(config);
  const std::unique_ptr<httplib::Client> client = token.empty() ? nullptr : StatusClient(config.listen());
  if (client == nullptr) return std::nullopt;
  client->set_connection_timeout(kPatience);
  client->set_read_timeout(kPatience);
  const httplib::Result answer =
      client->Get("/v1/status", httplib::Headers{{"Authorization", "Bearer " + token}});
  if (!answer || answer->status != 200) return std::nullopt;
  Json status = Json::parse(answer->body, nullptr, false);
  if (!status.is_object()) return std::nullopt;
  return status;
}

// This is what of the folder of state is there.
struct StateOnDisk {
  std::unique_ptr<Outbox> outbox;
  std::unique_ptr<Positions> positions;
  std::unique_ptr<Deliveries> deliveries;
};

absl::Status OpenStateFolder(const std::string& state, StateOnDisk* opened) {
  ACCORD_ASSIGN_OR_RETURN(const bool has_key, IsThere(state + "/seal.key"));
  ACCORD_ASSIGN_OR_RETURN(const bool has_outbox, IsThere(OutboxFile(state)));
  ACCORD_ASSIGN_OR_RETURN(const bool has_inbox, IsThere(state + "/inbox.db"));
  // A key that is made here would open nothing.
  if (!has_key) return absl::OkStatus();
  ACCORD_ASSIGN_OR_RETURN(const auto keyring, SealKey(state));
  if (has_outbox) {
    ACCORD_ASSIGN_OR_RETURN(opened->outbox,
                            Outbox::Open(OutboxFile(state), keyring, {0, 0, absl::ZeroDuration()}));
  }
  if (!has_inbox) return absl::OkStatus();
  ACCORD_ASSIGN_OR_RETURN(opened->positions, Positions::Open(state + "/inbox.db", keyring));
  opened->deliveries = std::make_unique<Deliveries>(opened->positions->database(), keyring);
  return absl::OkStatus();
}

std::string StatusCertificateFile(const ConnectorConfig& config) {
  try {
    return client::LoadSettings(config.client_file(), {}, {}).certificate_file;
  } catch (const client::SettingsError&) {
    // What is wrong is told by the check of the configuration.
    return "";
  }
}

Json StatusFromFolder(const ConnectorConfig& config) {
  StateOnDisk opened;
  const absl::Status read = OpenStateFolder(config.state_folder(), &opened);
  StatusSources sources{config, opened.outbox.get(), opened.positions.get(), opened.deliveries.get()};
  sources.certificate_file = StatusCertificateFile(config);
  Json status = StatusOf(sources, absl::Now());
  status["source"] = "folder";
  const auto add = [&](const absl::Status& wrong, const char* todo) {
    if (wrong.ok()) return;
    status["troubles"].push_back({{"what", std::string(wrong.message())}, {"do", todo}, {"stops", true}});
  };
  add(absl::UnavailableError("The connector does not run, or has no local address at which it can be asked."),
      "Start it; what was handed over before is kept meanwhile.");
  add(Connector::Check(config), "Mend this: the connector does not start with it.");
  add(read, "Look at the folder of state, its owner and its mode.");
  return status;
}

}  // namespace

std::optional<StatusWords> TakeStatusWords(std::vector<char*>* arguments) {
  if (arguments->size() < 2 || std::string((*arguments)[1]) != "status") return std::nullopt;
  arguments->erase(arguments->begin() + 1);
  StatusWords words;
  for (std::size_t i = 1; i + 1 < arguments->size(); ++i) {
    if (std::string((*arguments)[i]) != "-o") continue;
    words.format = (*arguments)[i + 1];
    const auto from = arguments->begin() + static_cast<std::ptrdiff_t>(i);
    arguments->erase(from, from + 2);
    break;
  }
  return words;
}

absl::StatusOr<std::string> TellStatus(const ConnectorConfig& config, const StatusWords& words,
                                       bool* troubled) {
  if (words.format != "table" && words.format != "json") {
    return absl::InvalidArgumentError("Write `-o table` or `-o json` after `status`.");
  }
  std::optional<Json> status = AskRunningStatus(config);
  if (!status.has_value()) status = StatusFromFolder(config);
  if (troubled != nullptr) *troubled = !status->at("troubles").empty();
  if (words.format == "table") return StatusTable(*status);
  return status->dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace accord::connector
