// Shows text from others so that it can only be read: it cannot move the cursor, change colours,
// reverse the direction of writing or begin a line of its own.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_SCREEN_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_SCREEN_H_

#include <cstdint>
#include <memory>
#include <ostream>
#include <streambuf>
#include <string>
#include <string_view>

namespace accord::ctl {

// The first character of a text, and its size in bytes. `code` is kNoCharacter for a byte that is
// not UTF-8; then `size` is 1, or 0 if more bytes are needed.
inline constexpr uint32_t kNoCharacter = 0xffffffff;
struct Character {
  uint32_t code;
  std::size_t size;
};
// The text must not be empty.
Character FirstCharacter(std::string_view text);
// Whether the character is invisible, or makes others appear elsewhere: control characters (C0,
// DEL, C1), line separators, marks of the direction of writing, zero-width and other ignorable
// characters, and noncharacters.
bool IsHidden(uint32_t code);
// Gives the position where a text stops being UTF-8; npos if it does not.
std::size_t FirstNonUtf8(std::string_view text);

// Gives the text as one line. Hidden characters and bytes that are not UTF-8 become visible
// escapes, for example `\u001b`, which means the same in JSON.
std::string Shown(std::string_view text);
// Does the same with a text of several lines, which becomes one line with single spaces.
std::string PlainLine(std::string_view text);
// Whether Shown would change more than line ends and tabs.
bool NeedsEscaping(std::string_view text);

// While it lives, a stream shows everything as Shown does, except line ends, tabs and, if `returns`
// is set, carriage returns (for progress on one line). So no output can be forgotten. A character
// may arrive in parts.
class Screened {
 public:
  explicit Screened(std::ostream* stream, bool returns = false);
  ~Screened();
  // Writes what is left, including an incomplete character, and flushes. False if anything was lost
  // because the disk is full or nobody reads any more.
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
