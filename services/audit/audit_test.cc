#include <sys/stat.h>

#include <atomic>
#include <filesystem>
#include <thread>

#include "common/base/file.h"
#include "common/testing/eventually.h"
#include "services/audit/testing/fixture.h"

namespace accord::audit {
namespace {

class AuditLog : public ALog {
 protected:
  void Fill(int count) {
    for (int i = 0; i < count; ++i) {
      ASSERT_OK(
          sequencer_->Append({Record(i, i % 3 ? "ps-york" : "cas-york", i % 2 ? "cas-york" : "cas-durham")}));
    }
  }
};

INSTANTIATE_TEST_SUITE_P(Databases, AuditLog, ::testing::Values("sqlite", "postgres"),
                         [](const auto& test) { return test.param; });

TEST_P(AuditLog, EveryEntryIsProvenUnderTheSignedCheckpoint) {
  Fill(40);
  const auto checkpoint = Must(Ask<v1::Checkpoint>("cas-york", v1::GetCheckpointRequest()));
  const auto opened = merkle::OpenCheckpoint(checkpoint.note(), "accord.example/audit", key_);
  ASSERT_OK(opened);
  ASSERT_EQ(opened->size, 40);
  const auto entries = All("cas-york", v1::ListEntriesRequest());
  EXPECT_GT(entries.size(), 20u);
  for (const auto& entry : entries) {
    EXPECT_EQ(merkle::LeafHash(entry.salt() + entry.record_bytes()), entry.leaf_hash());
    v1::GetInclusionProofRequest request;
    request.set_index(entry.index());
    const auto proof = Must(Ask<v1::InclusionProof>("cas-york", request));
    EXPECT_TRUE(merkle::VerifyInclusion(entry.leaf_hash(), entry.index(), 40,
                                        {proof.path().begin(), proof.path().end()}, opened->root));
  }
}

TEST_P(AuditLog, ALaterCheckpointExtendsAnEarlierOne) {
  Fill(300);
  const auto first = Must(Ask<v1::Checkpoint>("cas-york", v1::GetCheckpointRequest()));
  ASSERT_OK(sequencer_->Append({Record(1000, "ps-york")}));
  const auto second = Must(Ask<v1::Checkpoint>("cas-york", v1::GetCheckpointRequest()));
  v1::GetConsistencyProofRequest request;
  request.set_from_size(first.tree_size());
  const auto proof = Must(Ask<v1::ConsistencyProof>("cas-york", request));
  EXPECT_TRUE(merkle::VerifyConsistency(300, 301, first.root_hash(), second.root_hash(),
                                        {proof.path().begin(), proof.path().end()}));
}

TEST_P(AuditLog, AnAgencySeesWhatItDidAndWhoSawItsRecordsAndNothingElse) {
  Fill(30);
  v1::ListEntriesRequest small;
  small.set_page_size(4);
  for (const std::string& agency :
       {std::string("cas-york"), std::string("cas-durham"), std::string("ps-york")}) {
    int expected = 0;
    for (int i = 0; i < 30; ++i) {
      expected += agency == (i % 3 ? "ps-york" : "cas-york") || agency == (i % 2 ? "cas-york" : "cas-durham");
    }
    EXPECT_EQ(static_cast<int>(All(agency, small).size()), expected) << agency;
  }
  EXPECT_EQ(All("ps-durham", small).size(), 0u);
  small.set_disclosures_only(true);
  EXPECT_EQ(All("ps-york", small).size(), 0u);
  // Fifteen records touched its own, and five of them are its own calls.
  EXPECT_EQ(All("cas-york", small).size(), 10u);
  v1::ListEntriesRequest one;
  one.set_resource("agencies/cas-york/referrals/r1");
  EXPECT_EQ(All("cas-york", one).size(), 1u);
}

TEST_P(AuditLog, AnOwnerIsToldLiveWhoSeesItsRecordsAndNothingOfOthers) {
  Fill(3);
  v1::WatchDisclosuresRequest request;
  request.set_after_index(-1);
  std::vector<v1::Disclosure> told;
  std::thread later([&] {
    v1::AuditRecord seen = Record(50, "ps-york", "cas-york");
    auto* other = seen.add_resources();
    other->set_name("agencies/cas-durham/referrals/x");
    other->set_owner("cas-durham");
    EXPECT_OK(sequencer_->Append({Record(40, "ps-york", "cas-durham"), seen}));
  });
  const absl::Status ended =
      in_process_.Stream<v1::Disclosure>(Officer("cas-york"), request, [&](const v1::Disclosure& disclosure) {
        told.push_back(disclosure);
        return told.size() < 2;
      });
  later.join();
  EXPECT_OK(ended);
  ASSERT_EQ(told.size(), 2u);
  EXPECT_THAT(told[0].resources(), ::testing::ElementsAre("agencies/cas-york/referrals/r1"));
  EXPECT_THAT(told[1].resources(), ::testing::ElementsAre("agencies/cas-york/referrals/r50"));
  EXPECT_EQ(told[1].agency(), "ps-york");
}

TEST_P(AuditLog, AWatchIsToldWhereItBeginsBeforeAnythingHappens) {
  Fill(3);
  const auto first = [&](int64_t after) {
    v1::WatchDisclosuresRequest request;
    request.set_after_index(after);
    request.set_progress(true);
    v1::Disclosure told;
    const absl::Status ended = in_process_.Stream<v1::Disclosure>(Officer("cas-york"), request,
                                                                  [&](const v1::Disclosure& disclosure) {
                                                                    told = disclosure;
                                                                    return false;
                                                                  });
    EXPECT_OK(ended);
    EXPECT_FALSE(told.has_time());
    return told.index();
  };
  EXPECT_EQ(first(0), 2) << "what is the last entry now";
  EXPECT_EQ(first(1), 1);
  EXPECT_EQ(first(-1), -1);
}

TEST_P(AuditLog, AWatchEndsWithTheServiceThatTells) {
  Fill(1);
  v1::WatchDisclosuresRequest request;
  request.set_progress(true);
  std::atomic<bool> begun{false};
  absl::Status ended = absl::UnknownError("the watch goes on");
  std::thread watching([&] {
    ended = in_process_.Stream<v1::Disclosure>(Officer("cas-york"), request, [&](const v1::Disclosure&) {
      begun = true;
      return true;
    });
  });
  EXPECT_TRUE(testing::Eventually([&] { return begun.load(); }));
  service_.reset();
  watching.join();
  EXPECT_OK(ended);
}

TEST_P(AuditLog, AWitnessCosignsWhatItSawAndEverybodyReadsIt) {
  Fill(5);
  const Key mine(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
  v1::RegisterWitnessRequest enroll;
  enroll.set_public_key(RawPublicKey(mine));
  enroll.set_request_id("request-witness");
  const auto witness = Ask<v1::Witness>("cas-york", enroll);
  ASSERT_OK(witness);
  const auto newest = Must(Ask<v1::Checkpoint>("cas-york", v1::GetCheckpointRequest()));
  const auto opened = *merkle::OpenCheckpoint(newest.note(), "accord.example/audit", key_);
  EXPECT_TRUE(absl::IsNotFound(Ask<v1::Checkpoint>("ps-york", v1::GetWitnessedCheckpointRequest()).status()));
  v1::CosignCheckpointRequest cosign;
  cosign.set_note(newest.note());
  cosign.set_cosignature(merkle::CosignCheckpoint(opened, witness->key_name(), key_, absl::Now()));
  cosign.set_request_id("request-cosign-1");
  EXPECT_THAT(Ask<v1::Checkpoint>("cas-york", cosign), RefusedBy(rules::kCosignatureInvalid));
  cosign.set_cosignature(merkle::CosignCheckpoint(opened, witness->key_name(), mine, absl::Now()));
  cosign.set_request_id("request-cosign-2");
  EXPECT_THAT(Ask<v1::Checkpoint>("cas-durham", cosign), RefusedBy(rules::kCosignatureInvalid))
      << "another agency's witness";
  cosign.set_note(merkle::SignCheckpoint(opened, mine));
  EXPECT_THAT(Ask<v1::Checkpoint>("cas-york", cosign), RefusedBy(rules::kCheckpointUnknown));
  cosign.set_note(newest.note());
  ASSERT_OK(Ask<v1::Checkpoint>("cas-york", cosign));
  const auto seen = Ask<v1::Checkpoint>("ps-york", v1::GetWitnessedCheckpointRequest());
  ASSERT_OK(seen);
  EXPECT_EQ(seen->note(), newest.note() + cosign.cosignature());
  EXPECT_EQ(Must(Ask<v1::ListWitnessesResponse>("ps-york", v1::ListWitnessesRequest())).witnesses_size(), 1);

  // A replica that took no cosignature remembers it too, and one that remembers more forgets nothing.
  const testing::TempDir directory;
  WitnessedFile replica(&in_process_.database(), directory.path("witnessed.note"), "accord.example/audit",
                        key_, absl::Milliseconds(5));
  ASSERT_TRUE(testing::Eventually([&] { return std::filesystem::exists(directory.path("witnessed.note")); }));
  EXPECT_EQ(*ReadFile(directory.path("witnessed.note")), seen->note());
  struct stat file {};
  ASSERT_EQ(stat(directory.path("witnessed.note").c_str(), &file), 0);
  EXPECT_EQ(file.st_mode & 0777, 0600u);
  EXPECT_OK(replica.Remember(opened.size - 1, "older"));
  EXPECT_EQ(*ReadFile(directory.path("witnessed.note")), seen->note());
  EXPECT_OK(CheckExtendsWitnessed(&in_process_.database(), directory.path("witnessed.note"),
                                  "accord.example/audit", key_));
}

TEST_P(AuditLog, AnAgencyWitnessesWithSoManyKeysAndWithEachOnce) {
  v1::RegisterWitnessRequest enroll;
  for (int i = 0; i < 65; ++i) {
    const Key key(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
    enroll.set_public_key(RawPublicKey(key));
    enroll.set_request_id(absl::StrCat("request-witness-", i));
    const auto witness = Ask<v1::Witness>("cas-york", enroll);
    EXPECT_EQ(witness.ok(), i < 64) << i << " " << witness.status();
  }
  EXPECT_THAT(Ask<v1::Witness>("cas-york", enroll), RefusedBy(rules::kFieldInvalid));
  ASSERT_OK(Ask<v1::Witness>("ps-york", enroll));
  enroll.set_request_id("request-witness-again");
  EXPECT_THAT(Ask<v1::Witness>("ps-york", enroll), RefusedBy(rules::kFieldInvalid));
}

TEST_P(AuditLog, APageTokenOfAnotherCallerIsRefused) {
  Fill(10);
  v1::ListEntriesRequest request;
  request.set_page_size(1);
  request.set_page_token(Must(Ask<v1::ListEntriesResponse>("cas-york", request)).next_page_token());
  EXPECT_OK(Ask<v1::ListEntriesResponse>("cas-york", request));
  EXPECT_THAT(Ask<v1::ListEntriesResponse>("ps-york", request), RefusedBy(rules::kPageTokenInvalid));
}

TEST_P(AuditLog, ConcurrentAppendsLoseNothingAndARecordIsKeptOnce) {
  std::vector<std::thread> threads;
  std::atomic<int> failed{0};
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&, t] {
      // Every record is sent twice, as a gateway does that lost the first answer.
      for (int i = 0; i < 40; ++i) failed += !sequencer_->Append({Record(t * 20 + i / 2, "ps-york")}).ok();
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(failed, 0);
  EXPECT_EQ(Must(Ask<v1::Checkpoint>("ps-york", v1::GetCheckpointRequest())).tree_size(), 160);
}

TEST_P(AuditLog, ARestartContinuesTheTree) {
  Fill(70);
  auto again = Sequencer::Start(&in_process_.database(), 64);
  ASSERT_OK(again);
  EXPECT_EQ(*(*again)->Append({Record(500, "ps-york")}), 71);
}

// This is a fail-over to a server that had not everything yet.
TEST_P(AuditLog, ALogThatLostWhatWasAcknowledgedIsNotContinued) {
  Fill(3);
  ASSERT_OK(in_process_.database().Transact([](storage::Transaction& tx) -> absl::Status {
    ACCORD_RETURN_IF_ERROR(tx.Exec("delete from entry").status());
    ACCORD_RETURN_IF_ERROR(tx.Exec("delete from node").status());
    return tx.Exec("update log_head set size = 0, root = ''").status();
  }));
  for (int i = 0; i < 3; ++i) {
    EXPECT_THAT(sequencer_->Append({Record(100 + i, "ps-york")}), RefusedBy(rules::kAuditWriteFailed));
  }
}

TEST_P(AuditLog, ReplicasWriteOneLogWithoutAGapOrAFork) {
  auto other = *Sequencer::Start(&in_process_.database(), 64);
  const auto before = Must(Ask<v1::Checkpoint>("ps-york", v1::GetCheckpointRequest()));
  std::vector<std::thread> threads;
  std::atomic<int> failed{0};
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&, t] {
      Sequencer* replica = t % 2 == 0 ? sequencer_ : other.get();
      for (int i = 0; i < 50; ++i) failed += !replica->Append({Record(t * 50 + i, "ps-york")}).ok();
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(failed, 0);
  // A third one that starts now checks the stored hashes against the root.
  ASSERT_OK(Sequencer::Start(&in_process_.database(), 64));
  const auto after = Must(Ask<v1::Checkpoint>("ps-york", v1::GetCheckpointRequest()));
  EXPECT_EQ(after.tree_size(), before.tree_size() + 400);
  v1::GetInclusionProofRequest request;
  const auto entries = All("ps-york", v1::ListEntriesRequest());
  EXPECT_FALSE(entries.empty());
  for (const auto& entry : entries) {
    request.set_index(entry.index());
    const auto proof = Must(Ask<v1::InclusionProof>("ps-york", request));
    EXPECT_TRUE(merkle::VerifyInclusion(entry.leaf_hash(), entry.index(), after.tree_size(),
                                        {proof.path().begin(), proof.path().end()}, after.root_hash()));
  }
}

TEST_P(AuditLog, AnEditedEntryStopsTheNextStart) {
  Fill(5);
  ASSERT_OK(in_process_.database().Transact([](storage::Transaction& tx) {
    return tx.Exec("update entry set leaf = (select leaf from entry where idx = 0) where idx = 4").status();
  }));
  EXPECT_EQ(Sequencer::Start(&in_process_.database(), 64).status().code(), absl::StatusCode::kDataLoss);
}

TEST_P(AuditLog, SizesAndIndexesThatNeverWereAreRefused) {
  Fill(3);
  v1::GetInclusionProofRequest request;
  request.set_index(3);
  EXPECT_THAT(Ask<v1::InclusionProof>("cas-york", request), RefusedBy(rules::kIndexUnknown));
  request.set_tree_size(9);
  EXPECT_THAT(Ask<v1::InclusionProof>("cas-york", request), RefusedBy(rules::kTreeSizeUnknown));
}

}  // namespace
}  // namespace accord::audit
