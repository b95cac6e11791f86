// Randomised tests take their seeds from here.
#ifndef ACCORD_COMMON_TESTING_SEED_H_
#define ACCORD_COMMON_TESTING_SEED_H_

#include <cstdlib>
#include <random>

namespace accord::testing {

// This gives the seed in ACCORD_SEED, or `fixed` if it is not set, or a fresh one if it is 0. Tests print it
// when they fail.
inline unsigned SeedOr(unsigned fixed) {
  if (const char* named = std::getenv("ACCORD_SEED")) {
    return static_cast<unsigned>(std::strtoul(named, nullptr, 10));
  }
  return fixed != 0 ? fixed : std::random_device{}();
}

}  // namespace accord::testing

#endif  // ACCORD_COMMON_TESTING_SEED_H_
