// This is the table of a service's handlers, with all that happens around a call: checks of access and
// fields, transaction, idempotency, and the touched resources for the audit. It knows nothing of gRPC.
#ifndef ACCORD_COMMON_HOST_CALLS_HANDLERS_H_
#define ACCORD_COMMON_HOST_CALLS_HANDLERS_H_

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "accord/annotations/v1/law.pb.h"
#include "accord/caller/v1/caller.pb.h"
#include "accord/host/v1/status.pb.h"
#include "common/access/assertion.h"
#include "common/access/method.h"
#include "common/access/separation.h"
#include "common/base/law_in_force.h"
#include "common/host/calls/call.h"
#include "common/host/calls/origin.h"
#include "common/host/calls/parts.h"
#include "common/host/calls/read_mask.h"
#include "common/host/calls/reply.h"
#include "common/host/calls/separation.h"
#include "common/host/watching/feed.h"
#include "common/host/watching/feed_positions.h"
#include "common/storage/database/database.h"
#include "common/storage/database/rehearse.h"
#include "common/storage/records/idempotency.h"
#include "common/storage/records/resources.h"

namespace accord::host {

class Handlers {
 public:
  // This writes one serialized response message; returns false once the caller is gone.
  using Sink = std::function<bool(const std::string&)>;

  explicit Handlers(storage::Database* database) : database_(database), feed_(database, changes_) {}

  // This sets what the service's status says about its law: up to which day its rows were compared with it.
  void TellLaw(annotations::v1::Currency law) { law_ = std::move(law); }
  const annotations::v1::Currency& law() const { return law_; }
  // This adds to the status what a service says whose law can be replaced. It is used instead of TellLaw.
  using TellStatus = std::function<absl::Status(storage::Transaction&, v1::ServiceStatus*)>;
  void TellInStatus(TellStatus tell) { tell_status_ = std::move(tell); }
  const TellStatus& tell_status() const { return tell_status_; }
  // This makes each call that is not a stream apply one law from its beginning to its end, which `pin` pins.
  void GoBy(std::function<std::unique_ptr<PinnedLaw>()> pin) { pin_law_ = std::move(pin); }

  // This binds a handler without a transaction: `Res fn(Call&, const Req&)` as absl::StatusOr<Res>.
  template <class Req, class Res, class Fn>
  void Unary(const std::string& path, Fn fn) {
    Add(path, Req::descriptor(), Res::descriptor(), [fn](Call& call, const std::string& bytes) {
      return Run<Req, Res>(bytes, [&](const Req& request) { return fn(call, request); });
    });
  }

  // This binds `absl::StatusOr<Res> fn(Call&, const std::string& bytes)`, for a method of Accord's own
  // services that takes its request unparsed. Neither the fields nor the form of the bytes are checked.
  template <class Req, class Res, class Fn>
  void Raw(const std::string& path, Fn fn) {
    Add(path, Req::descriptor(), Res::descriptor(),
        [fn](Call& call,
             const std::string& bytes) -> absl::StatusOr<std::unique_ptr<google::protobuf::Message>> {
          absl::StatusOr<Res> response = fn(call, bytes);
          if (!response.ok()) return response.status();
          return std::make_unique<Res>(*std::move(response));
        });
  }

  // This binds `absl::StatusOr<Res> fn(Call&, storage::Transaction&, const Req&)`, which runs in a read-only
  // snapshot. An empty `watch_token` in the answer gets its position once SealPositions was called.
  template <class Req, class Res, class Fn>
  void Read(const std::string& path, Fn fn) {
    Unary<Req, Res>(path, [this, fn](Call& call, const Req& request) {
      return database_->Read([&](storage::Transaction& tx) -> absl::StatusOr<Res> {
        absl::StatusOr<Res> response = fn(call, tx, request);
        if (response.ok()) ACCORD_RETURN_IF_ERROR(AddPosition(call, tx, &*response));
        return response;
      });
    });
  }

  // This binds `absl::StatusOr<Res> fn(Call&, storage::Transaction&, const storage::Write&, const Req&)`,
  // which runs in one transaction with its idempotency record. The same request_id with the same request runs
  // once; a repetition gets what the caller may know of the outcome now. `fn` runs only for callers who have
  // the part in the record that the method's rule requires. For a call that only validates, `fn` runs too,
  // and all that it stored is rolled back.
  template <class Req, class Res, class Fn>
  void Mutate(const std::string& path, Fn fn) {
    mutations_.insert(path);
    Unary<Req, Res>(path, [this, path, fn](Call& call, const Req& request) -> absl::StatusOr<Res> {
      call.set_request_id(request.request_id());
      const storage::Write write{call.caller().agency, call.caller().actor, request.request_id(), call.now(),
                                 MethodFullName(path)};
      storage::Answer answer;
      int attempts = 0;
      ACCORD_ASSIGN_OR_RETURN(const bool known, MayBeKnown(write));
      const auto attempt = [&](storage::Transaction& tx) -> absl::StatusOr<Res> {
        answer = {};
        bool ran = false;
        const auto run = [&]() -> absl::StatusOr<Res> {
          ran = true;
          ACCORD_RETURN_IF_ERROR(parts_.Check(*Find(path), request, call, tx));
          ACCORD_RETURN_IF_ERROR(CheckSeparation(tx, write, path, request));
          auto response = fn(call, tx, write, request);
          if (response.ok()) ACCORD_RETURN_IF_ERROR(KeepContribution(tx, write, path, request, *response));
          answer.withheld = {call.withheld().begin(), call.withheld().end()};
          answer.proof = call.verified().proof;
          return response;
        };
        const bool look = known || attempts > 0;
        auto response = storage::Once<Res>(tx, write, path, request, run, &answer,
                                           look ? storage::Known::kLook : storage::Known::kNew);
        ++attempts;
        if (response.ok()) ACCORD_RETURN_IF_ERROR(TakeWritten(call, tx, write, ran, attempts));
        return response;
      };
      auto result =
          call.validate_only() ? storage::Rehearse(database_, attempt) : database_->Transact(attempt);
      if (!call.validate_only()) changes_->Announce();
      if (result.ok() && answer.repeated) ACCORD_RETURN_IF_ERROR(BringUpToDate(call, path, answer, &*result));
      return result;
    });
  }

  // This binds a stream: `absl::Status fn(Call&, const Req&, const std::function<bool(const Res&)>& send)`.
  template <class Req, class Res, class Fn>
  void Stream(const std::string& path, Fn fn) {
    AddStream(path, Req::descriptor(), Res::descriptor(),
              [fn](Call& call, const std::string& bytes, const Sink& sink) {
                Req request;
                ACCORD_RETURN_IF_ERROR(ParseRequest(bytes, &request));
                return fn(call, request,
                          [&](const Res& response) { return sink(response.SerializeAsString()); });
              });
  }

  // This binds member functions with the signatures above, each to the method that its request type is named
  // after: `CreateReferralRequest` to `CreateReferral` of `service`.
  template <class S, class... Fns>
  void Bind(const std::string& service, S* self, Fns... fns) {
    (BindOne(service, self, fns), ...);
  }

  // This makes answers give positions in this feed, sealed by `tokens`.
  void SealPositions(const std::string& feed, const storage::PageTokens* tokens) {
    positions_.emplace(feed, tokens);
  }

  // This gives the functions that say what a caller is to a record of this process.
  Parts& parts() { return parts_; }

  // This completes the table. `allow` lists which peers may call which gRPC service, and `package.*` stands
  // for every service of a package. Seal fails, and nothing is served, unless every registered service has a
  // list that is not empty, every method has a handler, every rule is sound and every part that a rule
  // requires is checked.
  absl::Status Seal(const std::map<std::string, std::vector<std::string>>& allow,
                    std::shared_ptr<AssertionVerifier> verifier, const Clock* clock);
  // From now on, refuses every change whose request the gateway did not sign.
  void RequireSignedRequests() { require_signed_ = true; }

  // This gives a method by its path, or nullptr if there is no such method.
  const Method* Find(const std::string& path) const;
  std::vector<std::string> Services() const;
  // This gives the methods that get a resource by its name alone, keyed by the singular of that resource.
  std::map<std::string, const Method*> Readers() const;
  // This gives the classes of sensitive fields that the caller may read in this method's answer, without
  // those that the handler has withheld so far. There are none if there is no such method.
  std::set<annotations::v1::SensitiveClass> ReadableIn(const std::string& path, const Call& call) const;
  using SensitiveClasses = std::set<annotations::v1::SensitiveClass>;
  // This gives what `reader` answers the caller of `call` now, for the purpose of that call, masked as if the
  // caller had called it. `readable`, if not null, gets the classes that were not masked.
  absl::StatusOr<std::unique_ptr<google::protobuf::Message>> ReadByName(
      const Method& reader, const Call& call, const std::string& name,
      SensitiveClasses* readable = nullptr) const;
  void EndStreams() const { changes_->Stop(); }
  // This gives the feed of the database's events. The process that serves has to start it.
  Feed& feed() { return feed_; }
  const std::shared_ptr<Changes>& changes() const { return changes_; }
  storage::Database* database() const { return database_; }

  // Checks identity, rule and allow-list for one call, and then runs its handler. `Begin` makes the Call.
  absl::StatusOr<std::shared_ptr<Call>> Begin(const std::string& path, const Origin& origin,
                                              absl::Time deadline) const;
  absl::StatusOr<Reply> Unary(const std::string& path, Call& call, const std::string& request) const;
  absl::Status Stream(const std::string& path, Call& call, const std::string& request,
                      const Sink& sink) const;

 private:
  using UnaryFn =
      std::function<absl::StatusOr<std::unique_ptr<google::protobuf::Message>>(Call&, const std::string&)>;
  using StreamFn = std::function<absl::Status(Call&, const std::string&, const Sink&)>;
  struct Entry {
    Method method;
    UnaryFn unary;
    StreamFn stream;
  };

  using Tx = storage::Transaction;
  // This gives the gRPC service of a path such as `/accord.protocols.v1.ReferralService/GetReferral`.
  static std::string ServiceOf(const std::string& path);
  static std::string PathOf(const std::string& service, const google::protobuf::Descriptor* request);
  template <class S, class Req, class Res>
  void BindOne(const std::string& service, S* self,
               absl::StatusOr<Res> (S::*fn)(Call&, Tx&, const storage::Write&, const Req&)) {
    Mutate<Req, Res>(PathOf(service, Req::descriptor()), std::bind_front(fn, self));
  }
  template <class S, class Req, class Res>
  void BindOne(const std::string& service, S* self, absl::StatusOr<Res> (S::*fn)(Call&, Tx&, const Req&)) {
    Read<Req, Res>(PathOf(service, Req::descriptor()), std::bind_front(fn, self));
  }
  template <class S, class Req, class Res>
  void BindOne(const std::string& service, S* self, absl::StatusOr<Res> (S::*fn)(Call&, const Req&)) {
    Unary<Req, Res>(PathOf(service, Req::descriptor()), std::bind_front(fn, self));
  }
  template <class S, class Req, class Res>
  void BindOne(const std::string& service, S* self,
               absl::Status (S::*fn)(Call&, const Req&, const std::function<bool(const Res&)>&)) {
    Stream<Req, Res>(PathOf(service, Req::descriptor()), std::bind_front(fn, self));
  }

  absl::Status AddPosition(const Call& call, Tx& tx, google::protobuf::Message* response) const;
  // This refuses a request that is larger than its method allows.
  static absl::Status CheckSize(const Method& method, const std::string& request);
  // Checks that this is the request for which the gateway signed its assertion.
  absl::Status CheckSigned(const Method& method, const Call& call, const std::string& request) const;
  // Checks that a call that only validates can be answered without the effect of its method.
  absl::Status CheckCanValidate(const Method& method, const Call& call) const;
  // Lists, for the audit, the resources that the call changed or its answer disclosed.
  static caller::v1::TouchedResources TouchedOf(const Method& method, const Call& call,
                                                const google::protobuf::Message& response);
  // Clears the fields that the caller may not read in the answer, and gives the paths of what was cleared.
  static std::set<std::string> MaskFor(const Method& method, const Call& call,
                                       google::protobuf::Message* response);
  // This parses strictly, clears output-only fields and checks the field rules.
  static absl::Status ParseRequest(const std::string& bytes, google::protobuf::Message* request);

  template <class Req, class Res, class Fn>
  static absl::StatusOr<std::unique_ptr<google::protobuf::Message>> Run(const std::string& bytes, Fn fn) {
    Req request;
    ACCORD_RETURN_IF_ERROR(ParseRequest(bytes, &request));
    constexpr bool has_read_mask = requires { request.read_mask(); };
    if constexpr (has_read_mask) {
      ACCORD_RETURN_IF_ERROR(CheckReadMask(request.read_mask(), *Res::descriptor()));
    }
    absl::StatusOr<Res> response = fn(request);
    if (!response.ok()) return response.status();
    if constexpr (has_read_mask) ApplyReadMask(request.read_mask(), &*response);
    return std::make_unique<Res>(*std::move(response));
  }

  // This gives the method that reads resources of this type by name, from the same gRPC service if that has
  // one, or null if there is none.
  const Entry* ReaderOf(const std::string& path, const google::protobuf::Descriptor* resource) const;
  // This gives the request by which this method reads the record of this name.
  static std::string ReadRequestFor(const Method& method, const std::string& name);
  // This turns the stored response of a request that ran before into what the caller may know now, as
  // the method that reads the resource answers. It fails with NOT_FOUND if the caller no longer sees
  // the resource.
  absl::Status BringUpToDate(Call& call, const std::string& path, const storage::Answer& answer,
                             google::protobuf::Message* response) const;
  // This says whether a response to this request may be stored already, which is false if none was a
  // moment ago.
  absl::StatusOr<bool> MayBeKnown(const storage::Write& write) const;
  // Records in the call what the present attempt stored.
  static absl::Status TakeWritten(Call& call, storage::Transaction& tx, const storage::Write& write, bool ran,
                                  int attempts);

  void Add(const std::string& path, const google::protobuf::Descriptor* req,
           const google::protobuf::Descriptor* res, UnaryFn fn);
  void AddStream(const std::string& path, const google::protobuf::Descriptor* req,
                 const google::protobuf::Descriptor* res, StreamFn fn);
  Entry* Register(const std::string& path, const google::protobuf::Descriptor* req,
                  const google::protobuf::Descriptor* res);

  annotations::v1::Currency law_;
  TellStatus tell_status_;
  std::function<std::unique_ptr<PinnedLaw>()> pin_law_;
  storage::Database* database_;
  std::shared_ptr<Changes> changes_ = std::make_shared<Changes>();
  Feed feed_;
  std::optional<FeedPositions> positions_;
  std::map<std::string, Entry> entries_;
  // These are the paths of methods that Mutate runs.
  std::set<std::string> mutations_;
  Parts parts_;
  absl::Status registration_;
  std::map<std::string, std::vector<std::string>> allow_;
  std::shared_ptr<AssertionVerifier> verifier_;
  const Clock* clock_ = nullptr;
  bool require_signed_ = false;
};

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_CALLS_HANDLERS_H_
