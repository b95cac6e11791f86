// What others wrote, shown so that it can only be read: it moves no cursor, colours nothing, turns no
// direction of writing around and begins no line of its own.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_SCREEN_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_SCREEN_H_

#include <cstdint>
#include <memory>
#include <ostream>
#include <streambuf>
#include <string>
#include <string_view>

namespace accord::ctl {

// The character that a text begins with, and its bytes. `code` is kNoCharacter for a byte that is no UTF-8;
// then `size` is 1, or 0 if more bytes would have to come.
inline constexpr uint32_t kNoCharacter = 0xffffffff;
struct Character {
  uint32_t code;
  std::size_t size;
};
// The text must not be empty.
Character FirstCharacter(std::string_view text);
// Whether a reader does not see the character, or sees others elsewhere because of it: control characters
// (C0, DEL, C1), separators of lines, marks that turn the direction of writing, zero-width and other
// ignorable characters, and noncharacters.
bool IsHidden(uint32_t code);
// Says where a text stops being UTF-8; npos if it does not.
std::size_t FirstFault(std::string_view text);

// Gives the text of one line. Characters that are hidden and bytes that are no UTF-8 become visible:
// `\u001b`, which in JSON is the same text.
std::string Shown(std::string_view text);
// The same of a text of several lines, as one line whose spaces are single.
std::string Plain(std::string_view text);
// Whether Shown changes it, but for ends of lines and tabs.
bool IsOdd(std::string_view text);

// While it lives a stream shows everything as Shown does, but for ends of lines, tabs and, where `returns` is
// set, returns (of progress on one line). So no output can forget it. A character may come in parts.
class Screened {
 public:
  explicit Screened(std::ostream* stream, bool returns = false);
  ~Screened();
  // Passes on what is left, also of a character that never ended, and flushes. False if anything was lost: a
  // full disk, or nobody who reads any more.
  bool Finish();
  Screened(const Screened&) = delete;
  Screened& operator=(const Screened&) = delete;

 private:
  class Buffer;
  std::ostream* stream_;
  std::streambuf* before_;
  std::unique_ptr<Buffer> buffer_;
};

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_SCREEN_H_
