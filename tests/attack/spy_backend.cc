// This service takes the place of a real one. It writes the name of every header that reaches it to a file,
// one on each line, and answers every call with an empty message.
// spy_backend PORT CERTIFICATE KEY PEER_CA FILE
#include <cstdio>
#include <fstream>
#include <set>

#include "services/gateway/testing/one_answer_service.h"

namespace accord::gateway {
namespace {

class Names {
 public:
  explicit Names(const std::string& file) : out_(file) {}
  void Take(const Headers& headers) {
    for (const auto& [name, value] : headers) {
      if (seen_.insert(name).second) out_ << name << std::endl;
    }
  }

 private:
  std::ofstream out_;
  std::set<std::string> seen_;
};

}  // namespace
}  // namespace accord::gateway

int main(int argc, char** argv) {
  if (argc != 6) {
    std::fprintf(stderr, "usage: spy_backend PORT CERTIFICATE KEY PEER_CA FILE\n");
    return 2;
  }
  accord::gateway::Names names(argv[5]);
  const accord::gateway::OneAnswer nothing{
      .bytes = std::string(5, '\0'),
      .on_headers = [&names](const accord::gateway::Headers& headers) { names.Take(headers); }};
  return accord::gateway::ServeOneAnswer(nothing, argv);
}
