// This file is about what the client's tests share: a gateway, and a client whose certificate can
// be replaced.
#ifndef ACCORD_CLIENTS_CPP_TESTING_CLIENT_FIXTURE_H_
#define ACCORD_CLIENTS_CPP_TESTING_CLIENT_FIXTURE_H_

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "accord/client/client.h"
#include "clients/cpp/testing/fake_gateway.h"
#include "common/testing/pki.h"
#include "common/testing/temp_dir.h"

namespace accord::client::testing {

class ClientFixture : public ::testing::Test {
 protected:
  using Referrals = accord::protocols::v1::ReferralService::Stub;
  using Feed = accord::protocols::v1::ChangeService::Stub;
  using CreateReferralRequest = accord::protocols::v1::CreateReferralRequest;
  using ListReferralsRequest = accord::protocols::v1::ListReferralsRequest;
  using ListReferralsResponse = accord::protocols::v1::ListReferralsResponse;
  using Referral = accord::protocols::v1::Referral;

  // This replaces the key and then the certificate in the client's files, each in one step.
  void Place(const accord::testing::TestCertificate& certificate) {
    PlaceFile(certificate.key_file, "client.key");
    PlaceFile(certificate.certificate_file, "client.crt");
  }
  void PlaceFile(const std::string& from, const std::string& name) {
    std::filesystem::copy_file(from, folder_.path("next"), std::filesystem::copy_options::overwrite_existing);
    std::filesystem::rename(folder_.path("next"), folder_.path(name));
  }

  Settings SettingsFor(const std::string& address) {
    Settings settings;
    settings.address = address;
    settings.ca_file = pki_.agency_ca_file();
    settings.certificate_file = folder_.path("client.crt");
    settings.key_file = folder_.path("client.key");
    settings.actor = "worker";
    settings.purpose = "child_protection";
    settings.server_name = "localhost";
    return settings;
  }

  Referral Create(const CallOptions& options = {}) {
    CreateReferralRequest request;
    request.set_parent("agencies/a");
    return accord_.Call(&Referrals::CreateReferral, request, options);
  }

  // This gives the systems of the calls that arrived.
  std::vector<std::string> Systems() {
    std::vector<std::string> systems;
    for (const Arrived& each : gateway_.calls()) systems.push_back(each.system);
    return systems;
  }

  // This gives the refusal of a call that must not succeed.
  template <typename Call>
  Refusal RefusalOfCall(const Call& call) {
    try {
      call();
    } catch (const Refusal& refusal) {
      return refusal;
    }
    ADD_FAILURE() << "the call was answered";
    return Refusal({}, false, CreateReferralRequest(), "");
  }

  static constexpr CallOptions Once() { return {.patience = Seconds(0)}; }

  accord::testing::TestPki pki_;
  accord::testing::TempDir folder_;
  accord::testing::TestCertificate first_ = pki_.Agency("york", "first");
  accord::testing::TestCertificate second_ = pki_.Agency("york", "second");
  FakeGateway gateway_{pki_};
  Client accord_ = Connect(Placed());

 private:
  // This gives the settings after placing the files, which must exist before the client reads them.
  Settings Placed() {
    Place(first_);
    return SettingsFor(gateway_.address());
  }
};

}  // namespace accord::client::testing

#endif  // ACCORD_CLIENTS_CPP_TESTING_CLIENT_FIXTURE_H_
