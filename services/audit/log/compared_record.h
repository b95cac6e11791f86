// This tells apart the records that the log makes by itself, as it compares what services changed.
#ifndef ACCORD_SERVICES_AUDIT_LOG_COMPARED_RECORD_H_
#define ACCORD_SERVICES_AUDIT_LOG_COMPARED_RECORD_H_

#include "accord/audit/v1/resources.pb.h"

namespace accord::audit {

// This says whether the log made the record itself, by comparing what services changed, so that no gateway
// made it.
inline bool IsComparedRecord(const v1::AuditRecord& record) {
  return record.phase() == v1::PHASE_RECOVERED || record.phase() == v1::PHASE_PLATFORM;
}

}  // namespace accord::audit

#endif  // ACCORD_SERVICES_AUDIT_LOG_COMPARED_RECORD_H_
