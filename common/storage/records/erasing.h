// These SQL statements erase the content of a record wherever it may be stored. They are private to
// common/storage. They have a file of their own because a test checks the query plans of both databases, none
// of which may scan a whole table.
#ifndef ACCORD_COMMON_STORAGE_RECORDS_ERASING_H_
#define ACCORD_COMMON_STORAGE_RECORDS_ERASING_H_

namespace accord::storage::erasing {

// This selects the requests whose answers mention a name, and those of one agency among them.
inline constexpr char kMentions[] =
    "select distinct agency, actor, request_id from answer_resource where name = :p1";
inline constexpr char kMentionsTo[] =
    "select distinct agency, actor, request_id from answer_resource where name = :p1 and agency = :p2";
// This selects the requests that changed a resource, by kind and name.
inline constexpr char kRequests[] =
    "select distinct agency, actor, request_id from revision where kind = :p1 and name = :p2";
inline constexpr char kAnswer[] =
    "update idempotency set response = '', seal_key = '', gone = :p1 where gone <> :p2 and agency = :p3 and "
    "actor = :p4 and request_id = :p5";
inline constexpr char kRevisions[] =
    "update revision set body = '{}', seal_key = '' where kind = :p1 and name = :p2";
inline constexpr char kResource[] =
    "update resource set body = '{}', seal_key = '' where kind = :p1 and name = :p2";

}  // namespace accord::storage::erasing

#endif  // ACCORD_COMMON_STORAGE_RECORDS_ERASING_H_
