// This file is about the retention schedule for people and programs: how long each kind of record is kept and
// under which authority; and the certificate of a record that has ended.
#ifndef ACCORD_CLIENTS_ACCORDCTL_OPERATE_RETENTION_SCHEDULE_H_
#define ACCORD_CLIENTS_ACCORDCTL_OPERATE_RETENTION_SCHEDULE_H_

#include <string>
#include <vector>

#include "accord/host/v1/retention.pb.h"
#include "accord/protocols/v1/retention_service.pb.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/output.h"

namespace accord::ctl {

// This gives the schedule of this build, data/retention.textproto. The process ends if it cannot be read.
host::v1::RetentionSchedule OwnRetentionSchedule();

// This gives the rows that apply on a day, `YYYY-MM-DD`, in their order.
std::vector<host::v1::RetentionRow> RetentionRowsOn(const host::v1::RetentionSchedule& schedule,
                                                    const std::string& day);

// This gives a table of rows with its headings, in the session's language.
std::string RetentionTable(const std::vector<host::v1::RetentionRow>& rows);
// This gives every field of each row; a value that is not established is null.
Json RetentionJson(const host::v1::RetentionSchedule& schedule, const std::string& day,
                   const std::vector<host::v1::RetentionRow>& rows);

// This gives a certificate, in the session's language, with which an agency can show that a record was purged
// or sealed.
std::string DisposalCertificate(const protocols::v1::Tombstone& tombstone, const std::string& agency);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_OPERATE_RETENTION_SCHEDULE_H_
