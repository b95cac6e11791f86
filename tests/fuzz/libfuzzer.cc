// This is the one target of this program, as libFuzzer calls it.
#include <cstddef>
#include <cstdint>

#include "tests/fuzz/target.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size) {
  accord::fuzz::Targets().front().run({reinterpret_cast<const char*>(data), size});
  return 0;
}
