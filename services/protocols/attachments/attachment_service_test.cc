// These tests show how files on a referral arrive, who reads them, and when nobody does.
#include "services/protocols/attachments/attachment_service.h"

#include <algorithm>

#include "common/base/ids.h"
#include "common/base/new_file.h"
#include "services/protocols/attachments/attachment_store.h"
#include "services/protocols/attachments/scanning.h"
#include "services/protocols/testing/fixture.h"

namespace accord::protocols {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const std::string kShort = "The aunt said that he left on Friday.";
// This file has two whole pieces and a part of a third one.
const std::string kLong = "%PDF-1.7\n" + std::string(600000, 'p');

class Attachments : public ProtocolsFixture {
 protected:
  explicit Attachments(const AttachmentLimits& limits = {}) : ProtocolsFixture(Limited(limits)) {}
  static ReferenceData Limited(const AttachmentLimits& limits) {
    ReferenceData data = RealReferenceData();
    data.attachments = limits;
    return data;
  }
  v1::CreateAttachmentRequest NewFile(const Caller& caller, std::size_t size,
                                      v1::Readers readers = v1::READERS_BOTH) {
    v1::CreateAttachmentRequest request;
    request.set_parent("agencies/" + caller.agency);
    request.mutable_attachment()->set_about(referral_);
    request.mutable_attachment()->set_readers(readers);
    request.mutable_attachment()->set_file_name("statement of the aunt");
    request.mutable_attachment()->set_size(static_cast<int64_t>(size));
    return request;
  }
  v1::Attachment Begun(const std::string& content, v1::Readers readers = v1::READERS_BOTH) {
    return Must(Call<v1::Attachment>(worker_, NewFile(worker_, content.size(), readers)));
  }
  absl::StatusOr<v1::Attachment> Send(const Caller& caller, const std::string& name, int64_t offset,
                                      const std::string& data) {
    v1::UploadAttachmentChunkRequest request;
    request.set_name(name);
    request.set_offset(offset);
    request.set_data(data);
    return Call<v1::Attachment>(caller, request);
  }
  absl::StatusOr<v1::Attachment> SendAll(v1::Attachment attachment, const std::string& content) {
    while (attachment.received() < attachment.size()) {
      const auto from = static_cast<std::size_t>(attachment.received());
      ACCORD_ASSIGN_OR_RETURN(attachment, Send(worker_, attachment.name(), attachment.received(),
                                               content.substr(from, kAttachmentChunkBytes)));
    }
    return attachment;
  }
  absl::StatusOr<v1::Attachment> Commit(const v1::Attachment& attachment, const std::string& content) {
    v1::CommitAttachmentRequest request;
    request.set_name(attachment.name());
    request.set_etag(attachment.etag());
    request.set_sha256(Hex(Sha256(content)));
    return Call<v1::Attachment>(worker_, request);
  }
  v1::Attachment Attached(const std::string& content, v1::Readers readers = v1::READERS_BOTH) {
    return Must(Commit(Must(SendAll(Begun(content, readers), content)), content));
  }
  absl::StatusOr<v1::Attachment> GetFile(const Caller& caller, const std::string& name) {
    v1::GetAttachmentRequest request;
    request.set_name(name);
    return Call<v1::Attachment>(caller, request);
  }
  absl::StatusOr<std::string> Read(const Caller& caller, const std::string& name) {
    v1::DownloadAttachmentChunkRequest request;
    request.set_name(name);
    std::string content;
    int64_t size = 1;
    while (request.offset() < size) {
      ACCORD_ASSIGN_OR_RETURN(const auto piece, Call<v1::AttachmentContent>(caller, request));
      content += piece.data();
      request.set_offset(piece.next_offset());
      size = piece.size();
    }
    return content;
  }
  std::vector<std::string> Listed(const Caller& caller) {
    std::vector<std::string> names;
    const auto page = Must(Call<v1::ListAttachmentsResponse>(caller, v1::ListAttachmentsRequest()));
    for (const auto& attachment : page.attachments()) names.push_back(attachment.name());
    return names;
  }
  absl::StatusOr<v1::Attachment> Discard(const Caller& caller, const v1::Attachment& attachment) {
    v1::DiscardAttachmentRequest request;
    request.set_name(attachment.name());
    request.set_etag(attachment.etag());
    return Call<v1::Attachment>(caller, request);
  }
  // This counts the bodies of pieces that have content, now or in an earlier version.
  int64_t PiecesThatSaySomething() {
    const auto rows = Must(in_process_.database().Read([](storage::Transaction& tx) {
      return tx.Query<int64_t>(
          "select count(*) from (select body from resource where kind = 'attachment_chunk' union all "
          "select body from revision where kind = 'attachment_chunk') as pieces where body <> '{}'");
    }));
    return std::get<0>(rows.at(0));
  }

  const std::string referral_ = Must(Call<v1::Referral>(worker_, Letter(InForce()))).name();
  const Caller durham_ = Police(annotations::v1::ROLE_POLICE_MEMBER, "ps-durham");
};

TEST_F(Attachments, ArriveInPiecesThatGoOnWhereTheyWereBrokenOff) {
  const v1::Attachment begun = Begun(kLong);
  const std::string first = kLong.substr(0, kAttachmentChunkBytes);
  EXPECT_EQ(Must(Send(worker_, begun.name(), 0, first)).received(), kAttachmentChunkBytes);
  EXPECT_EQ(Must(Send(worker_, begun.name(), 0, first)).received(), kAttachmentChunkBytes) << "once more";
  EXPECT_THAT(Send(worker_, begun.name(), 2 * kAttachmentChunkBytes, first),
              RefusedBy(rules::kOffsetMismatch));
  EXPECT_THAT(Send(worker_, begun.name(), kAttachmentChunkBytes, "short"), RefusedBy(rules::kFieldInvalid));
  v1::Attachment attachment = Must(GetFile(worker_, begun.name()));
  EXPECT_THAT(Commit(attachment, kLong), RefusedBy(rules::kAttachmentIncomplete));
  attachment = Must(SendAll(attachment, kLong));
  EXPECT_THAT(Commit(attachment, kLong + "!"), RefusedBy(rules::kAttachmentDigest));
  attachment = Must(Commit(attachment, kLong));
  EXPECT_EQ(attachment.state(), v1::ATTACHMENT_STATE_READY);
  EXPECT_EQ(attachment.media_type(), "application/pdf");
  EXPECT_EQ(Must(Read(member_, attachment.name())), kLong);
  EXPECT_THAT(Send(worker_, attachment.name(), 0, first), RefusedBy(rules::kStateNotPermitted));
}

TEST_F(Attachments, AreKnownToTheOtherSideOnceTheyCanBeReadIfTheyAreForBoth) {
  const v1::Attachment begun = Begun(kShort);
  EXPECT_THAT(begun.name(), HasSubstr("agencies/cas-york/attachments/both-"));
  EXPECT_THAT(GetFile(member_, begun.name()), RefusedBy(rules::kNotFound));
  EXPECT_THAT(Listed(member_), IsEmpty());
  ASSERT_OK(Commit(Must(SendAll(begun, kShort)), kShort));
  EXPECT_EQ(Must(Read(member_, begun.name())), kShort);
  const std::string own = Attached(kShort, v1::READERS_OWN_AGENCY).name();
  EXPECT_THAT(own, HasSubstr("agencies/cas-york/attachments/own-"));
  EXPECT_EQ(Must(Read(society_supervisor_, own)), kShort);
  EXPECT_THAT(Read(member_, own), RefusedBy(rules::kNotFound));
  EXPECT_THAT(Listed(member_), ElementsAre(begun.name()));
  EXPECT_THAT(Listed(worker_), ElementsAre(begun.name(), own));
  EXPECT_THAT(Listed(durham_), IsEmpty());
  EXPECT_THAT(Read(durham_, begun.name()), RefusedBy(rules::kNotFound));
}

TEST_F(Attachments, AreSentAndTakenAwayByTheirOwnAgencyAlone) {
  const v1::Attachment begun = Begun(kShort);
  EXPECT_THAT(Send(member_, begun.name(), 0, kShort), RefusedBy(rules::kNotFound));
  EXPECT_THAT(Discard(member_, begun), RefusedBy(rules::kNotFound));
  EXPECT_THAT(Call<v1::Attachment>(durham_, NewFile(durham_, 1)), RefusedBy(rules::kNotFound));
  EXPECT_THAT(Call<v1::Attachment>(worker_, NewFile(member_, 1)), RefusedBy(rules::kNotFound));
}

TEST_F(Attachments, AListTellsNoNameOfAFileNorItsDigest) {
  Attached(kShort);
  const auto page = Must(Call<v1::ListAttachmentsResponse>(worker_, v1::ListAttachmentsRequest()));
  ASSERT_EQ(page.attachments_size(), 1);
  EXPECT_EQ(page.attachments(0).file_name() + page.attachments(0).sha256(), "");
  EXPECT_EQ(Must(GetFile(worker_, page.attachments(0).name())).file_name(), "statement of the aunt");
}

TEST_F(Attachments, EachReadingOfAPieceIsToldToWhoSentTheFile) {
  v1::DownloadAttachmentChunkRequest request;
  request.set_name(Attached(kShort).name());
  const auto reply = in_process_.ReplyTo(member_, request);
  ASSERT_OK(reply);
  ASSERT_EQ(reply->touched.resources_size(), 1);
  EXPECT_EQ(reply->touched.resources(0).name(), request.name());
  EXPECT_EQ(reply->touched.resources(0).owner(), "cas-york");
}

TEST_F(Attachments, AreTakenByWhatTheirBytesAreWhateverTheyAreCalled) {
  const std::string picture = "\x89PNG\r\n\x1a\n....";
  v1::CreateAttachmentRequest request = NewFile(worker_, picture.size());
  request.mutable_attachment()->set_file_name("statement.pdf");
  const v1::Attachment begun = Must(Call<v1::Attachment>(worker_, request));
  const auto refused = Send(worker_, begun.name(), 0, picture);
  EXPECT_THAT(refused, RefusedBy(rules::kAttachmentType));
  EXPECT_NE(refused.status().message().find("Discard"), std::string::npos) << refused.status();
  EXPECT_EQ(PiecesThatSaySomething(), 0);
  // A file that becomes something else after its first piece is refused when it is whole.
  const std::string text = std::string(kAttachmentChunkBytes, 't') + std::string("\0\x01", 2);
  EXPECT_THAT(Commit(Must(SendAll(Begun(text), text)), text), RefusedBy(rules::kAttachmentType));
}

TEST_F(Attachments, AreCalledByANameAndNoPath) {
  for (const char* name : {"../letter.pdf", "a/b", "a\\b", "letter\n.pdf", "\x1b[2J", "\x7f", ".", "..",
                           " .. ", "  ", "\u00a0\u200b"}) {
    v1::CreateAttachmentRequest request = NewFile(worker_, 3);
    request.mutable_attachment()->set_file_name(name);
    EXPECT_THAT(Call<v1::Attachment>(worker_, request), RefusedBy(rules::kFieldInvalid)) << name;
  }
  for (const char* name : {"lettre d'\u00c9lodie.pdf", "v1.2 ..final.txt", ".notes", "\u1403\u14c4.txt"}) {
    v1::CreateAttachmentRequest request = NewFile(worker_, 3);
    request.mutable_attachment()->set_file_name(name);
    EXPECT_OK(Call<v1::Attachment>(worker_, request)) << name;
  }
}

TEST_F(Attachments, APictureIsADigestAndAReferenceToTheEvidenceSystem) {
  v1::CreateAttachmentRequest request = NewFile(worker_, 0);
  auto* evidence = request.mutable_attachment()->mutable_evidence();
  evidence->set_system("evidence-york");
  evidence->set_reference("item 7 of 2026-114");
  EXPECT_THAT(Call<v1::Attachment>(worker_, request), RefusedBy(rules::kFieldInvalid)) << "without a digest";
  request.mutable_attachment()->set_sha256(Hex(Sha256("a picture")));
  const v1::Attachment kept = Must(Call<v1::Attachment>(worker_, request));
  EXPECT_EQ(kept.state(), v1::ATTACHMENT_STATE_REFERENCED);
  EXPECT_EQ(Must(GetFile(member_, kept.name())).evidence().reference(), "item 7 of 2026-114");
  EXPECT_THAT(Read(member_, kept.name()), RefusedBy(rules::kStateNotPermitted));
  const auto page = Must(Call<v1::ListAttachmentsResponse>(member_, v1::ListAttachmentsRequest()));
  EXPECT_EQ(page.attachments(0).evidence().reference(), "");
}

TEST_F(Attachments, AreSealedAtRest) {
  Attached(kShort);
  EXPECT_GT(PiecesThatSaySomething(), 0);
  const std::string stored = StoredWithoutKey();
  for (const char* said : {"The aunt said", "statement of the aunt"})
    EXPECT_THAT(stored, Not(HasSubstr(said)));
}

TEST_F(Attachments, EndWithTheReferralAndLeaveNoPieceBehind) {
  const std::string name = Attached(kLong).name();
  for (const Caller& caller : {society_supervisor_, police_supervisor_}) {
    v1::RecordReferralYouthRecordRequest request;
    request.set_name(referral_);
    request.set_etag(ReadReferral(referral_, member_).etag());
    request.mutable_record()->set_disposition(v1::YOUTH_DISPOSITION_ACQUITTAL);
    request.mutable_record()->set_counted_from("2001-01-01");
    ASSERT_OK(Call<v1::Referral>(caller, request));
  }
  SweepAll();
  EXPECT_THAT(Read(worker_, name), RefusedBy(rules::kNotFound));
  EXPECT_THAT(GetFile(member_, name), RefusedBy(rules::kNotFound));
  EXPECT_EQ(PiecesThatSaySomething(), 0);
  const auto used = Must(in_process_.database().Read(
      [](storage::Transaction& tx) { return AttachmentBytesOf(tx, "cas-york"); }));
  EXPECT_EQ(used, 0);
}

class FewAttachments : public Attachments {
 protected:
  FewAttachments() : Attachments(AttachmentLimits{.file_bytes = 20000, .agency_bytes = 25000}) {}
};

TEST_F(FewAttachments, AnAgencyHasSoManyBytesAndGetsThemBackForWhatItDiscards) {
  EXPECT_THAT(Call<v1::Attachment>(worker_, NewFile(worker_, 20001)), RefusedBy(rules::kAttachmentTooLarge));
  const v1::Attachment first = Must(Call<v1::Attachment>(worker_, NewFile(worker_, 20000)));
  EXPECT_THAT(Call<v1::Attachment>(worker_, NewFile(worker_, 5001)), RefusedBy(rules::kAttachmentsOfAgency));
  EXPECT_OK(Call<v1::Attachment>(member_, NewFile(member_, 20000))) << "another agency has its own";
  EXPECT_OK(Call<v1::Attachment>(worker_, NewFile(worker_, 1))) << "which counts for 4,096";
  EXPECT_THAT(Call<v1::Attachment>(worker_, NewFile(worker_, 1)), RefusedBy(rules::kAttachmentsOfAgency));
  ASSERT_OK(Discard(worker_, first));
  EXPECT_THAT(GetFile(worker_, first.name()), RefusedBy(rules::kNotFound));
  EXPECT_OK(Call<v1::Attachment>(worker_, NewFile(worker_, 20000)));
}

TEST_F(FewAttachments, WhatStaysInAnEvidenceSystemCountsAsTheSmallestFile) {
  v1::CreateAttachmentRequest request = NewFile(worker_, 0);
  request.mutable_attachment()->mutable_evidence()->set_system("evidence-york");
  request.mutable_attachment()->mutable_evidence()->set_reference("item 7 of 2026-114");
  request.mutable_attachment()->set_sha256(Hex(Sha256("a picture")));
  for (int i = 0; i < 6; ++i) ASSERT_OK(Call<v1::Attachment>(worker_, request)) << i;
  EXPECT_THAT(Call<v1::Attachment>(worker_, request), RefusedBy(rules::kAttachmentsOfAgency));
}

// This scanner finds one word, and is unreachable when it is told so.
class Finding : public Scanner {
 public:
  explicit Finding(const bool* away) : away_(away) {}
  absl::StatusOr<bool> IsClean(std::string_view content) override {
    if (*away_) return absl::UnavailableError("away");
    if (content.find("unjudged") != std::string_view::npos) return absl::FailedPreconditionError("too large");
    return content.find("malicious") == std::string_view::npos;
  }

 private:
  const bool* away_;
};

class ScannedAttachments : public Attachments {
 protected:
  ScannedAttachments() : Attachments(AttachmentLimits{.scanned = true}) {}
  v1::AttachmentState StateOf(const v1::Attachment& attachment) {
    return Must(GetFile(worker_, attachment.name())).state();
  }

  bool away_ = false;
  Scanning scanning_{&in_process_.database(), &services_.attachments(), &in_process_.clock(),
                     std::make_unique<Finding>(&away_)};
};

TEST_F(ScannedAttachments, AreReadByNobodyUntilTheScannerHasLetThemPass) {
  const v1::Attachment attachment = Attached(kLong);
  EXPECT_EQ(attachment.state(), v1::ATTACHMENT_STATE_QUARANTINED);
  EXPECT_THAT(Read(worker_, attachment.name()), RefusedBy(rules::kStateNotPermitted));
  EXPECT_THAT(GetFile(member_, attachment.name()), RefusedBy(rules::kNotFound));
  EXPECT_THAT(Discard(worker_, attachment), RefusedBy(rules::kStateNotPermitted));
  away_ = true;
  EXPECT_TRUE(absl::IsUnavailable(scanning_.Pass()));
  EXPECT_EQ(StateOf(attachment), v1::ATTACHMENT_STATE_QUARANTINED) << "the scanner is away";
  away_ = false;
  ASSERT_OK(scanning_.Pass());
  EXPECT_EQ(StateOf(attachment), v1::ATTACHMENT_STATE_READY);
  EXPECT_EQ(Must(Read(member_, attachment.name())), kLong);
}

TEST_F(ScannedAttachments, WhatTheScannerRefusesIsErasedAndHoldsUpNothing) {
  const v1::Attachment unjudged = Attached("unjudged"), bad = Attached("malicious"), good = Attached(kShort);
  ASSERT_OK(scanning_.Pass());
  EXPECT_EQ(StateOf(unjudged), v1::ATTACHMENT_STATE_QUARANTINED) << "no verdict lets nothing pass";
  EXPECT_EQ(StateOf(bad), v1::ATTACHMENT_STATE_REFUSED);
  EXPECT_EQ(StateOf(good), v1::ATTACHMENT_STATE_READY);
  EXPECT_EQ(PiecesThatSaySomething(), 4) << "two files, each with a piece and its only version";
  EXPECT_THAT(GetFile(member_, bad.name()), RefusedBy(rules::kNotFound));
  EXPECT_OK(Discard(worker_, Must(GetFile(worker_, bad.name()))));
}

TEST_F(ScannedAttachments, AnotherReplicaScansNothingWhileThisOneHasTheLease) {
  Attached(kShort);
  ASSERT_OK(scanning_.Pass());
  const v1::Attachment second = Attached("a second statement");
  Scanning other(&in_process_.database(), &services_.attachments(), &in_process_.clock(),
                 std::make_unique<Finding>(&away_));
  ASSERT_OK(other.Pass());
  EXPECT_EQ(StateOf(second), v1::ATTACHMENT_STATE_QUARANTINED);
  ASSERT_OK(scanning_.Pass());
  EXPECT_EQ(StateOf(second), v1::ATTACHMENT_STATE_READY);
}

}  // namespace
}  // namespace accord::protocols
