// These are fields of a record that are computed for every answer anew and never stored.
#ifndef ACCORD_COMMON_HOST_CALLS_DERIVED_H_
#define ACCORD_COMMON_HOST_CALLS_DERIVED_H_

#include <functional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/base/error.h"
#include "common/host/calls/handlers.h"

namespace accord::host {

// Calls `derive(Record*)`, which returns absl::Status, on `answer` if it is a Record, or else on every Record
// in one of its direct fields. Records deeper inside, such as earlier versions, are left unchanged.
template <class Record, class Derive>
absl::Status DeriveIn(google::protobuf::Message* answer, const Derive& derive) {
  const auto* type = answer->GetDescriptor();
  if (type == Record::descriptor()) return derive(static_cast<Record*>(answer));
  const auto* reflection = answer->GetReflection();
  for (int i = 0; i < type->field_count(); ++i) {
    const auto* field = type->field(i);
    if (field->message_type() != Record::descriptor()) continue;
    if (!field->is_repeated()) {
      if (!reflection->HasField(*answer, field)) continue;
      ACCORD_RETURN_IF_ERROR(derive(static_cast<Record*>(reflection->MutableMessage(answer, field))));
      continue;
    }
    for (int at = 0; at < reflection->FieldSize(*answer, field); ++at) {
      ACCORD_RETURN_IF_ERROR(
          derive(static_cast<Record*>(reflection->MutableRepeatedMessage(answer, field, at))));
    }
  }
  return absl::OkStatus();
}

// This binds the handlers of one gRPC service as Handlers::Bind does. In the same transaction it applies
// `derive` to every Record of their answers. The stored record does not change.
template <class Record>
class Derived {
 public:
  using Tx = storage::Transaction;
  using Derive = std::function<absl::Status(Call&, Tx&, Record*)>;

  Derived(Handlers* handlers, std::string service, Derive derive)
      : handlers_(handlers), service_(std::move(service)), derive_(std::move(derive)) {}

  template <class S, class... Fns>
  void Bind(S* self, Fns... fns) {
    (BindOne(self, fns), ...);
  }

 private:
  template <class S, class Req, class Res>
  void BindOne(S* self, absl::StatusOr<Res> (S::*fn)(Call&, Tx&, const storage::Write&, const Req&)) {
    handlers_->Mutate<Req, Res>(PathOf(Req::descriptor()),
                                [self, fn, derive = derive_](Call& call, Tx& tx, const storage::Write& write,
                                                             const Req& request) -> absl::StatusOr<Res> {
                                  return Add(derive, call, tx, (self->*fn)(call, tx, write, request));
                                });
  }
  template <class S, class Req, class Res>
  void BindOne(S* self, absl::StatusOr<Res> (S::*fn)(Call&, Tx&, const Req&)) {
    handlers_->Read<Req, Res>(
        PathOf(Req::descriptor()),
        [self, fn, derive = derive_](Call& call, Tx& tx, const Req& request) -> absl::StatusOr<Res> {
          return Add(derive, call, tx, (self->*fn)(call, tx, request));
        });
  }

  template <class Res>
  static absl::StatusOr<Res> Add(const Derive& derive, Call& call, Tx& tx, absl::StatusOr<Res> answer) {
    if (!answer.ok()) return answer;
    ACCORD_RETURN_IF_ERROR(
        DeriveIn<Record>(&*answer, [&](Record* record) { return derive(call, tx, record); }));
    return answer;
  }

  std::string PathOf(const google::protobuf::Descriptor* request) const {
    return absl::StrCat("/", service_, "/", absl::StripSuffix(request->name(), "Request"));
  }

  Handlers* handlers_;
  std::string service_;
  Derive derive_;
};

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_CALLS_DERIVED_H_
