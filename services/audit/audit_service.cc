#include "services/audit/audit_service.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/storage/records/resources.h"
#include "services/audit/log/entry_filter.h"
#include "services/audit/log/entry_pages.h"
#include "services/audit/log/record_form.h"

namespace accord::audit {
namespace {

// This is how long a watch without news waits before it looks whether its caller is still there.
constexpr absl::Duration kWatchPatience = absl::Milliseconds(500);

v1::Disclosure DisclosureOf(const v1::Entry& entry, const std::string& owner) {
  v1::Disclosure disclosure;
  disclosure.set_index(entry.index());
  *disclosure.mutable_time() = entry.record().time();
  disclosure.set_agency(entry.record().agency());
  disclosure.set_actor(entry.record().actor());
  disclosure.set_method(entry.record().method());
  disclosure.set_purpose(entry.record().purpose());
  if (entry.record().agency().empty()) disclosure.set_service(entry.record().service());
  for (const auto& resource : entry.record().resources()) {
    if (resource.owner() == owner) disclosure.add_resources(resource.name());
  }
  return disclosure;
}

}  // namespace

AuditService::AuditService(storage::Database* database, const storage::PageTokens* tokens,
                           std::unique_ptr<Sequencer> sequencer, std::string origin, Key checkpoint_key,
                           AuditOptions options)
    : database_(database),
      tokens_(tokens),
      sequencer_(std::move(sequencer)),
      origin_(std::move(origin)),
      key_(std::move(checkpoint_key)),
      witnessed_file_(database, std::move(options.witnessed_file), origin_, key_),
      witnesses_(tokens, origin_, &key_, &witnessed_file_),
      reconciler_(database, sequencer_.get(), std::move(options.revisions), std::move(options.proofs),
                  absl::Seconds(options.reconcile_seconds > 0 ? options.reconcile_seconds : 5)),
      collector_(options.watch == nullptr
                     ? nullptr
                     : std::make_unique<Collector>(database, &reconciler_, std::move(options.watch),
                                                   options.collection)),
      page_bytes_(options.page_bytes > 0 ? options.page_bytes : EntryQuery().max_bytes),
      tail_(database) {}

void AuditService::Register(host::Handlers* handlers) {
  using S = AuditService;
  handlers->Raw<v1::AppendRecordsRequest, v1::AppendRecordsResponse>(
      "/accord.audit.v1.AuditWriterService/AppendRecords", std::bind_front(&S::Append, this));
  handlers->Bind("accord.audit.v1.AuditService", this, &S::List, &S::GetCheckpoint, &S::ProveInclusion,
                 &S::ProveConsistency, &S::GetTiles, &S::Watch, &S::Recover);
  witnesses_.Register(handlers);
  if (collector_ != nullptr) collector_->Start();
}

absl::StatusOr<v1::AppendRecordsResponse> AuditService::Append(host::Call&, const std::string& request) {
  ACCORD_ASSIGN_OR_RETURN(std::vector<v1::AuditRecord> records, ReadRecords(request));
  ACCORD_ASSIGN_OR_RETURN(int64_t size, sequencer_->Append(std::move(records)));
  v1::AppendRecordsResponse response;
  response.set_tree_size(size);
  return response;
}

absl::StatusOr<v1::ListEntriesResponse> AuditService::List(host::Call& call, Tx& tx,
                                                           const v1::ListEntriesRequest& request) {
  const std::string& agency = call.caller().agency;
  const std::string scope = EntryFilterScope(agency, request);
  int64_t position = -1;
  if (!request.page_token().empty()) {
    ACCORD_ASSIGN_OR_RETURN(const std::string begins, tokens_->Open(scope, request.page_token()));
    if (!absl::SimpleAtoi(begins, &position) || position < 0) {
      return RefuseFields({{"page_token", "is not valid"}});
    }
  }
  ACCORD_ASSIGN_OR_RETURN(EntryQuery query, EntryFilterQuery(tx, agency, request, position));
  ACCORD_ASSIGN_OR_RETURN(query.limit, storage::PageSize(request.page_size()));
  query.max_bytes = page_bytes_;
  ACCORD_ASSIGN_OR_RETURN(EntryPage page, ListEntries(tx, query));
  v1::ListEntriesResponse response;
  ACCORD_ASSIGN_OR_RETURN(const int64_t moved_before, MovedBefore(tx));
  response.set_moved_before(moved_before);
  if (page.next_index >= 0) {
    response.set_next_page_token(tokens_->Seal(scope, absl::StrCat(page.next_index)));
  }
  for (auto& entry : page.entries) *response.add_entries() = std::move(entry);
  return response;
}

absl::StatusOr<int64_t> AuditService::WatchBeginOf(const v1::WatchDisclosuresRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(const Head head, database_->Read(ReadHead));
  if (request.after_index() == 0) return head.size;
  if (request.after_index() == -1) return 0;
  if (request.after_index() < 0 || request.after_index() >= head.size) {
    return Refuse(rules::kIndexUnknown, "The log has no such entry.");
  }
  return request.after_index() + 1;
}

absl::Status AuditService::Watch(host::Call& call, const v1::WatchDisclosuresRequest& request,
                                 const std::function<bool(const v1::Disclosure&)>& send) {
  EntryQuery query;
  query.agency = call.caller().agency;
  query.as_owner_only = true;
  query.limit = 100;
  query.max_bytes = page_bytes_;
  ACCORD_ASSIGN_OR_RETURN(query.from_index, WatchBeginOf(request));
  DisclosureTail::Watch watch(&tail_, query.agency);
  if (request.progress()) {
    v1::Disclosure place;
    place.set_index(query.from_index - 1);
    if (!send(place)) return absl::OkStatus();
  }
  while (!call.ended() && !watch.over()) {
    if (!watch.Await(query.from_index, kWatchPatience)) continue;
    if (!reading_.Enter(query.agency, [&call] { return call.ended(); })) break;
    const auto page = database_->Read([&](Tx& tx) { return ListEntries(tx, query); });
    reading_.Leave(query.agency);
    // If the database is unavailable for a while, the watch goes on later from the same place.
    if (absl::IsUnavailable(page.status())) {
      call.WaitForChange(kWatchPatience);
      continue;
    }
    ACCORD_RETURN_IF_ERROR(page.status());
    for (const auto& entry : page->entries) {
      if (!send(DisclosureOf(entry, query.agency))) return absl::OkStatus();
      query.from_index = entry.index() + 1;
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<v1::RecoverRecordsResponse> AuditService::Recover(host::Call& call,
                                                                 const v1::RecoverRecordsRequest& request) {
  return reconciler_.Recover(request, call.now());
}

}  // namespace accord::audit
