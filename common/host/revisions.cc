#include "common/host/revisions.h"

#include "absl/time/clock.h"
#include "accord/host/v1/revisions.pb.h"
#include "common/access/names.h"
#include "common/storage/records/feed.h"
#include "common/storage/records/resources.h"
#include "common/storage/retention/history.h"

namespace accord::host {
namespace {

constexpr int kKeysAtOnce = 1000;
constexpr absl::Duration kRevisionLook = absl::Seconds(1);
// Changes within this time are reported together, because the log compares changes only seconds later.
constexpr absl::Duration kTogether = absl::Milliseconds(100);

void AddRevisionKey(const storage::RevisionKey& key, v1::ListRevisionKeysResponse* response) {
  v1::RevisionKey& out = *response->add_revisions();
  out.set_sequence(key.position);
  *out.mutable_time() = accord::ToProto(key.at);
  out.set_agency(key.agency);
  out.set_actor(key.actor);
  out.set_request_id(key.request_id);
  out.set_name(key.name);
  out.set_version(key.version);
}

// This adds a change with its proof. The changes of one call are mostly adjacent.
void AddProvenRevision(const storage::RevisionKey& key, v1::ListRevisionKeysResponse* response) {
  AddRevisionKey(key, response);
  response->mutable_revisions()->rbegin()->set_hidden(!key.seen && OwnerOf(key.name) != key.agency);
  if (key.proof.empty()) return;
  const int told = response->assertions_size();
  if (told == 0 || response->assertions(told - 1) != key.proof) response->add_assertions(key.proof);
  response->mutable_revisions()->rbegin()->set_assertion(response->assertions_size());
}

absl::StatusOr<v1::ListRevisionKeysResponse> ListRevisionKeys(Call& call, storage::Transaction& tx,
                                                              const v1::ListRevisionKeysRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(const int size, storage::PageSize(request.page_size()));
  ACCORD_ASSIGN_OR_RETURN(const auto keys,
                          storage::RevisionKeysAfter(tx, request.after_sequence(), size, request.platform()));
  v1::ListRevisionKeysResponse response;
  for (const auto& key : keys) {
    // Owners are told when people read the names of their records. The log's own comparison is recorded as a
    // call, but without names: reported as disclosures it would hide the ones that matter.
    if (call.caller().kind == annotations::v1::AGENCY_KIND_PLATFORM_LOG) {
      AddProvenRevision(key, &response);
    } else {
      AddRevisionKey(key, &response);
      call.Disclose(key.name);
    }
  }
  return response;
}

absl::Status WatchRevisionKeys(storage::Database* database, Call& call,
                               const v1::WatchRevisionKeysRequest& request,
                               const std::function<bool(const v1::ListRevisionKeysResponse&)>& send) {
  int64_t after = request.after_sequence();
  // Only the log may call this, and it continues after what it has compared and recorded.
  ACCORD_RETURN_IF_ERROR(
      database->Transact([&](storage::Transaction& tx) { return storage::NoteSettled(tx, after); }));
  while (!call.ended()) {
    const auto keys = database->Read([&](storage::Transaction& tx) {
      return storage::RevisionKeysAfter(tx, after, kKeysAtOnce, request.platform());
    });
    if (!keys.ok() && !absl::IsUnavailable(keys.status())) return keys.status();
    if (!keys.ok() || keys->empty()) {
      call.WaitForChange(kRevisionLook);
      absl::SleepFor(kTogether);
      continue;
    }
    v1::ListRevisionKeysResponse response;
    for (const auto& key : *keys) AddProvenRevision(key, &response);
    if (!send(response)) return absl::OkStatus();
    after = keys->back().position;
  }
  return absl::OkStatus();
}

}  // namespace

void RegisterRevisions(const std::string& package, Handlers* handlers) {
  const std::string service = "/" + package + ".RevisionService/";
  handlers->Read<v1::ListRevisionKeysRequest, v1::ListRevisionKeysResponse>(service + "ListRevisionKeys",
                                                                            ListRevisionKeys);
  handlers->Stream<v1::WatchRevisionKeysRequest, v1::ListRevisionKeysResponse>(
      service + "WatchRevisionKeys",
      [database = handlers->database()](Call& call, const v1::WatchRevisionKeysRequest& request,
                                        const auto& send) {
        return WatchRevisionKeys(database, call, request, send);
      });
}

}  // namespace accord::host
