#include "common/host/watching/change_feed.h"

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "accord/annotations/v1/fields.pb.h"
#include "accord/host/v1/changes.pb.h"
#include "common/access/decide.h"
#include "common/access/sensitive.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/host/watching/change_of_event.h"
#include "common/host/watching/feed.h"
#include "common/host/watching/feed_positions.h"
#include "common/host/watching/followed.h"
#include "common/storage/records/gone.h"
#include "common/storage/records/resources.h"

namespace accord::host {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::Message;

// This is the name under which positions are sealed.
constexpr char kChanges[] = "changes";
// This is the pause before a record is read again that could not be read at the moment.
constexpr absl::Duration kReadPause = absl::Seconds(1);

// This says how records of one kind are read, and by whom.
struct ReadableKind {
  // This is the kind's name in the feed.
  std::string told;
  const Method* method = nullptr;
  // If `method` lists the kind, these are an empty record of it and how it is listed. The record is null if
  // `method` gets one.
  const Message* empty = nullptr;
  const ListedKind* listed = nullptr;
  // If the kind's records are contained in another one, which `method` gets, this says how to find that one.
  // Otherwise it is null.
  const StandingKind* standing = nullptr;
  // This says whether the caller may call the method at all.
  bool allowed = false;
};
// The map is keyed by the kind under which records are stored.
using ReadableKinds = std::map<std::string, ReadableKind>;

// This gives the type of the records that a method lists, or null if it lists none.
const Descriptor* ListedType(const Method& method) {
  const Descriptor* answer = method.descriptor->output_type();
  for (int i = 0; i < answer->field_count(); ++i) {
    const Descriptor* item = answer->field(i)->message_type();
    if (item != nullptr && answer->field(i)->is_repeated() &&
        item->options().HasExtension(annotations::v1::resource)) {
      return item;
    }
  }
  return nullptr;
}

std::string SingularOf(const Descriptor* resource) {
  return resource->options().GetExtension(annotations::v1::resource).singular();
}

// This says whether another attempt to read may succeed.
bool MayReadLater(const absl::Status& status) {
  return absl::IsUnavailable(status) || absl::IsAborted(status) || absl::IsDeadlineExceeded(status) ||
         absl::IsResourceExhausted(status);
}

class ChangeFeed {
 public:
  ChangeFeed(ChangeFeedOptions options, Handlers* handlers)
      : options_(std::move(options)), handlers_(handlers) {
    positions_.emplace_back(kChanges, options_.tokens);
    for (const std::string& feed : options_.feeds) positions_.emplace_back(feed, options_.tokens);
  }

  absl::Status Watch(Call& call, const v1::WatchChangesRequest& request,
                     const std::function<bool(const v1::Change&)>& send) const;

 private:
  using Tx = storage::Transaction;
  using Told = absl::StatusOr<std::optional<v1::Change>>;

  ReadableKinds KindsFor(const Caller& caller) const;
  // This gives the requested kinds, or all if none is requested.
  absl::StatusOr<ReadableKinds> KindsAsked(const Caller& caller,
                                           const v1::WatchChangesRequest& request) const;
  absl::StatusOr<storage::Place> BeginOf(Tx& tx, const std::string& agency,
                                         const v1::WatchChangesRequest& request) const;
  // This gives the record as the caller may read it now.
  absl::StatusOr<std::unique_ptr<Message>> Read(const Call& call, const ReadableKind& kind,
                                                const storage::Event& event) const;
  // This gives what the caller is told of an event, if anything.
  Told Tell(const Call& call, const ReadableKind& kind, const storage::Event& event) const;
  Told TellOfGone(const Call& call, const ReadableKind& kind, const storage::Event& event) const;
  Told TellOfStanding(const Call& call, const ReadableKind& kind, const storage::Event& event) const;
  // This does the same once it can be decided; gives nothing once the call has ended.
  Told TellInTurn(Call& call, const ReadableKind& kind, const storage::Event& event) const;

  const ChangeFeedOptions options_;
  Handlers* const handlers_;
  // The first of these seals; all of them open.
  std::vector<FeedPositions> positions_;
};

ReadableKinds ChangeFeed::KindsFor(const Caller& caller) const {
  ReadableKinds kinds;
  std::map<std::string, std::string> stored;
  for (const auto& [kind, singular] : options_.stored_as) stored[singular] = kind;
  for (const auto& [singular, method] : handlers_->Readers()) {
    const auto other = stored.find(singular);
    kinds[other == stored.end() ? singular : other->second] = {singular, method};
  }
  for (const ListedKind& each : options_.listed) {
    const Method* method = handlers_->Find(each.list);
    const Descriptor* type = method == nullptr ? nullptr : ListedType(*method);
    if (type == nullptr) continue;
    auto* factory = google::protobuf::MessageFactory::generated_factory();
    kinds[each.kind] = {SingularOf(type), method, factory->GetPrototype(type), &each};
  }
  for (const StandingKind& each : options_.standing) {
    for (const auto& [singular, method] : handlers_->Readers()) {
      if (singular == each.within) kinds[each.kind] = {.told = singular, .method = method, .standing = &each};
    }
  }
  for (auto& [kind, readable] : kinds) readable.allowed = Decide(*readable.method, caller).ok();
  return kinds;
}

absl::StatusOr<ReadableKinds> ChangeFeed::KindsAsked(const Caller& caller,
                                                     const v1::WatchChangesRequest& request) const {
  ReadableKinds kinds = KindsFor(caller);
  if (request.kinds().empty()) return kinds;
  std::set<std::string> known;
  for (const auto& [kind, readable] : kinds) known.insert(readable.told);
  for (const std::string& asked : request.kinds()) {
    if (known.contains(asked)) continue;
    return RefuseFields({{"kinds", absl::StrCat("must be one of ", absl::StrJoin(known, ", "))}});
  }
  const std::set<std::string> asked(request.kinds().begin(), request.kinds().end());
  std::erase_if(kinds, [&](const auto& kind) { return !asked.contains(kind.second.told); });
  return kinds;
}

absl::StatusOr<storage::Place> ChangeFeed::BeginOf(Tx& tx, const std::string& agency,
                                                   const v1::WatchChangesRequest& request) const {
  if (request.watch_token().empty()) return storage::LastPlace(tx);
  absl::StatusOr<storage::Place> place = positions_.front().Open(tx, agency, request.watch_token());
  for (std::size_t i = 1; i < positions_.size() && absl::IsInvalidArgument(place.status()); ++i) {
    place = positions_[i].Open(tx, agency, request.watch_token());
  }
  return place;
}

absl::StatusOr<std::unique_ptr<Message>> ChangeFeed::Read(const Call& call, const ReadableKind& kind,
                                                          const storage::Event& event) const {
  if (!kind.allowed) return NotFound();
  if (kind.listed == nullptr) return handlers_->ReadByName(*kind.method, call, event.name);
  const Caller& caller = call.caller();
  storage::Resources records(event.kind, options_.tokens);
  std::unique_ptr<Message> record(kind.empty->New());
  ACCORD_RETURN_IF_ERROR(handlers_->database()->Read([&](Tx& tx) -> absl::Status {
    if (kind.listed->read != nullptr) return kind.listed->read(caller, tx, event.name, record.get());
    const absl::Status own = records.Get(tx, event.name, caller.agency, record.get());
    const bool office = caller.kind == annotations::v1::AGENCY_KIND_COORDINATION_OFFICE;
    if (!absl::IsNotFound(own) || !office) return own;
    return records.Get(tx, event.name, options_.office, record.get());
  }));
  MaskSensitive(record.get(), DecideClasses(*kind.method, caller));
  return record;
}

ChangeFeed::Told ChangeFeed::Tell(const Call& call, const ReadableKind& kind,
                                  const storage::Event& event) const {
  if (kind.standing != nullptr) return TellOfStanding(call, kind, event);
  const Caller& caller = call.caller();
  const auto record = Read(call, kind, event);
  const bool gone = storage::TellsThatItIsGone(event);
  if (record.ok()) {
    // The record is gone for others, but this reader still sees it.
    if (gone) return std::nullopt;
    return ChangeOfEvent(event, kind.told, **record, DecideClasses(*kind.method, caller), caller.agency);
  }
  if (MayReadLater(record.status()) || absl::IsInternal(record.status())) return record.status();
  if (gone) return TellOfGone(call, kind, event);
  return std::nullopt;
}

ChangeFeed::Told ChangeFeed::TellOfGone(const Call& call, const ReadableKind& kind,
                                        const storage::Event& event) const {
  ACCORD_ASSIGN_OR_RETURN(const auto gone, handlers_->database()->Read([&](Tx& tx) {
    return storage::GoneFrom(tx, event.kind, event.name, call.caller().agency);
  }));
  if (!gone) return std::nullopt;
  const bool purged = *gone == storage::Gone::kPurged;
  const Method* tombstones = handlers_->Find(options_.tombstones);
  const bool may_know =
      purged ? tombstones != nullptr && Decide(*tombstones, call.caller()).ok() : kind.allowed;
  if (!may_know) return std::nullopt;
  v1::Change change;
  change.set_kind(kind.told);
  change.set_name(event.name);
  *change.mutable_time() = ToProto(event.at);
  change.set_gone(purged ? v1::GONE_PURGED : v1::GONE_RECALLED);
  return change;
}

ChangeFeed::Told ChangeFeed::TellOfStanding(const Call& call, const ReadableKind& kind,
                                            const storage::Event& event) const {
  if (!kind.allowed || storage::TellsThatItIsGone(event)) return std::nullopt;
  const auto name = handlers_->database()->Read(
      [&](Tx& tx) { return kind.standing->container(call.caller(), tx, event.name); });
  if (absl::IsNotFound(name.status())) return std::nullopt;
  ACCORD_RETURN_IF_ERROR(name.status());
  ReadableKind container = kind;
  container.standing = nullptr;
  storage::Event change = event;
  change.kind = kind.told;
  change.name = *name;
  return Tell(call, container, change);
}

ChangeFeed::Told ChangeFeed::TellInTurn(Call& call, const ReadableKind& kind,
                                        const storage::Event& event) const {
  while (!call.ended()) {
    Told told = std::nullopt;
    handlers_->feed().InTurn(call, call.caller().agency, [&] { told = Tell(call, kind, event); });
    if (!MayReadLater(told.status())) return told;
    call.waiter()->Wait(kReadPause);
  }
  return std::nullopt;
}

absl::Status ChangeFeed::Watch(Call& call, const v1::WatchChangesRequest& request,
                               const std::function<bool(const v1::Change&)>& send) const {
  const Caller& caller = call.caller();
  ACCORD_ASSIGN_OR_RETURN(const ReadableKinds kinds, KindsAsked(caller, request));
  ACCORD_ASSIGN_OR_RETURN(const storage::Place begin, handlers_->database()->Read([&](Tx& tx) {
    return BeginOf(tx, caller.agency, request);
  }));
  Followed of{.viewer = caller.agency, .whole_agency = true};
  if (kinds.size() == 1) of.kind = kinds.begin()->first;
  if (caller.kind == annotations::v1::AGENCY_KIND_COORDINATION_OFFICE) of.also = options_.office;
  absl::Status failed;
  const auto tell = [&](const storage::Event* event, const storage::Place& place) {
    v1::Change change;
    if (event != nullptr) {
      const auto kind = kinds.find(event->kind);
      if (kind == kinds.end()) return true;
      Told told = TellInTurn(call, kind->second, *event);
      failed = told.status();
      if (!failed.ok() || call.ended()) return false;
      if (!told->has_value()) return true;
      change = **std::move(told);
      if (!request.assignee().empty() && change.assignee() != request.assignee()) return true;
    } else if (!request.progress()) {
      return true;
    }
    change.set_watch_token(positions_.front().Seal(caller.agency, place));
    return send(change);
  };
  const absl::Status followed = handlers_->feed().Follow(call, begin, of, tell);
  return failed.ok() ? followed : failed;
}

}  // namespace

void RegisterChangeFeed(ChangeFeedOptions options, Handlers* handlers) {
  const std::string path = absl::StrCat("/", options.package, ".ChangeService/WatchChanges");
  handlers->SealPositions(kChanges, options.tokens);
  RegisterRecordHistory({options.package, options.tokens, options.stored_as, options.shown}, handlers);
  const auto feed = std::make_shared<ChangeFeed>(std::move(options), handlers);
  handlers->Stream<v1::WatchChangesRequest, v1::Change>(
      path, [feed](Call& call, const v1::WatchChangesRequest& request, const auto& send) {
        return feed->Watch(call, request, send);
      });
}

}  // namespace accord::host
