#include "common/base/ids.h"

#include <openssl/rand.h>

#include <cstdint>
#include <cstdlib>

#include "absl/strings/ascii.h"

namespace accord {
namespace {

// These are random bytes for identifiers. They are drawn many at a time, because one draw costs more than a
// thousand bytes of it.
class IdBytes {
 public:
  unsigned char Next() {
    if (used_ == sizeof pool_) {
      if (RAND_bytes(pool_, sizeof pool_) != 1) std::abort();
      used_ = 0;
    }
    return pool_[used_++];
  }

 private:
  unsigned char pool_[1024];
  std::size_t used_ = sizeof pool_;
};

}  // namespace

std::string RandomBytes(std::size_t count) {
  std::string bytes(count, '\0');
  // Without randomness no key, id or salt is safe, so there is nothing sensible to continue with.
  if (RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(count)) != 1) std::abort();
  return bytes;
}

std::string NewId(absl::Time now) {
  static constexpr char kAlphabet[] = "0123456789abcdefghjkmnpqrstvwxyz";
  const auto ms = static_cast<uint64_t>(absl::ToUnixMillis(now));
  std::string id(26, '0');
  for (int i = 0; i < 10; ++i) id[i] = kAlphabet[(ms >> (5 * (9 - i))) & 31];
  static thread_local IdBytes random;
  for (int i = 0; i < 16; ++i) id[10 + i] = kAlphabet[random.Next() & 31];
  return id;
}

bool IsId(std::string_view text) {
  if (text.empty() || text.size() > 63 || !absl::ascii_islower(static_cast<unsigned char>(text[0]))) {
    return false;
  }
  for (const unsigned char c : text) {
    if (!absl::ascii_islower(c) && !absl::ascii_isdigit(c) && c != '-') return false;
  }
  return true;
}

}  // namespace accord
