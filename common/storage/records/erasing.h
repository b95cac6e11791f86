// The statements that erase what a record said, where it may have been kept. Private to common/storage: a
// test asks both databases how they carry them out, because none may read a table to its end.
#ifndef ACCORD_COMMON_STORAGE_RECORDS_ERASING_H_
#define ACCORD_COMMON_STORAGE_RECORDS_ERASING_H_

namespace accord::storage::erasing {

// Requests whose answers mention a name, and those of one agency among them.
inline constexpr char kMentions[] =
    "select distinct agency, actor, request_id from answer_resource where name = :p1";
inline constexpr char kMentionsTo[] =
    "select distinct agency, actor, request_id from answer_resource where name = :p1 and agency = :p2";
// Requests that changed a resource, by kind and name.
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
