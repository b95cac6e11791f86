// Referrals behind a plain gRPC C++ service: the same messages, the same SQL in the same schema and
// transactions, sealed at rest alike; but no gateway, no assertion, no rule, no check of fields, no masking
// and no log.
#ifndef ACCORD_TESTS_BENCH_PLAIN_SERVICE_H_
#define ACCORD_TESTS_BENCH_PLAIN_SERVICE_H_

#include <string>

namespace accord::bench {

struct PlainOptions {
  // The address is HOST:PORT.
  std::string listen;
  // This names a database of its own, which is empty at first.
  std::string dsn;
  // Mutual TLS, as between the gateway and a service.
  std::string certificate_file, key_file, ca_file;
  // A serialized Protocol, under which referrals are sent.
  std::string protocol_file;
};

// Serves until the process is ended; 1 if it cannot.
int ServePlain(const PlainOptions& options);

}  // namespace accord::bench

#endif  // ACCORD_TESTS_BENCH_PLAIN_SERVICE_H_
