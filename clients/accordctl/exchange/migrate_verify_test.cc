// This tests an export of records against one of the log, and against the history of a record.
#include <gmock/gmock.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "accord/audit/v1/resources.pb.h"
#include "accord/protocols/v1/referral_service.pb.h"
#include "clients/accordctl/audit/audit_export.h"
#include "clients/accordctl/audit/export_writer.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/exchange/exported_records.h"
#include "clients/accordctl/testing/against_a_gateway.h"
#include "common/base/file.h"
#include "common/base/ids.h"
#include "common/merkle/checkpoint.h"
#include "common/merkle/tree.h"
#include "common/pki/keys.h"
#include "common/testing/matchers.h"

namespace accord::ctl {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kHistory[] = "/accord.protocols.v1.ReferralService/ListReferralRevisions";
constexpr char kEscalated[] = "agencies/ps-york/referrals/01a";

std::string RevisionOf(int64_t version) { return RevisionDigest("protocols", kEscalated, version); }

// A referral is exported in its second version, and the log has only its first.
class MigrateVerify : public AgainstAGateway {
 protected:
  MigrateVerify() {
    WriteEntries();
    const Json line = {{"kind", "protocols.referral"},
                       {"name", kEscalated},
                       {"revision", Hex(RevisionOf(2))},
                       {"record", Json::object()}};
    EXPECT_OK(WriteFile(path("records.jsonl"),
                        absl::StrCat(R"({"format": ")", kRecordsFormat, R"(", "agency": "ps-york"})", "\n",
                                     DumpJson(line), "\n", R"({"records": 1})", "\n"),
                        FileKind::kPrivate));
  }
  // This makes the history say that `second`, an agency or the platform, made the second version.
  void TellHistory(const std::string& second) {
    protocols::v1::ListReferralRevisionsResponse history;
    int version = 0;
    for (const std::string& agency : {std::string("ps-york"), second}) {
      auto* revision = history.add_revisions();
      revision->set_version(++version);
      revision->set_agency(agency);
    }
    gateway_.Answer(kHistory, history);
  }
  Said Verify(const std::string& options = "") {
    return Run(absl::StrCat("migrate verify ", path("records.jsonl"), " --entries ", path("entries.jsonl"),
                            " --public-key ", path("key.pub"), options));
  }

 private:
  // This writes an export of a log with one entry, and the log's public key.
  void WriteEntries() {
    const Key key = pki::NewSigningKey();
    audit::v1::AuditRecord record;
    record.add_revisions(RevisionOf(1));
    audit::v1::Entry entry;
    entry.set_salt(std::string(16, 's'));
    entry.set_record_bytes(record.SerializeAsString());
    const std::string root = merkle::LeafHash(entry.salt() + entry.record_bytes());
    auto writer =
        ExportWriter::Create(path("entries.jsonl"), merkle::SignCheckpoint({Trust().origin, 1, root}, key));
    ASSERT_OK(writer.status());
    EXPECT_OK(writer->Add(entry, {}));
    EXPECT_OK(writer->Close());
    EXPECT_OK(WriteFile(path("key.pub"), pki::PublicPem(key), FileKind::kPrivate));
  }
};

TEST_F(MigrateVerify, AsksNobodyAndNamesWhatTheLogDoesNotTell) {
  TellHistory("platform");
  const Said said = Verify();
  EXPECT_TRUE(absl::IsDataLoss(said.status)) << said.status;
  EXPECT_THAT(said.out, AllOf(HasSubstr(absl::StrCat("no entry of the log tells ", kEscalated)),
                              HasSubstr("`--history`")));
  EXPECT_EQ(gateway_.acted(kHistory), 0);
}

TEST_F(MigrateVerify, TellsWhatThePlatformChangedByItsHistory) {
  TellHistory("platform");
  const Said said = Verify(" --history");
  EXPECT_OK(said.status);
  EXPECT_THAT(said.out, AllOf(HasSubstr(absl::StrCat("as its history tells: ", kEscalated)),
                              HasSubstr("1 record changed by the platform"), Not(HasSubstr("no entry"))));
  EXPECT_EQ(gateway_.acted(kHistory), 1);
}

TEST_F(MigrateVerify, AcceptsNoVersionThatTheHistoryDoesNotTellAsThePlatforms) {
  TellHistory("ps-york");
  EXPECT_TRUE(absl::IsDataLoss(Verify(" --history").status)) << "the log lacks a change of the agency";
  gateway_.Answer(kHistory, protocols::v1::ListReferralRevisionsResponse());
  EXPECT_TRUE(absl::IsDataLoss(Verify(" --history").status)) << "the history tells nothing";
  TellHistory("platform");
  gateway_.RefuseWith(kHistory, NotFound());
  const Said unseen = Verify(" --history");
  EXPECT_TRUE(absl::IsDataLoss(unseen.status)) << unseen.status;
  EXPECT_THAT(unseen.out, HasSubstr(absl::StrCat("no entry of the log tells ", kEscalated)));
}

}  // namespace
}  // namespace accord::ctl
