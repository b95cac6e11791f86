// This is the generic resource table, with key, owner, state, version, times, declared index fields and the
// body. Every write also appends a revision and an event in the same transaction.
//
// Who sees a resource is a row in `visible`, (kind, agency, field, value, name). A list is a scan of one
// range of that table's primary key, so visibility is decided in SQL and no list grows with what its caller
// may not see.
//
// Fields that the protos mark sensitive are sealed by the database's keyring, also in revisions and stored
// answers. Whoever reads the database reads structure, not people.
#ifndef ACCORD_COMMON_STORAGE_RECORDS_RESOURCES_H_
#define ACCORD_COMMON_STORAGE_RECORDS_RESOURCES_H_

#include <google/protobuf/message.h>

#include <algorithm>
#include <functional>
#include <iterator>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/listing/fields.h"
#include "common/listing/index_rows.h"
#include "common/storage/database/database.h"
#include "common/storage/records/core_schema.h"
#include "common/storage/records/list_query.h"
#include "common/storage/records/page.h"
#include "common/storage/records/page_bytes.h"
#include "common/storage/records/page_tokens.h"
#include "common/storage/records/placement.h"
#include "common/storage/records/write.h"

namespace accord::storage {

// This gives the number of rows of a page, from 1 to 1000. 0 means 50, and more is cut to 1000. It fails with
// INVALID_ARGUMENT for less.
absl::StatusOr<int> PageSize(int asked);

// It stores one kind of resource. The message has string fields `name` and `etag` and timestamps
// `create_time` and `update_time`.
class Resources {
 public:
  Resources(std::string kind, const PageTokens* tokens) : kind_(std::move(kind)), tokens_(tokens) {}

  // This stores a new resource under message->name and sets etag and times in it. It fails with
  // ALREADY_EXISTS if the name is taken.
  absl::Status Insert(Transaction& tx, google::protobuf::Message* message, const Write& write,
                      const Placement& placement);
  // This replaces it. It fails with ABORTED and rule ETAG_MISMATCH unless `etag` is the stored one.
  absl::Status Update(Transaction& tx, google::protobuf::Message* message, std::string_view etag,
                      const Write& write, const Placement& placement);
  // This places what is stored anew, where a version places it otherwise than the one before did: no new
  // version, and nobody is told.
  absl::Status PlaceAgain(Transaction& tx, const google::protobuf::Message& message,
                          const Placement& placement);
  // This takes it away, but its revisions stay. It fails with ABORTED as above.
  absl::Status Remove(Transaction& tx, google::protobuf::Message* message, std::string_view etag,
                      const Write& write);
  // This gives how many of those that `viewer` may count have each value of an index field that KeepCounts
  // keeps count of. The counts are exact, at a cost that does not grow with them. It fails with INTERNAL for
  // any other field.
  absl::StatusOr<std::vector<std::pair<std::string, int64_t>>> CountBy(Transaction& tx,
                                                                       std::string_view viewer,
                                                                       std::string_view field);
  // This says how many `viewer` sees, counted no further than `most`.
  absl::StatusOr<int64_t> CountUpTo(Transaction& tx, std::string_view viewer, int64_t most);
  // This does the same of those that a query's viewer sees by its filters and prefix.
  absl::StatusOr<int64_t> CountListed(Transaction& tx, const ListQuery& query, int most);
  // This fails with accord::NotFound() both for what does not exist and for what `viewer` may not see.
  absl::Status Get(Transaction& tx, std::string_view name, std::string_view viewer,
                   google::protobuf::Message* out);
  // This ignores visibility: it serves the service's own decisions and must never fill an answer.
  absl::Status GetAny(Transaction& tx, std::string_view name, google::protobuf::Message* out);

  // The page is ordered by name, unless the query says otherwise.
  template <class M>
  absl::StatusOr<Page<M>> List(Transaction& tx, const ListQuery& query) {
    ACCORD_ASSIGN_OR_RETURN(BodyPage bodies, ListBodies(tx, query, *M::descriptor()));
    Page<M> page{std::vector<M>(bodies.bodies.size()), std::move(bodies.next_page_token)};
    for (std::size_t i = 0; i < bodies.bodies.size(); ++i) {
      ACCORD_RETURN_IF_ERROR(Decode(tx, bodies.bodies[i], &page.items[i]));
    }
    return page;
  }
  // This reads all pages.
  template <class M>
  absl::StatusOr<std::vector<M>> ListEvery(Transaction& tx, ListQuery query) {
    std::vector<M> items;
    do {
      ACCORD_ASSIGN_OR_RETURN(auto page, List<M>(tx, query));
      std::move(page.items.begin(), page.items.end(), std::back_inserter(items));
      query.page_token = std::move(page.next_page_token);
    } while (!query.page_token.empty());
    return items;
  }
  // This gives the same as the answer of a list method: `ListInto(tx, query, &ListXResponse::mutable_xs)`.
  template <class Response, class M>
  absl::StatusOr<Response> ListInto(Transaction& tx, const ListQuery& query,
                                    google::protobuf::RepeatedPtrField<M>* (Response::*items)()) {
    ACCORD_ASSIGN_OR_RETURN(auto page, List<M>(tx, query));
    Response response;
    for (auto& item : page.items) *(response.*items)()->Add() = std::move(item);
    response.set_next_page_token(page.next_page_token);
    return response;
  }
  // Versions of one resource, oldest first, without visibility: check that first.
  template <class M>
  absl::StatusOr<Page<Revision<M>>> RevisionPage(Transaction& tx, std::string_view name, int page_size,
                                                 const std::string& page_token) {
    ACCORD_ASSIGN_OR_RETURN(const RevisionQuery query, PageQuery(name, page_size, page_token));
    bool more = false;
    Page<Revision<M>> page;
    ACCORD_ASSIGN_OR_RETURN(page.items, Revisions<M>(tx, query, &more));
    if (more) page.next_page_token = RevisionToken(name, page.items.back().version);
    return page;
  }
  // This reads every version.
  template <class M>
  absl::StatusOr<std::vector<Revision<M>>> Revisions(Transaction& tx, std::string_view name) {
    return Revisions<M>(tx, RevisionQuery{name});
  }
  // This gives what one resource was just before this version. It does not check visibility, so check that
  // first. It gives nothing for the first version, and where the one before is not kept any more.
  template <class M>
  absl::StatusOr<std::optional<M>> VersionBefore(Transaction& tx, std::string_view name, int64_t version) {
    RevisionQuery query{name};
    query.after = version - 2;
    query.limit = 1;
    ACCORD_ASSIGN_OR_RETURN(auto found, Revisions<M>(tx, query));
    if (found.empty() || found.front().version >= version) return std::optional<M>();
    return std::optional<M>(std::move(found.front().item));
  }
  // These do the same for a kind of which no more is known than an empty message, and give null where there
  // is no version before.
  using AnyMessage = std::unique_ptr<google::protobuf::Message>;
  absl::StatusOr<Page<Revision<AnyMessage>>> RevisionPageLike(Transaction& tx,
                                                              const google::protobuf::Message& empty,
                                                              std::string_view name, int page_size,
                                                              const std::string& page_token);
  absl::StatusOr<AnyMessage> VersionBeforeLike(Transaction& tx, const google::protobuf::Message& empty,
                                               std::string_view name, int64_t version);
  // With this token a page begins after that version.
  std::string RevisionToken(std::string_view name, int64_t version) const;
  // This gives the last `limit` versions of one resource, newest first. It does not check visibility, so
  // check that first.
  template <class M>
  absl::StatusOr<std::vector<Revision<M>>> LatestRevisions(Transaction& tx, std::string_view name,
                                                           int limit) {
    ACCORD_ASSIGN_OR_RETURN(const auto rows, LatestRows(tx, name, limit));
    return Decoded<M>(tx, rows);
  }
  // This gives everything after a name, without visibility: for snapshots.
  template <class M>
  absl::StatusOr<std::vector<M>> ListAll(Transaction& tx, std::string_view after_name, int limit) {
    ACCORD_ASSIGN_OR_RETURN(auto bodies, AllBodies(tx, after_name, limit));
    std::vector<M> items(bodies.size());
    for (std::size_t i = 0; i < bodies.size(); ++i) ACCORD_RETURN_IF_ERROR(Decode(tx, bodies[i], &items[i]));
    return items;
  }

 private:
  struct RevisionQuery {
    std::string_view name;
    int64_t after = 0;
    int limit = std::numeric_limits<int>::max();
    std::size_t bytes = std::numeric_limits<std::size_t>::max();
  };
  absl::StatusOr<RevisionQuery> PageQuery(std::string_view name, int page_size,
                                          const std::string& page_token) const;
  // This gives the versions that a query finds, decoded into messages like this one.
  absl::StatusOr<std::vector<Revision<AnyMessage>>> RevisionsLike(Transaction& tx,
                                                                  const google::protobuf::Message& empty,
                                                                  const RevisionQuery& query, bool* more);
  template <class M>
  absl::StatusOr<std::vector<Revision<M>>> Revisions(Transaction& tx, const RevisionQuery& query,
                                                     bool* more = nullptr) {
    ACCORD_ASSIGN_OR_RETURN(const auto rows, RevisionRows(tx, query, more));
    return Decoded<M>(tx, rows);
  }
  template <class M>
  absl::StatusOr<std::vector<Revision<M>>> Decoded(Transaction& tx,
                                                   const std::vector<Revision<std::string>>& rows) {
    std::vector<Revision<M>> revisions(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      revisions[i].version = rows[i].version;
      revisions[i].at = rows[i].at;
      revisions[i].agency = rows[i].agency;
      revisions[i].actor = rows[i].actor;
      ACCORD_RETURN_IF_ERROR(Decode(tx, rows[i].item, &revisions[i].item));
    }
    return revisions;
  }

  // This gives the version that a page goes on after.
  absl::StatusOr<int64_t> RevisionAfter(std::string_view name, const std::string& page_token) const;

  struct BodyPage {
    std::vector<std::string> bodies;
    std::string next_page_token;
  };
  // This gives what is stored of a message: its bytes in base 64, and on a second line what is sensitive or
  // unknown to this build, sealed to this name.
  absl::StatusOr<std::string> Encode(Transaction& tx, const google::protobuf::Message& message) const;
  absl::Status Decode(Transaction& tx, const std::string& body, google::protobuf::Message* out) const;
  absl::StatusOr<std::vector<Revision<std::string>>> RevisionRows(Transaction& tx, const RevisionQuery& query,
                                                                  bool* more);
  absl::StatusOr<std::vector<Revision<std::string>>> LatestRows(Transaction& tx, std::string_view name,
                                                                int limit);
  absl::StatusOr<BodyPage> ListBodies(Transaction& tx, const ListQuery& query,
                                      const google::protobuf::Descriptor& type);
  absl::StatusOr<BodyPage> NarrowedBodies(Transaction& tx, const ListQuery& query,
                                          const google::protobuf::Descriptor& type);
  absl::StatusOr<std::vector<std::string>> AllBodies(Transaction& tx, std::string_view after_name, int limit);
  // This gives the stored version, if `etag` is its etag.
  absl::StatusOr<int64_t> VersionOf(Transaction& tx, const std::string& name, std::string_view etag);
  // `listed` are the rows by which lists are narrowed and ordered.
  absl::Status Place(Transaction& tx, const std::string& name, const Placement& placement,
                     const listing::ResourceRows& listed, bool fresh);
  absl::Status Record(Transaction& tx, const std::string& name, int64_t version, const std::string& body,
                      const Write& write, const Placement& placement);

  std::string kind_;
  const PageTokens* tokens_;
};

// This gives what a request has stored, whoever asks again: for an attempt whose commit got no answer.
absl::StatusOr<std::vector<Written>> WrittenFor(Transaction& tx, const Write& write);
}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_RECORDS_RESOURCES_H_
