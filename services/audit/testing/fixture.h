// This is an audit log in a process with its own database, and the callers that ask it.
#ifndef ACCORD_SERVICES_AUDIT_TESTING_FIXTURE_H_
#define ACCORD_SERVICES_AUDIT_TESTING_FIXTURE_H_

#include <gmock/gmock.h>
#include <openssl/evp.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/testing/in_process.h"
#include "common/testing/matchers.h"
#include "common/testing/postgres.h"
#include "common/testing/temp_dir.h"
#include "services/audit/audit_service.h"

namespace accord::audit {

using testing::FailsWith;
using testing::IsOk;
using testing::Must;
using testing::RefusedBy;

inline std::vector<storage::Migration> Migrations() { return storage::WithCore(AuditMigrations()); }

// Each test runs on SQLite and on a real PostgreSQL.
class ALog : public ::testing::TestWithParam<std::string> {
 protected:
  explicit ALog(AuditOptions options = {})
      : dsn_(GetParam() == "postgres" ? testing::PostgresCluster::Shared().NewDatabase()
                                      : directory_.path("log.db")),
        in_process_(Migrations(), dsn_),
        key_(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519")) {
    auto sequencer = Must(Sequencer::Start(&in_process_.database(), 64));
    sequencer_ = sequencer.get();
    EVP_PKEY_up_ref(key_.get());
    service_ = std::make_unique<AuditService>(&in_process_.database(), &in_process_.page_tokens(),
                                              std::move(sequencer), "accord.example/audit", Key(key_.get()),
                                              std::move(options));
    service_->Register(&in_process_.handlers());
    EXPECT_OK(in_process_.Seal());
  }

  static v1::AuditRecord Record(int n, const std::string& agency, const std::string& owner = "") {
    v1::AuditRecord record;
    record.set_call_id(absl::StrCat("call-", n));
    record.set_agency(agency);
    record.set_phase(v1::PHASE_COMPLETE);
    if (!owner.empty()) {
      auto* resource = record.add_resources();
      resource->set_name(absl::StrCat("agencies/", owner, "/referrals/r", n));
      resource->set_owner(owner);
    }
    return record;
  }
  static Caller Officer(const std::string& agency) {
    return {agency,
            annotations::v1::AGENCY_KIND_CHILDREN_AID_SOCIETY,
            "cms",
            "privacy",
            {annotations::v1::ROLE_PRIVACY_OFFICER},
            annotations::v1::PURPOSE_PRIVACY_REVIEW};
  }
  static Caller Admin(const std::string& agency, annotations::v1::AgencyKind kind) {
    return {agency,
            kind,
            "console",
            "admin",
            {annotations::v1::ROLE_PLATFORM_ADMIN},
            annotations::v1::PURPOSE_ADMINISTRATION};
  }
  template <class Res, class Req>
  absl::StatusOr<Res> Ask(const std::string& agency, const Req& request) {
    return in_process_.Call<Res>(Officer(agency), request);
  }
  std::vector<v1::Entry> All(const std::string& agency, v1::ListEntriesRequest request,
                             int* pages = nullptr) {
    std::vector<v1::Entry> entries;
    do {
      auto page = Ask<v1::ListEntriesResponse>(agency, request);
      EXPECT_OK(page);
      if (!page.ok()) break;
      entries.insert(entries.end(), page->entries().begin(), page->entries().end());
      request.set_page_token(page->next_page_token());
      if (pages != nullptr) ++*pages;
    } while (!request.page_token().empty());
    return entries;
  }
  // The request is the bytes that a gateway sends.
  absl::StatusOr<v1::AppendRecordsResponse> AppendBytes(const std::string& request) {
    ACCORD_ASSIGN_OR_RETURN(
        const host::Reply reply,
        in_process_.CallBytes(in_process_.PathOf(v1::AppendRecordsRequest::descriptor()), Caller(), request));
    v1::AppendRecordsResponse response;
    response.ParseFromString(reply.response);
    return response;
  }
  absl::StatusOr<v1::AppendRecordsResponse> Append(const v1::AppendRecordsRequest& request) {
    return AppendBytes(request.SerializeAsString());
  }
  int64_t Size() { return Must(Ask<v1::Checkpoint>("cas-york", v1::GetCheckpointRequest())).tree_size(); }
  template <class... P>
  void Sql(const std::string& sql, const P&... params) {
    const auto done =
        in_process_.database().Transact([&](storage::Transaction& tx) { return tx.Exec(sql, params...); });
    EXPECT_OK(done);
  }

  testing::TempDir directory_;
  const std::string dsn_;
  testing::InProcess in_process_;
  Key key_;
  Sequencer* sequencer_ = nullptr;
  std::unique_ptr<AuditService> service_;
};

}  // namespace accord::audit

#endif  // ACCORD_SERVICES_AUDIT_TESTING_FIXTURE_H_
