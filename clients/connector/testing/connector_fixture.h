// This file is about what tests of the connector share: a gateway, a configuration, and a connector that can
// be ended and begun anew over the same files.
#ifndef ACCORD_CLIENTS_CONNECTOR_TESTING_CONNECTOR_FIXTURE_H_
#define ACCORD_CLIENTS_CONNECTOR_TESTING_CONNECTOR_FIXTURE_H_

#include <gtest/gtest.h>
#include <httplib.h>
#include <sys/stat.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "absl/strings/str_cat.h"
#include "clients/connector/connector.h"
#include "clients/cpp/testing/client_fixture.h"
#include "common/base/file.h"
#include "common/testing/eventually.h"

namespace accord::connector::testing {

class ConnectorFixture : public client::testing::ClientFixture {
 protected:
  using Json = nlohmann::json;

  ConnectorFixture() {
    WriteClientFile(gateway_.address());
    WriteOwn("records.token", Token("records"));
    config_.set_client_file(folder_.path("client.json"));
    config_.set_state_folder(folder_.path("state"));
    config_.set_listen("127.0.0.1:0");
    LocalCaller* caller = config_.add_callers();
    caller->set_name("records");
    caller->set_token_file(folder_.path("records.token"));
    caller->add_actors("worker");
    caller->add_purposes("child_protection");
    caller->add_methods("accord.protocols.v1.ReferralService.CreateReferral");
  }

  static std::string Token(const std::string& caller) { return caller + std::string(32, '-'); }

  void WriteOwn(const std::string& name, const std::string& text) {
    ASSERT_TRUE(WriteFile(folder_.path(name), text, FileKind::kPrivate).ok());
  }
  void WriteClientFile(const std::string& address, const Json& more = Json::object()) {
    chmod(folder_.path("client.key").c_str(), S_IRUSR | S_IWUSR);
    Json settings = {{"address", address},
                     {"ca_file", pki_.agency_ca_file()},
                     {"certificate_file", folder_.path("client.crt")},
                     {"key_file", folder_.path("client.key")},
                     {"server_name", "localhost"}};
    settings.update(more);
    WriteOwn("client.json", settings.dump());
  }

  // This attempts follow each other quickly unless told otherwise.
  void Begin(const client::Waits& waits = client::Waits(client::Seconds(0.01), client::Seconds(0.05))) {
    connector_.reset();
    auto started = Connector::Start(config_, waits, std::chrono::milliseconds(10));
    ASSERT_TRUE(started.ok()) << started.status();
    connector_ = *std::move(started);
  }
  // This is as after a kill: nothing that was in memory is left.
  void End() { connector_.reset(); }

  static Json CreateIn(const std::string& parent, const std::string& request_id = "") {
    return {{"method", "accord.protocols.v1.ReferralService.CreateReferral"},
            {"actor", "worker"},
            {"purpose", "child_protection"},
            {"request", {{"parent", parent}, {"request_id", request_id}}}};
  }

  httplib::Result Post(const Json& act, const std::string& key = "", const std::string& caller = "records") {
    httplib::Headers headers = Bearer(caller);
    if (!key.empty()) headers.emplace("Idempotency-Key", key);
    return Http().Post("/v1/calls", headers, act.dump(), "application/json");
  }
  // This gives the id of an act that must be taken.
  std::string Taken(const Json& act, const std::string& key = "") {
    const httplib::Result result = Post(act, key);
    EXPECT_TRUE(result && result->status == 202) << (result ? result->body : "no answer");
    return result && result->status == 202 ? Json::parse(result->body)["id"].get<std::string>() : "";
  }
  httplib::Result Get(const std::string& id, const std::string& caller = "records") {
    return Http().Get("/v1/calls/" + id, Bearer(caller));
  }
  httplib::Result Delete(const std::string& id) {
    return Http().Delete("/v1/calls/" + id, Bearer("records"));
  }
  Json Seen(const std::string& id) {
    const httplib::Result result = Get(id);
    return result && result->status == 200 ? Json::parse(result->body) : Json{{"state", "not there"}};
  }
  bool Becomes(const std::string& id, const std::string& state) {
    return accord::testing::Eventually([&] { return Seen(id)["state"] == state; });
  }

  httplib::Client Http() { return httplib::Client("127.0.0.1", connector_->port()); }
  static httplib::Headers Bearer(const std::string& caller) {
    return {{"Authorization", "Bearer " + Token(caller)}};
  }

  ConnectorConfig config_;
  std::unique_ptr<Connector> connector_;
};

}  // namespace accord::connector::testing

#endif  // ACCORD_CLIENTS_CONNECTOR_TESTING_CONNECTOR_FIXTURE_H_
