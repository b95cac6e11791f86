#include "tests/bench/export_check.h"

#include <openssl/evp.h>

#include <cstdio>
#include <filesystem>
#include <vector>

#include "absl/strings/str_cat.h"
#include "accord/audit/v1/audit_service.pb.h"
#include "clients/accordctl/audit/audit_export.h"
#include "clients/accordctl/audit/export_writer.h"
#include "common/testing/temp_dir.h"
#include "tests/bench/compare.h"

namespace accord::bench {
namespace {

// These are all complete subtrees of a tree, by level and index.
class WholeTree {
 public:
  void Append(std::string leaf) {
    if (levels_.empty()) levels_.emplace_back();
    levels_[0].push_back(leaf);
    frontier_.Append(std::move(leaf), [&](int level, int64_t, const std::string& hash) {
      const auto at = static_cast<std::size_t>(level);
      if (levels_.size() <= at) levels_.emplace_back();
      levels_[at].push_back(hash);
    });
  }
  std::string Root() const { return frontier_.Root(); }
  merkle::Source source() const {
    return [this](int level, int64_t index) -> absl::StatusOr<std::string> {
      return levels_[static_cast<std::size_t>(level)][static_cast<std::size_t>(index)];
    };
  }

 private:
  std::vector<std::vector<std::string>> levels_;
  merkle::Frontier frontier_;
};

}  // namespace

double CheckExport(int64_t entries, const std::function<audit::v1::AuditRecord(int64_t)>& record_of) {
  const testing::TempDir directory;
  const Key key(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
  const auto entry_of = [&](int64_t n) {
    audit::v1::Entry entry;
    entry.set_index(n);
    entry.set_salt(absl::StrCat(1000000000000000 + n));
    entry.set_record_bytes(record_of(n).SerializeAsString());
    return entry;
  };
  WholeTree tree;
  for (int64_t n = 0; n < entries; ++n) {
    const audit::v1::Entry entry = entry_of(n);
    tree.Append(merkle::LeafHash(entry.salt() + entry.record_bytes()));
  }
  const std::string path = directory.path("export.jsonl");
  const ctl::Trust trust;
  auto writer =
      ctl::ExportWriter::Create(path, merkle::SignCheckpoint({trust.origin, entries, tree.Root()}, key));
  Require(writer.ok());
  for (int64_t n = 0; n < entries; ++n) {
    Require(writer->Add(entry_of(n), *merkle::InclusionProof(tree.source(), n, entries)).ok());
    if (n % 250'000 == 0)
      std::fprintf(stderr, "  %lld of %lld written\n", static_cast<long long>(n),
                   static_cast<long long>(entries));
  }
  Require(writer->Close().ok());
  std::printf("export of %lld entries: %lld MB\n", static_cast<long long>(entries),
              static_cast<long long>(std::filesystem::file_size(path) >> 20));
  return Timed([&] { Require(ctl::VerifyExport(path, trust, key).ok()); }) / 1e6;
}

}  // namespace accord::bench
