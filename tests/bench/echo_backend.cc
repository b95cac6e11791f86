// This is a service for benchmarks of proxies. It answers every call of EchoService with 1 KB over mutual
// TLS, as cheaply as possible, so that the proxy is what is measured.
// echo_backend PORT CERTIFICATE KEY PEER_CA
#include <cstdio>

#include "accord/testing/v1/echo.pb.h"
#include "services/gateway/testing/one_answer_service.h"

namespace {

std::string Echoed() {
  accord::testing::v1::EchoResponse response;
  response.set_payload(std::string(1021, 'e'));
  const std::string bytes = response.SerializeAsString();
  const auto size = static_cast<uint32_t>(bytes.size());
  return std::string({0, 0, 0, static_cast<char>(size >> 8), static_cast<char>(size)}) + bytes;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 5) {
    std::fprintf(stderr, "usage: echo_backend PORT CERTIFICATE KEY PEER_CA\n");
    return 2;
  }
  const accord::gateway::OneAnswer echo{.bytes = Echoed(), .max_streams = 10'000};
  return accord::gateway::ServeOneAnswer(echo, argv);
}
