// This serves referrals by a plain gRPC C++ service. It has the same messages, the same SQL in the same
// schema and transactions, and the same sealing, but works without gateway, assertion, rules, field checks,
// masking and log.
#ifndef ACCORD_TESTS_BENCH_PLAIN_SERVICE_H_
#define ACCORD_TESTS_BENCH_PLAIN_SERVICE_H_

#include <string>

namespace accord::bench {

struct PlainOptions {
  // The address is HOST:PORT.
  std::string listen;
  // This is the DSN of a separate database, which is empty at first.
  std::string dsn;
  // These are for mutual TLS, as between the gateway and a service.
  std::string certificate_file, key_file, ca_file;
  // This file has a serialized Protocol, under which referrals are sent.
  std::string protocol_file;
};

// This serves until the process is ended, and returns 1 if it cannot serve.
int ServePlain(const PlainOptions& options);

}  // namespace accord::bench

#endif  // ACCORD_TESTS_BENCH_PLAIN_SERVICE_H_
