// This fills a database of the protocols service with many referrals, in the form in which the service would
// have stored them, fast enough for a benchmark.
#ifndef ACCORD_TESTS_BENCH_REFERRALS_FILL_H_
#define ACCORD_TESTS_BENCH_REFERRALS_FILL_H_

#include <memory>
#include <string>

#include "accord/protocols/v1/resources.pb.h"
#include "common/storage/sealing/keyring.h"

namespace accord::protocols {

// This stores `count` copies of a referral from cas-york to ps-york, each with its own name, subject and
// second, and one in three of them urgent. Aborts on failure. Afterwards it migrates the database to this
// build's schema, so that the referrals are counted.
void FillReferrals(const std::string& dsn, std::shared_ptr<const storage::Keyring> keyring,
                   v1::Referral referral, int count);

}  // namespace accord::protocols

#endif  // ACCORD_TESTS_BENCH_REFERRALS_FILL_H_
