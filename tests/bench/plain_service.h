// Referrals behind a plain gRPC C++ service: the same messages, the same SQL in the same schema and
// transactions, and the same sealing; but without gateway, assertion, rules, field checks, masking
// and log.
#ifndef ACCORD_TESTS_BENCH_PLAIN_SERVICE_H_
#define ACCORD_TESTS_BENCH_PLAIN_SERVICE_H_

#include <string>

namespace accord::bench {

struct PlainOptions {
  // The address is HOST:PORT.
  std::string listen;
  // The DSN of a separate database, which is empty at first.
  std::string dsn;
  // Mutual TLS, as between the gateway and a service.
  std::string certificate_file, key_file, ca_file;
  // A file with a serialized Protocol, under which referrals are sent.
  std::string protocol_file;
};

// Serves until the process is ended; returns 1 if it cannot serve.
int ServePlain(const PlainOptions& options);

}  // namespace accord::bench

#endif  // ACCORD_TESTS_BENCH_PLAIN_SERVICE_H_
