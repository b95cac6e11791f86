#include "common/storage/records/stored_answers.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "accord/annotations/v1/fields.pb.h"
#include "common/access/inner_messages.h"
#include "common/base/ids.h"
#include "common/storage/database/database_session.h"
#include "common/storage/database/row_set.h"
#include "common/storage/records/erasing.h"
#include "common/storage/sealing/keyring.h"
#include "common/storage/sealing/reseal.h"

namespace accord::storage {
namespace {

using google::protobuf::Message;

constexpr char kErased[] = "erased", kExpired[] = "expired";

std::string AnsweredRequestHash(const Transaction& tx, const Message& request) {
  std::string bytes;
  google::protobuf::io::StringOutputStream stream(&bytes);
  google::protobuf::io::CodedOutputStream coded(&stream);
  coded.SetSerializationDeterministic(true);
  request.SerializeToCodedStream(&coded);
  coded.Trim();
  // The hash is keyed if there is a key: with a plain hash, a reader of the table could test guesses.
  return tx.keyring() != nullptr ? tx.keyring()->Index("request", bytes) : Hex(Sha256(bytes));
}

std::string AnswerContextOf(const Write& write) {
  return SealContextOfAnswer(write.agency, write.actor, write.request_id);
}

void CollectMentionedInAnswer(const Message& message, std::vector<Mentioned>* resources) {
  const auto* descriptor = message.GetDescriptor();
  if (descriptor->options().HasExtension(annotations::v1::resource)) {
    const auto* field = descriptor->FindFieldByName("name");
    const std::string name = field != nullptr ? message.GetReflection()->GetString(message, field) : "";
    const std::string& kind = descriptor->options().GetExtension(annotations::v1::resource).singular();
    if (!name.empty()) resources->push_back({kind, name});
  }
  EachInnerMessage(message, [&](const Message& inner) { CollectMentionedInAnswer(inner, resources); });
}

// This says whether an agency sees a resource, itself or in one of its capacities (`cas-york#director`).
constexpr char kSees[] =
    "select 1 from visible where kind = :p1 and name = :p2 and field = '' and "
    "(agency in (:p3, '*') or (agency > :p4 and agency < :p5)) limit 1";

absl::StatusOr<bool> SeesMentioned(Transaction& tx, const std::string& agency, const Mentioned& resource) {
  ACCORD_ASSIGN_OR_RETURN(const auto rows, tx.Query<int64_t>(kSees, resource.kind, resource.name, agency,
                                                             agency + "#", agency + "$"));
  return !rows.empty();
}

absl::Status FindMentionedInAnswer(Transaction& tx, const Write& write, Answer* answer) {
  ACCORD_ASSIGN_OR_RETURN(auto rows, (tx.Query<std::string, std::string, int64_t>(
                                         "select kind, name, seen from answer_resource where "
                                         "agency = :p1 and actor = :p2 and request_id = :p3 "
                                         "order by position",
                                         write.agency, write.actor, write.request_id)));
  for (auto& [kind, name, seen] : rows) {
    answer->resources.push_back({std::move(kind), std::move(name), seen != 0});
  }
  return absl::OkStatus();
}

absl::Status StoreMentionedInAnswer(Transaction& tx, const Write& write, const Message& response) {
  std::vector<Mentioned> resources;
  CollectMentionedInAnswer(response, &resources);
  RowSet rows("answer_resource", {{"agency", RowSet::kText},
                                  {"actor", RowSet::kText},
                                  {"request_id", RowSet::kText},
                                  {"position", RowSet::kNumber},
                                  {"kind", RowSet::kText},
                                  {"name", RowSet::kText},
                                  {"seen", RowSet::kNumber}});
  for (std::size_t i = 0; i < resources.size(); ++i) {
    ACCORD_ASSIGN_OR_RETURN(const bool seen, SeesMentionedNow(tx, write.agency, resources[i]));
    rows.Add({write.agency, write.actor, write.request_id, static_cast<long long>(i), resources[i].kind,
              resources[i].name, seen ? 1LL : 0LL});
  }
  return rows.Insert(tx, RowSet::kFail);
}

// This erases the answers to these requests, each by its key, since a database that expects many would scan
// the whole table.
absl::Status EraseAnswersTo(Transaction& tx,
                            const std::vector<std::tuple<std::string, std::string, std::string>>& requests) {
  for (const auto& [agency, actor, request_id] : requests) {
    ACCORD_RETURN_IF_ERROR(tx.Exec(erasing::kAnswer, kErased, kErased, agency, actor, request_id).status());
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<bool> SeesMentionedNow(Transaction& tx, const std::string& agency, const Mentioned& resource) {
  const auto* viewers = tx.viewers(resource.kind, resource.name);
  if (viewers == nullptr) return SeesMentioned(tx, agency, resource);
  return std::any_of(viewers->begin(), viewers->end(), [&](const std::string& each) {
    return each == agency || each == kEverybody || absl::StartsWith(each, agency + "#");
  });
}

absl::StatusOr<std::optional<std::string>> FindAnswer(Transaction& tx, const Write& write,
                                                      std::string_view method, const Message& request,
                                                      Answer* answer) {
  ACCORD_ASSIGN_OR_RETURN(auto rows,
                          (tx.Query<std::string, std::string, std::string, std::string, std::string>(
                              "select method, request_hash, response, withheld, gone from idempotency "
                              "where agency = :p1 and actor = :p2 and request_id = :p3",
                              write.agency, write.actor, write.request_id)));
  if (rows.empty()) return std::nullopt;
  const auto& [stored_method, hash, response, withheld, gone] = rows[0];
  if (stored_method != method || hash != AnsweredRequestHash(tx, request)) {
    return Refuse(rules::kRequestIdReused, "This request_id belongs to another request; use a new one.");
  }
  answer->repeated = true;
  for (absl::string_view each : absl::StrSplit(withheld, ',', absl::SkipEmpty())) {
    int number = 0;
    if (absl::SimpleAtoi(each, &number)) answer->withheld.insert(number);
  }
  ACCORD_RETURN_IF_ERROR(FindMentionedInAnswer(tx, write, answer));
  if (!gone.empty()) {
    answer->state = gone == kErased ? Answer::State::kErased : Answer::State::kExpired;
    return std::optional(std::string());
  }
  if (tx.keyring() == nullptr) return Unbase64(response);
  ACCORD_ASSIGN_OR_RETURN(std::string opened, tx.keyring()->Open(AnswerContextOf(write), response));
  return std::optional(std::move(opened));
}

absl::Status StoreAnswer(Transaction& tx, const Write& write, std::string_view method, const Message& request,
                         const Message& response, const Answer& answer) {
  const std::string bytes = response.SerializeAsString();
  const Keyring* ring = tx.keyring();
  ACCORD_RETURN_IF_ERROR(
      tx.Exec("insert into idempotency (agency, actor, request_id, method, request_hash, response, at_us, "
              "seal_key, withheld, assertion) "
              "values (:p1, :p2, :p3, :p4, :p5, :p6, :p7, :p8, :p9, :p10)",
              write.agency, write.actor, write.request_id, method, AnsweredRequestHash(tx, request),
              ring != nullptr ? ring->Seal(AnswerContextOf(write), bytes) : Base64(bytes),
              absl::ToUnixMicros(write.now), ring != nullptr ? ring->current() : "",
              absl::StrJoin(answer.withheld, ","), tx.written().empty() ? "" : Base64(answer.proof))
          .status());
  return StoreMentionedInAnswer(tx, write, response);
}

absl::Status AnswerGone(const Answer& answer) {
  if (answer.state == Answer::State::kErased) return NotFound();
  return Refuse(
      rules::kAnswerExpired,
      "This request was carried out before, and its answer is no longer kept: read what it changed.");
}

absl::Status CheckAnswerStillSeen(Transaction& tx, const std::string& agency, const Answer& answer) {
  for (const Mentioned& resource : answer.resources) {
    if (!resource.seen) continue;
    ACCORD_ASSIGN_OR_RETURN(const bool sees, SeesMentioned(tx, agency, resource));
    if (!sees) return NotFound();
  }
  return absl::OkStatus();
}

absl::Status EraseAnswers(Transaction& tx, std::string_view name, std::string_view agency) {
  using Text = std::string;
  if (agency.empty()) {
    ACCORD_ASSIGN_OR_RETURN(const auto all, (tx.Query<Text, Text, Text>(erasing::kMentions, name)));
    return EraseAnswersTo(tx, all);
  }
  ACCORD_ASSIGN_OR_RETURN(const auto its, (tx.Query<Text, Text, Text>(erasing::kMentionsTo, name, agency)));
  return EraseAnswersTo(tx, its);
}

absl::Status EraseAnswersOfChanges(Transaction& tx, std::string_view kind, std::string_view name) {
  ACCORD_ASSIGN_OR_RETURN(const auto requests,
                          (tx.Query<std::string, std::string, std::string>(erasing::kRequests, kind, name)));
  return EraseAnswersTo(tx, requests);
}

absl::StatusOr<int64_t> ExpireAnswers(Transaction& tx, absl::Time answers, absl::Time requests, int limit) {
  ACCORD_ASSIGN_OR_RETURN(
      const int64_t dropped,
      tx.Exec("update idempotency set response = '', seal_key = '', assertion = '', gone = :p1 where "
              "(agency, actor, "
              "request_id) in (select agency, actor, request_id from idempotency where gone = '' and "
              "at_us < :p2 limit :p3)",
              kExpired, absl::ToUnixMicros(answers), limit));
  ACCORD_ASSIGN_OR_RETURN(const auto old, (tx.Query<std::string, std::string, std::string>(
                                              "select agency, actor, request_id from idempotency where "
                                              "gone in (:p1, :p2) and at_us < :p3 limit :p4",
                                              kErased, kExpired, absl::ToUnixMicros(requests), limit)));
  for (const auto& [agency, actor, request_id] : old) {
    for (const char* table : {"answer_resource", "idempotency"}) {
      ACCORD_RETURN_IF_ERROR(tx.Exec(absl::StrCat("delete from ", table,
                                                  " where agency = :p1 and actor = :p2 and request_id = :p3"),
                                     agency, actor, request_id)
                                 .status());
    }
  }
  return dropped + static_cast<int64_t>(old.size());
}

}  // namespace accord::storage
