#include "tests/bench/plain_service.h"

#include <grpcpp/grpcpp.h>
#include <grpcpp/impl/codegen/proto_utils.h>
#include <grpcpp/impl/rpc_service_method.h>
#include <grpcpp/impl/service_type.h>
#include <grpcpp/support/method_handler.h>

#include <cstdio>
#include <list>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "accord/protocols/v1/referral_service.pb.h"
#include "common/access/names.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/file.h"
#include "common/base/ids.h"
#include "common/host/serving/transport.h"
#include "common/storage/records/feed.h"
#include "common/storage/records/idempotency.h"
#include "common/storage/records/page_tokens.h"
#include "common/storage/records/resources.h"
#include "common/storage/records/schedule.h"
#include "common/storage/sealing/keyring.h"
#include "services/protocols/agreements/protocol_readers.h"
#include "services/protocols/oversight/sending_rate_store.h"
#include "services/protocols/protocol_store.h"
#include "services/protocols/referrals/referral_service.h"

namespace accord::bench {
namespace {

namespace pr = accord::protocols;
using pr::v1::Referral;

// This is what protoc's gRPC plugin would generate.
class PlainReferrals : public grpc::Service {
 public:
  explicit PlainReferrals(storage::Database* database) : database_(database) {
    Add("CreateReferral", &PlainReferrals::Create);
    Add("GetReferral", &PlainReferrals::Get);
    Add("ListReferrals", &PlainReferrals::List);
  }

  absl::Status Keep(pr::v1::Protocol protocol) {
    const storage::Write write{OwnerOf(protocol.name()), "a", "plain-protocol", absl::Now()};
    return database_->Transact([&](storage::Transaction& tx) {
      return protocols_.Insert(tx, &protocol, write, pr::PlacementOf(protocol));
    });
  }

 private:
  template <class Req, class Res>
  using Method = grpc::Status (PlainReferrals::*)(grpc::ServerContext*, const Req*, Res*);

  template <class Req, class Res>
  void Add(const char* name, Method<Req, Res> method) {
    using google::protobuf::MessageLite;
    using Handler = grpc::internal::RpcMethodHandler<PlainReferrals, Req, Res, MessageLite, MessageLite>;
    paths_.push_back(absl::StrCat("/accord.protocols.v1.ReferralService/", name));
    AddMethod(new grpc::internal::RpcServiceMethod(
        paths_.back().c_str(), grpc::internal::RpcMethod::NORMAL_RPC,
        new Handler([method](PlainReferrals* self, grpc::ServerContext* context, const Req* request,
                             Res* response) { return (self->*method)(context, request, response); },
                    this)));
  }

  template <class Res>
  static grpc::Status Give(absl::StatusOr<Res> result, Res* response) {
    if (!result.ok()) return host::ToGrpc(result.status());
    *response = *std::move(result);
    return grpc::Status::OK;
  }

  grpc::Status Create(grpc::ServerContext*, const pr::v1::CreateReferralRequest* request,
                      Referral* response) {
    const storage::Write write{OwnerOf(request->parent() + "/referrals/-"), "a", request->request_id(),
                               absl::Now()};
    storage::Answer answer;
    return Give(database_->Transact([&](storage::Transaction& tx) {
      const auto insert = [&] { return Insert(tx, write, request->referral()); };
      return storage::Once<Referral>(tx, write, "CreateReferral", *request, insert, &answer);
    }),
                response);
  }

  absl::StatusOr<Referral> Insert(storage::Transaction& tx, const storage::Write& write, Referral referral) {
    pr::v1::Protocol protocol;
    ACCORD_RETURN_IF_ERROR(protocols_.Get(tx, referral.protocol(), write.agency, &protocol));
    referral.set_protocol_version(protocol.version());
    referral.set_name(absl::StrCat("agencies/", write.agency, "/referrals/", NewId(write.now)));
    referral.set_state(pr::v1::REFERRAL_STATE_SUBMITTED);
    const absl::Time due = write.now + absl::Hours(12);
    for (auto* each : {referral.mutable_acknowledge_due(), referral.mutable_response_due(),
                       referral.mutable_completion_due()}) {
      *each = ToProto(due);
    }
    ACCORD_RETURN_IF_ERROR(referrals_.Insert(tx, &referral, write, pr::PlacementOf(tx, referral)));
    ACCORD_RETURN_IF_ERROR(pr::NoteReferralSent(tx, write.agency, write.now));
    ACCORD_RETURN_IF_ERROR(storage::Schedule(tx, "referral", referral.name(), due));
    return referral;
  }

  grpc::Status Get(grpc::ServerContext*, const pr::v1::GetReferralRequest* request, Referral* response) {
    return Give(database_->Read([&](storage::Transaction& tx) -> absl::StatusOr<Referral> {
      Referral referral;
      ACCORD_RETURN_IF_ERROR(referrals_.Get(tx, request->name(), kReader, &referral));
      return referral;
    }),
                response);
  }

  grpc::Status List(grpc::ServerContext*, const pr::v1::ListReferralsRequest* request,
                    pr::v1::ListReferralsResponse* response) {
    return Give(
        database_->Read([&](storage::Transaction& tx) -> absl::StatusOr<pr::v1::ListReferralsResponse> {
          const storage::ListQuery query{kReader, {}, request->page_size(), request->page_token(), ""};
          ACCORD_RETURN_IF_ERROR(storage::LastPlace(tx).status());
          return referrals_.ListInto(tx, query, &pr::v1::ListReferralsResponse::mutable_referrals);
        }),
        response);
  }

  static constexpr char kReader[] = "ps-york";

  storage::Database* database_;
  storage::PageTokens tokens_{std::string(32, 't')};
  storage::Resources protocols_{"protocol", &tokens_}, referrals_{"referral", &tokens_};
  std::list<std::string> paths_;
};

absl::StatusOr<std::unique_ptr<storage::Database>> OpenDatabase(const std::string& dsn) {
  ACCORD_ASSIGN_OR_RETURN(auto ring, storage::Keyring::From({std::string(32, 's')}, std::string(32, 'i')));
  ACCORD_ASSIGN_OR_RETURN(auto database, storage::Database::Open({.dsn = dsn, .keyring = std::move(ring)}));
  ACCORD_RETURN_IF_ERROR(database->Migrate(storage::WithCore(pr::ProtocolMigrations())));
  return database;
}

absl::Status Serve(const PlainOptions& options) {
  ACCORD_ASSIGN_OR_RETURN(const auto database, OpenDatabase(options.dsn));
  pr::v1::Protocol protocol;
  ACCORD_ASSIGN_OR_RETURN(const std::string stored, ReadFile(options.protocol_file));
  if (!protocol.ParseFromString(stored)) return absl::DataLossError("no protocol");
  PlainReferrals service(database.get());
  ACCORD_RETURN_IF_ERROR(service.Keep(std::move(protocol)));

  grpc::SslServerCredentialsOptions tls(GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);
  ACCORD_ASSIGN_OR_RETURN(tls.pem_root_certs, ReadFile(options.ca_file));
  ACCORD_ASSIGN_OR_RETURN(const std::string key, ReadFile(options.key_file));
  ACCORD_ASSIGN_OR_RETURN(const std::string certificate, ReadFile(options.certificate_file));
  tls.pem_key_cert_pairs.push_back({key, certificate});
  grpc::ServerBuilder builder;
  int port = 0;
  builder.AddListeningPort(options.listen, grpc::SslServerCredentials(tls), &port);
  builder.RegisterService(&service);
  const auto server = builder.BuildAndStart();
  if (server == nullptr || port == 0) return absl::UnavailableError("cannot listen on " + options.listen);
  server->Wait();
  return absl::OkStatus();
}

}  // namespace

int ServePlain(const PlainOptions& options) {
  const absl::Status status = Serve(options);
  std::fprintf(stderr, "plain service: %s\n", status.ToString().c_str());
  return 1;
}

}  // namespace accord::bench
