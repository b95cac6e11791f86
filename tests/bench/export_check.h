// This gives the seconds that it takes to check an export of this many entries, as `accordctl audit verify
// --file` does.
#ifndef ACCORD_TESTS_BENCH_EXPORT_CHECK_H_
#define ACCORD_TESTS_BENCH_EXPORT_CHECK_H_

#include <cstdint>
#include <functional>

#include "accord/audit/v1/resources.pb.h"

namespace accord::bench {

double CheckExport(int64_t entries, const std::function<audit::v1::AuditRecord(int64_t)>& record_of);

}  // namespace accord::bench

#endif  // ACCORD_TESTS_BENCH_EXPORT_CHECK_H_
