// The retention schedule as people and programs read it: how long each kind is kept, and by which authority
// it is held; and what is said of a record that ended.
#ifndef ACCORD_CLIENTS_ACCORDCTL_OPERATE_RETENTION_SCHEDULE_H_
#define ACCORD_CLIENTS_ACCORDCTL_OPERATE_RETENTION_SCHEDULE_H_

#include <string>
#include <vector>

#include "accord/host/v1/retention.pb.h"
#include "accord/protocols/v1/retention_service.pb.h"
#include "clients/accordctl/core/output.h"

namespace accord::ctl {

// The schedule of this build, data/retention.textproto. The process ends if it cannot be read.
host::v1::RetentionSchedule OwnRetentionSchedule();

// The rows that apply on a day, `YYYY-MM-DD`, in their order.
std::vector<host::v1::RetentionRow> RetentionRowsOn(const host::v1::RetentionSchedule& schedule,
                                                    const std::string& day);

// A table of rows with its headings, in the language that is spoken.
std::string RetentionTable(const std::vector<host::v1::RetentionRow>& rows);
// Gives every field of each row; what is not established is null.
Json RetentionJson(const host::v1::RetentionSchedule& schedule, const std::string& day,
                   const std::vector<host::v1::RetentionRow>& rows);

// Gives what an agency can show of a record that was purged or sealed away, in the language that is spoken.
std::string DisposalCertificate(const protocols::v1::Tombstone& tombstone, const std::string& agency);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_OPERATE_RETENTION_SCHEDULE_H_
