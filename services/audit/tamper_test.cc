// This is what somebody who holds the database can do to the log, and each of it is found by those who do not
// trust it.
#include <gmock/gmock.h>
#include <openssl/evp.h>

#include <filesystem>
#include <fstream>
#include <random>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/testing/in_process.h"
#include "common/testing/matchers.h"
#include "common/testing/seed.h"
#include "services/audit/audit_service.h"

namespace accord::audit {
namespace {

using testing::FailsWith;
using testing::Must;
using testing::RefusedBy;

constexpr int kRecords = 1000;
constexpr char kOrigin[] = "accord.example/audit";

struct Row {
  std::string salt, record;
  std::string Leaf() const { return merkle::LeafHash(salt + record); }
};

std::string RootOf(const std::vector<std::string>& leaves) {
  merkle::Frontier frontier;
  for (const auto& leaf : leaves) frontier.Append(leaf, [](int, int64_t, const std::string&) {});
  return frontier.Root();
}

class Tamper : public ::testing::Test {
 protected:
  template <class Fn>
  auto Read(Fn fn) {
    return Must(in_process_.database().Read(fn));
  }
  Tamper() : in_process_(Migrations()), key_(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519")) {
    auto sequencer = *Sequencer::Start(&in_process_.database(), 4096);
    std::vector<v1::AuditRecord> records;
    for (int i = 0; i < kRecords; ++i) {
      v1::AuditRecord& record = records.emplace_back();
      record.set_call_id(absl::StrCat("call-", i));
      record.set_agency(i % 2 ? "ps-york" : "cas-york");
      record.set_method("/accord.protocols.v1.ReferralService/GetReferral");
      record.set_phase(v1::PHASE_COMPLETE);
    }
    EXPECT_OK(sequencer->Append(records));
    const auto rows = Read([](storage::Transaction& tx) {
      return tx.Query<std::string, std::string>("select salt, record from entry order by idx");
    });
    for (const auto& [salt, record] : rows) {
      rows_.push_back({*Unbase64(salt), *Unbase64(record)});
      leaves_.push_back(rows_.back().Leaf());
    }
    note_ = merkle::SignCheckpoint({kOrigin, kRecords, RootOf(leaves_)}, key_);
    signed_ = *merkle::OpenCheckpoint(note_, kOrigin, key_);
  }
  static std::vector<storage::Migration> Migrations() { return storage::WithCore(AuditMigrations()); }
  merkle::Proof ProofOf(int64_t index) {
    return Read(
        [&](storage::Transaction& tx) { return merkle::InclusionProof(HashesOf(tx), index, kRecords); });
  }
  bool Holds(const std::string& leaf, int64_t index, const merkle::Proof& proof) const {
    return merkle::VerifyInclusion(leaf, index, signed_.size, proof, signed_.root);
  }
  // This gives what the witness remembers, outside the database.
  std::string WitnessFile() {
    const std::string file = directory_.path("witnessed.note");
    std::ofstream(file) << note_;
    return file;
  }

  testing::InProcess in_process_;
  testing::TempDir directory_;
  Key key_;
  std::vector<Row> rows_;
  std::vector<std::string> leaves_;
  std::string note_;
  merkle::Checkpoint signed_;
};

TEST_F(Tamper, EverySingleBitOfEveryRecordAndSalt) {
  int64_t edits = 0, found = 0;
  for (int i = 0; i < kRecords; ++i) {
    const merkle::Proof proof = ProofOf(i);
    const Row& row = rows_[static_cast<std::size_t>(i)];
    ASSERT_TRUE(Holds(row.Leaf(), i, proof)) << i;
    std::string bytes = row.salt + row.record;
    for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
      bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ (1 << bit % 8));
      ++edits;
      found += !Holds(merkle::LeafHash(bytes), i, proof);
      bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ (1 << bit % 8));
    }
  }
  EXPECT_EQ(found, edits);
  std::cout << found << " of " << edits << " single-bit edits found\n";
}

TEST_F(Tamper, EverySingleBitOfACheckpoint) {
  for (std::size_t bit = 0; bit < note_.size() * 8; ++bit) {
    std::string note = note_;
    note[bit / 8] = static_cast<char>(note[bit / 8] ^ (1 << bit % 8));
    EXPECT_THAT(merkle::OpenCheckpoint(note, kOrigin, key_).status(),
                FailsWith(absl::StatusCode::kDataLoss, "checkpoint: "))
        << "bit " << bit;
  }
}

TEST_F(Tamper, EveryDeletionWithTheRestMovedUp) {
  for (std::size_t i = 0; i < leaves_.size(); ++i) {
    std::vector<std::string> rest = leaves_;
    rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(i));
    ASSERT_NE(RootOf(rest), signed_.root) << i;
  }
}

TEST_F(Tamper, EverySwapOfNeighboursAndAThousandOthers) {
  std::mt19937 random(testing::SeedOr(7));
  for (std::size_t n = 0; n + 1 < 2 * leaves_.size(); ++n) {
    std::vector<std::string> swapped = leaves_;
    const std::size_t a = n + 1 < leaves_.size() ? n : random() % leaves_.size();
    const std::size_t b = n + 1 < leaves_.size() ? n + 1 : random() % leaves_.size();
    if (a == b) continue;
    std::swap(swapped[a], swapped[b]);
    ASSERT_NE(RootOf(swapped), signed_.root) << a << " " << b;
  }
}

TEST_F(Tamper, EveryTruncationOfTheTail) {
  for (int64_t size = 1; size < kRecords; ++size) {
    const std::vector<std::string> kept(leaves_.begin(), leaves_.begin() + size);
    const std::string root = RootOf(kept);
    ASSERT_NE(root, signed_.root) << size;
    // Presented as a later state of the same log, with the best proof there is.
    const merkle::Proof proof = Read(
        [&](storage::Transaction& tx) { return merkle::ConsistencyProof(HashesOf(tx), size, kRecords); });
    ASSERT_FALSE(merkle::VerifyConsistency(kRecords, size, signed_.root, root, proof)) << size;
  }
}

TEST_F(Tamper, ATruncatedDatabaseDoesNotStartBesideAWitness) {
  const std::string file = WitnessFile();
  EXPECT_OK(CheckExtendsWitnessed(&in_process_.database(), file, kOrigin, key_));
  // This is what an old backup holds: entries, hashes and the head of an earlier time.
  const std::vector<std::string> kept(leaves_.begin(), leaves_.begin() + 600);
  ASSERT_OK(in_process_.database().Transact([&](storage::Transaction& tx) -> absl::Status {
    ACCORD_RETURN_IF_ERROR(tx.Exec("delete from entry where idx >= 600").status());
    ACCORD_RETURN_IF_ERROR(tx.Exec("delete from node where level = 8 and idx >= 2").status());
    return tx.Exec("update log_head set size = 600, root = :p1", Base64(RootOf(kept))).status();
  }));
  EXPECT_OK(Sequencer::Start(&in_process_.database(), 64)) << "by itself it looks whole";
  EXPECT_THAT(CheckExtendsWitnessed(&in_process_.database(), file, kOrigin, key_),
              RefusedBy(rules::kLogRewound));
}

// A link that leads to itself cannot be followed, whoever tries.
TEST_F(Tamper, AWitnessThatCannotBeLookedUpDoesNotPassForNone) {
  const std::string file = directory_.path("circle");
  std::filesystem::create_symlink("circle", file);
  EXPECT_THAT(CheckExtendsWitnessed(&in_process_.database(), file, kOrigin, key_),
              RefusedBy(rules::kFileMissing));
}

TEST_F(Tamper, AFullRechainWithoutTheKeyHasNoSignature) {
  std::vector<std::string> leaves = leaves_;
  leaves[3] = merkle::LeafHash(rows_[3].salt + rows_[4].record);
  const merkle::Checkpoint forged{kOrigin, kRecords, RootOf(leaves)};
  ASSERT_NE(forged.root, signed_.root);
  const Key other(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
  EXPECT_THAT(merkle::OpenCheckpoint(merkle::SignCheckpoint(forged, other), kOrigin, key_).status(),
              FailsWith(absl::StatusCode::kDataLoss, "is not signed by this key"));
}

TEST_F(Tamper, AFullRechainEvenWithTheKeyContradictsTheWitness) {
  const std::string file = WitnessFile();
  // Every hash of the database is computed anew over a record that says something else, and more stands
  // on top.
  std::vector<v1::AuditRecord> records;
  for (const Row& row : rows_) records.emplace_back().ParseFromString(row.record);
  records[3].set_agency("nobody");
  records.emplace_back().set_call_id("one more");
  testing::InProcess forged(Migrations());
  ASSERT_OK((*Sequencer::Start(&forged.database(), 4096))->Append(records));
  EXPECT_THAT(CheckExtendsWitnessed(&forged.database(), file, kOrigin, key_), RefusedBy(rules::kLogRewound));
  const auto head = forged.database().Read(ReadHead);
  const auto proof = forged.database().Read([](storage::Transaction& tx) {
    return merkle::ConsistencyProof(HashesOf(tx), kRecords, kRecords + 1);
  });
  EXPECT_FALSE(merkle::VerifyConsistency(kRecords, kRecords + 1, signed_.root, head->root, *proof));
}

TEST_F(Tamper, ACosignatureIsOfOneWitnessOverOneCheckpoint) {
  const Key witness(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
  const std::string name = "accord.example/audit/witness/cas-york";
  const std::string line =
      merkle::CosignCheckpoint(signed_, name, witness, absl::FromUnixSeconds(1764000000));
  const auto time = merkle::OpenCosignature(line, signed_, name, witness);
  ASSERT_OK(time);
  EXPECT_EQ(absl::ToUnixSeconds(*time), 1764000000);
  merkle::Checkpoint other = signed_;
  other.size -= 1;
  const auto not_its_own = FailsWith(absl::StatusCode::kDataLoss, "not of this witness over this checkpoint");
  EXPECT_THAT(merkle::OpenCosignature(line, other, name, witness).status(), not_its_own);
  EXPECT_THAT(merkle::OpenCosignature(line, signed_, name, key_).status(), not_its_own);
  for (std::size_t bit = 0; bit < line.size() * 8; ++bit) {
    std::string changed = line;
    changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << bit % 8));
    EXPECT_THAT(merkle::OpenCosignature(changed, signed_, name, witness).status(), not_its_own)
        << "bit " << bit;
  }
  // The log's own signature still opens with the line appended.
  EXPECT_OK(merkle::OpenCheckpoint(note_ + line, kOrigin, key_));
}

}  // namespace
}  // namespace accord::audit
