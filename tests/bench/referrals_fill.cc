#include "tests/bench/referrals_fill.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <memory>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "common/access/sensitive.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/listing/fields.h"
#include "common/listing/index_rows.h"
#include "common/storage/database/row_set.h"
#include "common/storage/records/visible_rows.h"
#include "common/storage/sealing/body.h"
#include "services/protocols/protocol_store.h"
#include "services/protocols/referrals/referral_service.h"

namespace accord::protocols {
namespace {

using storage::RowSet;
using storage::Transaction;

constexpr int kBatch = 5000;
// This migration begins to keep counts of referrals. It and those after it are applied later.
constexpr int kCounts = 104;

void Require(const absl::Status& status) {
  if (status.ok()) return;
  std::fprintf(stderr, "%s\n", status.ToString().c_str());
  std::abort();
}

// This gives the body that storage::Resources stores for a referral.
std::string BodyOf(const Transaction& tx, const v1::Referral& referral) {
  v1::Referral open = referral;
  const std::string taken = TakeSensitive(&open)->SerializeAsString();
  return absl::StrCat("=", Base64(open.SerializeAsString()), "\n",
                      tx.keyring()->Seal(absl::StrCat("referral\n", referral.name()), taken));
}

// These are the rows of many referrals, for each table that has any.
class Rows {
 public:
  void Add(Transaction& tx, const v1::Referral& referral, long long place) {
    const std::string body = BodyOf(tx, referral), key = storage::SealKeyOfBody(body);
    const storage::Placement placement = PlacementOf(tx, referral);
    const std::string request = absl::StrCat("fill-", place);
    resources_.Add(
        {"referral", referral.name(), placement.owner, placement.state, 1LL, place, place, body, key, 1LL});
    revisions_.Add({"referral", referral.name(), 1LL, place, placement.owner, "w", request, body, key});
    events_.Add(
        {"referral", referral.name(), placement.owner, placement.state, place, request, 0LL, place, 1LL});
    due_.Add({"referral", referral.name(), absl::ToUnixMicros(absl::Now() + absl::Hours(24 * 365))});
    const listing::ResourceRows listed = listing::IndexRows(referral);
    for (const auto& [field, value] : listed.own) {
      AddVisible(storage::kOwnRows, field, value, referral.name());
    }
    for (const std::string& party : placement.parties) {
      AddVisible(party, "", "", referral.name());
      for (const auto& [field, value] : placement.fields) AddField(party, field, value, referral.name());
      for (const auto& [field, value] : listed.of_viewers) {
        AddVisible(party, field, value, referral.name());
      }
    }
    for (const std::string& viewer : placement.counted_by) {
      for (const auto& [field, value] : placement.fields) {
        if (absl::StrContains(field, "@")) AddField(viewer, field, value, referral.name());
      }
    }
  }
  absl::Status Insert(Transaction& tx) const {
    for (const RowSet* rows : {&resources_, &revisions_, &events_, &due_, &visible_}) {
      ACCORD_RETURN_IF_ERROR(rows->Insert(tx, RowSet::kFail));
    }
    return absl::OkStatus();
  }

 private:
  void AddField(const std::string& party, const std::string& field, const std::string& value,
                const std::string& name) {
    const std::pair<std::string, std::string> parts = absl::StrSplit(field, absl::MaxSplits('@', 1));
    if (parts.second.empty() || parts.second == party) AddVisible(party, parts.first, value, name);
  }
  void AddVisible(const std::string& party, const std::string& field, const std::string& value,
                  const std::string& name) {
    visible_.Add({"referral", party, field, value, name});
  }

  static std::vector<RowSet::Column> Columns(std::initializer_list<const char*> texts_and_numbers) {
    std::vector<RowSet::Column> columns;
    for (const std::string each : texts_and_numbers) {
      const bool number = each.back() == '#';
      columns.push_back(
          {number ? each.substr(0, each.size() - 1) : each, number ? RowSet::kNumber : RowSet::kText});
    }
    return columns;
  }
  RowSet resources_{"resource", Columns({"kind", "name", "owner", "state", "version#", "create_us#",
                                         "update_us#", "body", "seal_key", "listed#"})};
  RowSet revisions_{"revision", Columns({"kind", "name", "version#", "at_us#", "agency", "actor",
                                         "request_id", "body", "seal_key"})};
  RowSet events_{"event", Columns({"kind", "name", "owner", "state", "at_us#", "request_id", "tx#",
                                   "position#", "version#"})};
  RowSet due_{"due", Columns({"kind", "name", "at_us#"})};
  RowSet visible_{"visible", Columns({"kind", "agency", "field", "value", "name"})};
};

}  // namespace

void FillReferrals(const std::string& dsn, std::shared_ptr<const storage::Keyring> keyring,
                   v1::Referral referral, int count) {
  auto database = storage::Database::Open({dsn, 1, std::move(keyring)});
  Require(database.status());
  auto migrations = storage::WithCore(ProtocolMigrations());
  std::erase_if(migrations, [](const auto& step) { return step.version >= kCounts; });
  Require((*database)->Migrate(migrations));
  const absl::Time begun = absl::Now();
  for (int done = 0; done < count;) {
    const int end = std::min(count, done + kBatch);
    Require((*database)->Transact([&](Transaction& tx) -> absl::Status {
      Rows rows;
      for (int i = done; i < end; ++i) {
        referral.set_name(absl::StrCat("agencies/cas-york/referrals/", NewId(absl::Now())));
        referral.set_subject_ref(absl::StrCat("subject-", i));
        // One referral is sent each second, up to the present.
        const absl::Time sent = begun - absl::Seconds(count - i);
        const bool soon = i % 3 == 0;
        referral.set_urgency(soon ? v1::URGENCY_H12 : v1::URGENCY_D7);
        *referral.mutable_create_time() = ToProto(sent);
        *referral.mutable_acknowledge_due() = ToProto(sent + absl::Hours(soon ? 12 : 24 * 7));
        rows.Add(tx, referral, i + 1);
      }
      return rows.Insert(tx);
    }));
    done = end;
    if (done % 100'000 == 0) std::fprintf(stderr, "  %d of %d filled\n", done, count);
  }
  const absl::Time filled = absl::Now();
  Require((*database)->Migrate(storage::WithCore(ProtocolMigrations())));
  if (count >= 100'000) {
    std::fprintf(stderr, "  counted by the migration in %.1f s\n",
                 absl::ToDoubleSeconds(absl::Now() - filled));
  }
  Require((*database)->Transact([](Transaction& tx) { return tx.Exec("analyze").status(); }));
}

}  // namespace accord::protocols
