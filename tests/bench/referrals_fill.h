// A database of the protocols service with many referrals in it, as the service would have stored them, in a
// time that a bench can wait for.
#ifndef ACCORD_TESTS_BENCH_REFERRALS_FILL_H_
#define ACCORD_TESTS_BENCH_REFERRALS_FILL_H_

#include <memory>
#include <string>

#include "accord/protocols/v1/resources.pb.h"
#include "common/storage/sealing/keyring.h"

namespace accord::protocols {

// Stores `count` copies of a referral from cas-york to ps-york, each under a name, about a subject and at a
// second of its own, one in three of them urgent. Aborts if that fails. The database is brought to the schema
// of this build when that is done, so that it counts what is there.
void FillReferrals(const std::string& dsn, std::shared_ptr<const storage::Keyring> keyring,
                   v1::Referral referral, int count);

}  // namespace accord::protocols

#endif  // ACCORD_TESTS_BENCH_REFERRALS_FILL_H_
