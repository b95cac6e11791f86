#include "common/storage/idempotency.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include "common/base/ids.h"
#include "common/storage/keyring.h"
#include "common/storage/reseal.h"

namespace accord::storage {
namespace {

std::string HashOf(const Transaction& tx, const google::protobuf::Message& request) {
  std::string bytes;
  google::protobuf::io::StringOutputStream stream(&bytes);
  google::protobuf::io::CodedOutputStream coded(&stream);
  coded.SetSerializationDeterministic(true);
  request.SerializeToCodedStream(&coded);
  coded.Trim();
  // Keyed where there is a key: a plain hash would let who reads the table test guesses.
  return tx.keyring() != nullptr ? tx.keyring()->Index("request", bytes) : Hex(Sha256(bytes));
}

std::string ContextOf(const Write& write) {
  return IdempotencyContext(write.agency, write.actor, write.request_id);
}

}  // namespace

absl::StatusOr<std::optional<std::string>> FindResponse(Transaction& tx, const Write& write,
                                                        std::string_view method,
                                                        const google::protobuf::Message& request) {
  ACCORD_ASSIGN_OR_RETURN(auto rows, (tx.Query<std::string, std::string, std::string>(
                                         "select method, request_hash, response from idempotency "
                                         "where agency = :p1 and actor = :p2 and request_id = :p3",
                                         write.agency, write.actor, write.request_id)));
  if (rows.empty()) return std::nullopt;
  const auto& [stored_method, hash, response] = rows[0];
  if (stored_method != method || hash != HashOf(tx, request)) {
    return Refuse(absl::StatusCode::kInvalidArgument, "REQUEST_ID_REUSED",
                  "This request_id belongs to another request; use a new one.");
  }
  if (tx.keyring() == nullptr) return Unbase64(response);
  ACCORD_ASSIGN_OR_RETURN(std::string opened, tx.keyring()->Open(ContextOf(write), response));
  return std::optional(std::move(opened));
}

absl::Status StoreResponse(Transaction& tx, const Write& write, std::string_view method,
                           const google::protobuf::Message& request,
                           const google::protobuf::Message& response) {
  const std::string bytes = response.SerializeAsString();
  const Keyring* ring = tx.keyring();
  return tx
      .Exec(
          "insert into idempotency (agency, actor, request_id, method, request_hash, response, at_us, "
          "seal_key) "
          "values (:p1, :p2, :p3, :p4, :p5, :p6, :p7, :p8)",
          write.agency, write.actor, write.request_id, method, HashOf(tx, request),
          ring != nullptr ? ring->Seal(ContextOf(write), bytes) : Base64(bytes),
          absl::ToUnixMicros(write.now), ring != nullptr ? ring->current() : "")
      .status();
}

}  // namespace accord::storage
