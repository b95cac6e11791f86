// A fuzz target takes any bytes and ends the process if something that must always hold does not. The same
// targets are driven by libFuzzer (preset `fuzz`) and, over the corpus in the tree, by the test fuzz_corpus.
#ifndef ACCORD_TESTS_FUZZ_TARGET_H_
#define ACCORD_TESTS_FUZZ_TARGET_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace accord::fuzz {

struct Target {
  const char* name;
  void (*run)(std::string_view input);
};
// This gives the targets that are linked in.
std::vector<Target>& Targets();

struct Registered {
  Registered(const char* name, void (*run)(std::string_view)) { Targets().push_back({name, run}); }
};

// Names `property` on standard error and aborts unless it holds.
void Hold(bool holds, const char* property);

// This takes an input apart from its front. Past its end come zeros and empty strings.
class Input {
 public:
  explicit Input(std::string_view bytes) : rest_(bytes) {}

  uint8_t Byte();
  // This takes a big-endian number of `bytes` bytes.
  uint64_t Number(int bytes);
  std::string_view Take(std::size_t size);
  // This takes the text up to the next line feed, and leaves the line feed out.
  std::string_view Line();
  std::string_view rest() const { return rest_; }
  bool empty() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

}  // namespace accord::fuzz

// The body of ACCORD_FUZZ_TARGET(name, input) { ... } runs once for each input.
#define ACCORD_FUZZ_TARGET(name, input)                                           \
  static void Fuzz_##name(std::string_view);                                      \
  static const ::accord::fuzz::Registered registered_##name(#name, &Fuzz_##name); \
  static void Fuzz_##name(std::string_view input)

#endif  // ACCORD_TESTS_FUZZ_TARGET_H_
