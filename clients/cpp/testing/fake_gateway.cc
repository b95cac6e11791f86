#include "clients/cpp/testing/fake_gateway.h"

#include <chrono>
#include <cstdlib>

#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace accord::client::testing {
namespace {

namespace host = accord::host::v1;
namespace protocols = accord::protocols::v1;

constexpr std::size_t kPage = 2;

// This gives the system that the caller's certificate names: of
// `spiffe://accord.example/agency/york/system/first` that is the last part.
std::string SystemOf(const grpc::ServerContext& context) {
  for (const grpc::string_ref& name :
       context.auth_context()->FindPropertyValues("x509_subject_alternative_name")) {
    const std::string text(name.data(), name.size());
    const auto slash = text.rfind('/');
    if (text.rfind("spiffe://", 0) == 0) return text.substr(slash + 1);
  }
  return "";
}

std::map<std::string, std::string> HeadersOf(const grpc::ServerContext& context) {
  std::map<std::string, std::string> headers;
  for (const auto& [name, value] : context.client_metadata()) {
    headers[std::string(name.data(), name.size())] = std::string(value.data(), value.size());
  }
  return headers;
}

// This gives the number in a token such as `at-3`.
std::size_t PlaceOf(const std::string& token) { return std::strtoul(token.substr(3).c_str(), nullptr, 10); }
std::string TokenOf(std::size_t place) { return "at-" + std::to_string(place); }

}  // namespace

grpc::Status Refused::ToStatus() const {
  google::rpc::Status status;
  status.set_code(static_cast<int>(code));
  status.set_message("no");
  if (!reason.empty()) {
    google::rpc::ErrorInfo info;
    info.set_reason(reason);
    info.set_domain(domain);
    status.add_details()->PackFrom(info);
  }
  if (!fields.empty()) {
    google::rpc::BadRequest bad;
    for (const auto& [field, description] : fields) {
      auto* violation = bad.add_field_violations();
      violation->set_field(field);
      violation->set_description(description);
    }
    status.add_details()->PackFrom(bad);
  }
  if (retry_after >= 0) {
    google::rpc::RetryInfo retry;
    retry.mutable_retry_delay()->set_nanos(static_cast<int>(retry_after * 1e9));
    status.add_details()->PackFrom(retry);
  }
  if (!localized.empty()) {
    google::rpc::LocalizedMessage text;
    text.set_message(localized);
    status.add_details()->PackFrom(text);
  }
  return {code, "no", reason.empty() ? "" : status.SerializeAsString()};
}

Planned Refuses(Refused refused) { return {.refused = std::make_shared<Refused>(std::move(refused))}; }

class FakeGateway::Referrals final : public protocols::ReferralService::Service {
 public:
  explicit Referrals(FakeGateway& gateway) : gateway_(gateway) {}

  grpc::Status CreateReferral(grpc::ServerContext* context, const protocols::CreateReferralRequest* request,
                              protocols::Referral* response) override {
    const Planned planned = gateway_.Met(*context);
    if (planned.refused != nullptr) return planned.refused->ToStatus();
    const std::lock_guard<std::mutex> lock(gateway_.mutex_);
    const auto [at, is_new] = gateway_.made_.try_emplace(request->request_id());
    if (is_new) {
      at->second = "agencies/a/referrals/" + std::to_string(gateway_.order_.size());
      gateway_.order_.push_back(at->second);
    }
    if (planned.lost) return {grpc::StatusCode::UNAVAILABLE, "the connection broke"};
    context->AddTrailingMetadata("accord-masked", "subject_ref,indicators");
    response->set_name(at->second);
    return grpc::Status::OK;
  }

  grpc::Status GetReferral(grpc::ServerContext* context, const protocols::GetReferralRequest* request,
                           protocols::Referral* response) override {
    const Planned planned = gateway_.Met(*context);
    if (planned.refused != nullptr) return planned.refused->ToStatus();
    response->set_name(request->name());
    return grpc::Status::OK;
  }

  grpc::Status ListReferrals(grpc::ServerContext* context, const protocols::ListReferralsRequest* request,
                             protocols::ListReferralsResponse* response) override {
    const Planned planned = gateway_.Met(*context);
    if (planned.refused != nullptr) return planned.refused->ToStatus();
    const std::lock_guard<std::mutex> lock(gateway_.mutex_);
    const std::size_t begin = std::strtoul(request->page_token().c_str(), nullptr, 10);
    for (std::size_t i = begin; i < gateway_.order_.size() && i < begin + kPage; ++i) {
      response->add_referrals()->set_name(gateway_.order_[i]);
    }
    if (begin + kPage < gateway_.order_.size()) response->set_next_page_token(std::to_string(begin + kPage));
    response->set_watch_token(TokenOf(gateway_.changes_.size()));
    return grpc::Status::OK;
  }

 private:
  FakeGateway& gateway_;
};

class FakeGateway::Changes final : public protocols::ChangeService::Service {
 public:
  explicit Changes(FakeGateway& gateway) : gateway_(gateway) {}

  grpc::Status WatchChanges(grpc::ServerContext* context, const host::WatchChangesRequest* request,
                            grpc::ServerWriter<host::Change>* writer) override {
    return gateway_.Follow(*context, *request, *writer);
  }

 private:
  FakeGateway& gateway_;
};

FakeGateway::FakeGateway(accord::testing::TestPki& pki)
    : referrals_(std::make_unique<Referrals>(*this)), feed_(std::make_unique<Changes>(*this)) {
  const accord::testing::TestCertificate own = pki.GatewayServer();
  grpc::SslServerCredentialsOptions options(GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);
  options.pem_root_certs = accord::testing::Slurp(pki.agency_ca_file());
  options.pem_key_cert_pairs.push_back(
      {accord::testing::Slurp(own.key_file), accord::testing::Slurp(own.certificate_file)});
  grpc::ServerBuilder builder;
  builder.AddListeningPort("127.0.0.1:0", grpc::SslServerCredentials(options), &port_);
  builder.RegisterService(referrals_.get());
  builder.RegisterService(feed_.get());
  server_ = builder.BuildAndStart();
  if (server_ == nullptr) std::abort();
}

FakeGateway::~FakeGateway() { Stop(); }

void FakeGateway::Stop() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    stopped_ = true;
    told_.notify_all();
  }
  server_->Shutdown(std::chrono::system_clock::now());
  server_->Wait();
}

void FakeGateway::Plan(Planned planned) {
  const std::lock_guard<std::mutex> lock(mutex_);
  plan_.push(std::move(planned));
}

void FakeGateway::PlanStream(Planned planned) {
  const std::lock_guard<std::mutex> lock(mutex_);
  stream_plan_.push(std::move(planned));
}

void FakeGateway::Change(const std::string& name) {
  const std::lock_guard<std::mutex> lock(mutex_);
  changes_.push_back(name);
  told_.notify_all();
}

std::vector<Arrived> FakeGateway::calls() {
  const std::lock_guard<std::mutex> lock(mutex_);
  return calls_;
}

std::vector<std::pair<std::string, std::string>> FakeGateway::streams() {
  const std::lock_guard<std::mutex> lock(mutex_);
  return streams_;
}

std::map<std::string, std::string> FakeGateway::made() {
  const std::lock_guard<std::mutex> lock(mutex_);
  return made_;
}

Planned FakeGateway::Met(const grpc::ServerContext& context) {
  Planned planned;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    calls_.push_back({SystemOf(context), HeadersOf(context)});
    if (!plan_.empty()) {
      planned = std::move(plan_.front());
      plan_.pop();
    }
  }
  if (planned.then) planned.then();
  return planned;
}

grpc::Status FakeGateway::Follow(grpc::ServerContext& context, const host::WatchChangesRequest& request,
                                 grpc::ServerWriter<host::Change>& writer) {
  std::unique_lock<std::mutex> lock(mutex_);
  streams_.emplace_back(SystemOf(context), request.watch_token());
  Planned planned;
  if (!stream_plan_.empty()) {
    planned = std::move(stream_plan_.front());
    stream_plan_.pop();
  }
  if (planned.then) planned.then();
  if (planned.refused != nullptr) return planned.refused->ToStatus();
  std::size_t place = request.watch_token().empty() ? changes_.size() : PlaceOf(request.watch_token());
  host::Change change;
  change.set_watch_token(TokenOf(place));
  writer.Write(change);
  while (!context.IsCancelled() && !stopped_) {
    if (place == changes_.size()) {
      told_.wait_for(lock, std::chrono::milliseconds(50));
      continue;
    }
    change.set_kind("referral");
    change.set_name(changes_[place]);
    change.set_watch_token(TokenOf(++place));
    writer.Write(change);
    if (planned.ends) break;
  }
  return grpc::Status::OK;
}

}  // namespace accord::client::testing
