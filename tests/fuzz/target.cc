#include "tests/fuzz/target.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace accord::fuzz {

std::vector<Target>& Targets() {
  static std::vector<Target> targets;
  return targets;
}

void Hold(bool holds, const char* property) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", property);
  std::abort();
}

uint8_t Input::Byte() { return static_cast<uint8_t>(Number(1)); }

uint64_t Input::Number(int bytes) {
  uint64_t number = 0;
  for (int i = 0; i < bytes; ++i) {
    number = number << 8 | (rest_.empty() ? 0u : static_cast<unsigned char>(rest_.front()));
    if (!rest_.empty()) rest_.remove_prefix(1);
  }
  return number;
}

std::string_view Input::Take(std::size_t size) {
  const std::string_view taken = rest_.substr(0, size);
  rest_.remove_prefix(taken.size());
  return taken;
}

std::string_view Input::Line() {
  const std::string_view line = rest_.substr(0, rest_.find('\n'));
  rest_.remove_prefix(std::min(rest_.size(), line.size() + 1));
  return line;
}

}  // namespace accord::fuzz
