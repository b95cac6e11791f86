// Every client carries this case through; here the C++ client does, as tests/clients/sdks.sh says. The
// argument is the folder that sdks.sh has made, and ACCORD_CASE_ACTS names tests/clients/acts.sh.
#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>
#include <set>

#include "accord/client/request_id.h"
#include "tests/clients/conformance_parts.h"
#include "tests/clients/conformance_relay.h"

namespace accord::conformance {
namespace {

namespace protocols = accord::protocols::v1;
using client::Client;
using client::Kind;
using client::Rule;
using client::Seconds;
using Names = std::vector<std::string>;

constexpr client::CallOptions kOnce = {.patience = Seconds(0)};

int PortOf(const std::string& address) { return std::stoi(address.substr(address.rfind(':') + 1)); }

std::set<std::string> SetOf(const Names& names) { return {names.begin(), names.end()}; }

class Case {
 public:
  explicit Case(std::string folder)
      : work_(std::move(folder)),
        values_(work_.Settings("ps-york")),
        lossy_(PortOf(values_.at("address"))),
        rough_(PortOf(values_.at("address"))),
        // One side connects by a file, and the other by what the environment would say.
        york_(client::Connect(work_.SettingsFile("cas-york"))),
        police_(client::Connect(client::LoadSettings("", {}, values_))),
        by_lossy_(client::Connect(work_.SettingsFile("cas-york"), {{"address", lossy_.address()}})),
        by_rough_(client::Connect(work_.SettingsFile("cas-york"), {{"address", rough_.address()}})),
        // The society watches over the network that breaks off connections.
        sent_(by_rough_),
        received_(police_) {
    for (Watcher* each : {&sent_, &received_}) {
      each->Until([](const Event& event) { return event.kind == Kind::kPosition; }, "its position");
    }
  }

  void Creates() {
    const Referral made = Create(york_);
    Require(made.state() == protocols::REFERRAL_STATE_SUBMITTED, "a referral is not submitted");
    received_.ToldOf(made.name());
    Step("creates a referral, and the receiver's watch tells of it");
  }

  void RepeatsALostAnswer() {
    by_lossy_.Call(&Referrals::ListReferrals, protocols::ListReferralsRequest());
    const std::set<std::string> before = SetOf(ListedNames());
    const int asked = lossy_.accepted;
    lossy_.swallows = true;
    std::future<Referral> answer = CreateAside(by_lossy_);
    const Event arrived = received_.Until(
        [&](const Event& event) {
          return event.kind == Kind::kChanged && before.count(event.change->name()) == 0;
        },
        "the referral that arrived");
    Require(answer.wait_for(std::chrono::seconds(0)) != std::future_status::ready, "the lost answer came");
    lossy_.swallows = false;
    lossy_.Cut();
    Require(Within(answer, "the answer").name() == arrived.change->name(),
            "the repeated call made another referral");
    Require(lossy_.accepted > asked, "nothing was repeated");
    std::set<std::string> after = SetOf(ListedNames());
    for (const std::string& name : before) after.erase(name);
    Require(after == std::set<std::string>{arrived.change->name()}, "not one referral was made");
    Step("repeats a call whose answer was lost, and one referral was made");
  }

  void Acknowledges() {
    Acknowledge(made_.at(0));
    sent_.ToldOf(made_.at(0), "acknowledged");
    rough_.shut = true;
    rough_.Cut();
    Acknowledge(made_.at(1));
    rough_.shut = false;
    sent_.ToldOf(made_.at(1), "acknowledged");
    Step("watches, and misses nothing of what happens while it is cut off");
  }

  void ReadsPages() {
    protocols::ListReferralsRequest request;
    request.set_page_size(1);
    std::size_t pages = 0;
    Names names;
    for (const protocols::ListReferralsResponse& page : york_.Pages(&Referrals::ListReferrals, request)) {
      ++pages;
      for (const Referral& each : page.referrals()) names.push_back(each.name());
    }
    Require(pages >= names.size() && names.size() >= made_.size(), "there are too few pages");
    Require(SetOf(names).size() == names.size() && SetOf(names) == SetOf(ListedNames()),
            "pages differ from the list");
    Step("reads a list page by page");
  }

  void DecodesRefusals() {
    const protocols::ListReferralsRequest list;
    const Client curious = york_.With({.purpose = "intelligence"});
    client::Refusal refusal = RefusalOf([&] { curious.Call(&Referrals::ListReferrals, list); });
    Require(refusal.rule() == Rule::kPurposeNotPermitted &&
                refusal.code() == grpc::StatusCode::PERMISSION_DENIED && !refusal.may_pass(),
            std::string("another purpose is refused so: ") + refusal.what());
    Referral without = work_.Body();
    without.clear_lawful_basis();
    refusal = RefusalOf([&] { Create(york_, without); });
    Require(refusal.rule() == Rule::kFieldInvalid && refusal.fields().size() == 1 &&
                refusal.fields()[0].field == "referral.lawful_basis",
            std::string("a field that is missing is refused so: ") + refusal.what());
    protocols::GetReferralRequest absent;
    absent.set_name(made_[0].substr(0, made_[0].size() - 1) + (made_[0].back() == '0' ? "1" : "0"));
    const Client french = york_.With({.language = "fr"});
    refusal = RefusalOf([&] { french.Call(&Referrals::GetReferral, absent); });
    Require(refusal.rule() == Rule::kNotFound && !refusal.localized().empty(),
            "what is absent is not refused in French");
    work_.Act("kill protocols");
    refusal = RefusalOf([&] { york_.Call(&Referrals::ListReferrals, list, kOnce); });
    Require(refusal.rule() == Rule::kBackendUnavailable &&
                refusal.retry_after().value_or(Seconds(0)) > Seconds(0) && refusal.may_pass(),
            std::string("a service that is away is refused so: ") + refusal.what());
    std::future<Referral> answer = CreateAside(york_);
    work_.Act("start protocols");
    received_.ToldOf(Within(answer, "the answer").name());
    Step("knows the rule, the fields and the time of refusals, and waits for a service that is away");
  }

  void Rotates() {
    std::filesystem::copy(
        work_.path("cas-york"), work_.path("cas-york-before"),
        std::filesystem::copy_options::recursive | std::filesystem::copy_options::overwrite_existing);
    const Client before = client::Connect(work_.SettingsFile("cas-york-before"), {{"patience", "0"}});
    // The gateway ends this watch when it knows that its certificate is revoked.
    Watcher by_the_one_before(before);
    by_the_one_before.Until([](const Event& event) { return event.kind == Kind::kPosition; }, "its position");
    std::future<void> rotated = std::async(std::launch::async, [this] { work_.Act("rotate"); });
    while (rotated.wait_for(std::chrono::milliseconds(50)) != std::future_status::ready) ListedNames();
    rotated.get();
    Require(by_the_one_before.Refused() == Rule::kCertificateRevoked,
            "the certificate before is good for too long");
    Require(IsShutOut(before), "the certificate before is good for a call");
    ActsAsBefore(Create(york_).name());
    Step("takes up a new certificate under way, while the one before is revoked");
  }

  void OutlivesTheGateway() {
    work_.Act("kill gateway");
    std::future<Referral> answer = CreateAside(york_);
    work_.Act("start gateway");
    const std::string name = Within(answer, "the answer").name();
    received_.ToldOf(name);
    ActsAsBefore(name);
    Step("goes on when the gateway was killed and is back");
  }

  void MissedNothing() {
    for (Watcher* each : {&sent_, &received_}) {
      Require(each->Count(Kind::kBegun) == 1, "a list began anew");
      for (const std::string& name : made_) each->ToldOf(name);
    }
    Require(SetOf(made_).size() == made_.size(), "a referral was made twice");
    const std::set<std::string> names = SetOf(ListedNames());
    Require(std::all_of(made_.begin(), made_.end(),
                        [&](const std::string& name) { return names.count(name) == 1; }),
            "a referral is not in the list");
    for (Watcher* each : {&sent_, &received_}) each->Close();
    for (const Client* each : {&york_, &police_, &by_lossy_, &by_rough_}) each->Close();
    Step("misses no change of all that");
  }

 private:
  Referral Create(const Client& accord) { return Create(accord, work_.Body()); }
  Referral Create(const Client& accord, Referral body) {
    body.set_subject_ref("york-" + client::NewRequestId());
    protocols::CreateReferralRequest request;
    request.set_parent("agencies/cas-york");
    *request.mutable_referral() = std::move(body);
    Referral made = accord.Call(&Referrals::CreateReferral, request);
    made_.push_back(made.name());
    return made;
  }
  // This creates a referral in another thread. The case waits for it before it makes the next one.
  std::future<Referral> CreateAside(const Client& accord) {
    return std::async(std::launch::async, [this, accord] { return Create(accord); });
  }

  void Acknowledge(const std::string& name) {
    protocols::GetReferralRequest read;
    read.set_name(name);
    protocols::AcknowledgeReferralRequest request;
    request.set_name(name);
    request.set_etag(police_.Call(&Referrals::GetReferral, read).etag());
    Require(police_.Call(&Referrals::AcknowledgeReferral, request).state() ==
                protocols::REFERRAL_STATE_ACKNOWLEDGED,
            name + " is not acknowledged");
  }
  void ActsAsBefore(const std::string& name) {
    Acknowledge(name);
    sent_.ToldOf(name, "acknowledged");
  }

  Names ListedNames() {
    protocols::ListReferralsRequest request;
    request.set_page_size(2);
    Names names;
    for (const Referral& each :
         york_.All(&Referrals::ListReferrals, request, &protocols::ListReferralsResponse::referrals)) {
      names.push_back(each.name());
    }
    return names;
  }

  static bool IsShutOut(const Client& before) {
    try {
      before.Call(&Referrals::ListReferrals, protocols::ListReferralsRequest());
      return false;
    } catch (const client::Refusal& refusal) {
      return refusal.rule() == Rule::kCertificateRevoked;
    } catch (const client::Unanswered&) {
      return true;
    }
  }

  const Work work_;
  const client::Values values_;
  Relay lossy_;
  Relay rough_;
  const Client york_;
  const Client police_;
  const Client by_lossy_;
  const Client by_rough_;
  Names made_;
  Watcher sent_;
  Watcher received_;
};

int Main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: client_cpp_conformance WORK\n";
    return 2;
  }
  try {
    Case all(argv[1]);
    all.Creates();
    all.RepeatsALostAnswer();
    all.Acknowledges();
    all.ReadsPages();
    all.DecodesRefusals();
    all.Rotates();
    all.OutlivesTheGateway();
    all.MissedNothing();
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "clients: C++: " << error.what() << "\n";
    return 1;
  }
}

}  // namespace
}  // namespace accord::conformance

int main(int argc, char** argv) { return accord::conformance::Main(argc, argv); }
