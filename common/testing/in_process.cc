#include "common/testing/in_process.h"

#include <gtest/gtest.h>
#include <openssl/evp.h>

#include <cstdio>
#include <cstdlib>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/pki/ed25519.h"
#include "common/storage/sealing/keyring.h"

namespace accord::testing {
namespace {

template <class T>
T ValueOrDie(absl::StatusOr<T> value) {
  if (value.ok()) return *std::move(value);
  std::fprintf(stderr, "%s\n", value.status().ToString().c_str());
  std::abort();
}

}  // namespace

InProcess::InProcess(const std::vector<storage::Migration>& migrations, const std::string& dsn)
    : database_(ValueOrDie(storage::Database::Open(
          {dsn.empty() ? directory_.path("db.sqlite") : dsn, 8,
           ValueOrDie(storage::Keyring::From({std::string(32, 's')}, std::string(32, 'i')))}))),
      clock_(absl::FromCivil(absl::CivilSecond(2026, 11, 23, 10, 0, 0), OntarioZone())),
      gateway_key_(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519")),
      handlers_(std::make_unique<host::Handlers>(database_.get())) {
  const absl::Status migrated = database_->Migrate(migrations);
  if (!migrated.ok()) ValueOrDie(absl::StatusOr<int>(migrated));
}

absl::Status InProcess::Seal() {
  std::map<std::string, std::vector<std::string>> allow;
  for (const auto& service : handlers_->Services()) allow[service] = {"gateway"};
  std::vector<Key> keys;
  keys.push_back(PublicKeyOf(RawPublicKey(gateway_key_)));
  handlers_->feed().Start();
  return handlers_->Seal(allow, std::make_shared<AssertionVerifier>(kAudience, std::move(keys)), &clock_);
}

std::string InProcess::PathOf(const google::protobuf::Descriptor* request,
                              const google::protobuf::Descriptor* response) const {
  const auto* pool = google::protobuf::DescriptorPool::generated_pool();
  std::vector<const google::protobuf::MethodDescriptor*> takers;
  for (const std::string& name : handlers_->Services()) {
    const auto* service = pool->FindServiceByName(name);
    for (int i = 0; service != nullptr && i < service->method_count(); ++i) {
      if (service->method(i)->input_type() == request) takers.push_back(service->method(i));
    }
  }
  if (takers.size() != 1) {
    ADD_FAILURE() << takers.size() << " RPCs served here take " << request->full_name() << ": "
                  << absl::StrJoin(takers, ", ", [](std::string* out, const auto* method) {
                       absl::StrAppend(out, method->full_name());
                     });
    return "";
  }
  const auto* method = takers.front();
  if (response != nullptr && method->output_type() != response) {
    ADD_FAILURE() << method->full_name() << " answers with " << method->output_type()->full_name()
                  << ", not with " << response->full_name();
    return "";
  }
  return absl::StrCat("/", method->service()->full_name(), "/", method->name());
}

std::string InProcess::AssertionOf(const std::string& path, const Caller& caller,
                                   const std::string& request) const {
  caller::v1::CallerAssertion assertion;
  assertion.set_agency(caller.agency);
  assertion.set_agency_kind(caller.kind);
  assertion.set_system(caller.system);
  assertion.set_actor(caller.actor);
  for (Role role : caller.roles) assertion.add_roles(role);
  assertion.set_purpose(caller.purpose);
  assertion.set_certificate_fingerprint(caller.certificate);
  assertion.set_audience(kAudience);
  assertion.set_gateway(caller.gateway);
  *assertion.mutable_issue_time() = ToProto(clock_.Now());
  *assertion.mutable_expire_time() = ToProto(clock_.Now() + kAssertionLife);
  const std::string salt(16, 's');
  const Method* method = handlers_->Find(path);
  if (method != nullptr && method->rule.mutates()) {
    assertion.set_method(path);
    assertion.set_validate_only(validate_only_);
    assertion.set_request_hash(AssertedRequestHash(salt, request, validate_only_));
  }
  return SignAssertion(gateway_key_, assertion, salt);
}

absl::StatusOr<std::shared_ptr<host::Call>> InProcess::Begin(const std::string& path, const Caller& caller,
                                                             const std::string& request) {
  return handlers_->Begin(path, {"gateway", AssertionOf(path, caller, request)}, absl::InfiniteFuture());
}

absl::StatusOr<host::Reply> InProcess::CallBytes(const std::string& path, const Caller& caller,
                                                 const std::string& request) {
  ACCORD_ASSIGN_OR_RETURN(auto call, Begin(path, caller, request));
  return handlers_->Unary(path, *call, request);
}

absl::StatusOr<host::Reply> InProcess::ReplyTo(const Caller& caller,
                                               const google::protobuf::Message& request) {
  return CallBytes(PathOf(request.GetDescriptor()), caller, request.SerializeAsString());
}

}  // namespace accord::testing
