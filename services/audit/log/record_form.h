// This is the form of a record that the log can hold. No text of a caller may cause the loss of a record: the
// length and the hash of a text stand in its place if it cannot be stored or read.
#ifndef ACCORD_SERVICES_AUDIT_LOG_RECORD_FORM_H_
#define ACCORD_SERVICES_AUDIT_LOG_RECORD_FORM_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "accord/audit/v1/resources.pb.h"

namespace accord::audit {

// This bounds one text in a record, in bytes, by what an index of PostgreSQL holds.
inline constexpr std::size_t kMaxText = 1024;
// This bounds one record, in bytes; a larger one is cut into parts.
inline constexpr std::size_t kMaxRecord = 256 << 10;

// This says whether the text is UTF-8 of at most kMaxText bytes without control characters, and without marks
// that turn the direction of writing.
bool IsPrintable(std::string_view text);
// This gives `unprintable, N bytes, HASH`, where HASH is the first 16 hex digits of the SHA-256.
std::string Unprintable(std::string_view text);

// This gives the records of a serialized AppendRecordsRequest, in a form that can be stored. It fails with
// INVALID_ARGUMENT and rule REQUEST_MALFORMED only if the request ends in the middle of a record: then it is
// not what its sender sent.
absl::StatusOr<std::vector<v1::AuditRecord>> ReadRecords(std::string_view request);
// This does the same for records that this process made.
std::vector<v1::AuditRecord> StorableForms(std::vector<v1::AuditRecord> records);

// This gives what is left of a record that the database refuses: the call, its caller, and the hash of
// the rest.
v1::AuditRecord MinimalForm(const v1::AuditRecord& record);
// If that is refused too, this gives a name made of the hash alone.
v1::AuditRecord NamelessForm(const v1::AuditRecord& record);

}  // namespace accord::audit

#endif  // ACCORD_SERVICES_AUDIT_LOG_RECORD_FORM_H_
