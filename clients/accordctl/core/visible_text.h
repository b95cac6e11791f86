// This shows text from others so that it can only be read: it cannot move the cursor, change colours, reverse
// the direction of writing or begin a line of its own.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_VISIBLE_TEXT_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_VISIBLE_TEXT_H_

#include <cstdint>
#include <memory>
#include <ostream>
#include <streambuf>
#include <string>
#include <string_view>

namespace accord::ctl {

// This is the first character of a text, and its size in bytes. `code` is kNoCharacter for a byte that is not
// UTF-8; then `size` is 1, or 0 if more bytes are needed.
inline constexpr uint32_t kNoCharacter = 0xffffffff;
struct Character {
  uint32_t code;
  std::size_t size;
};
// The text must not be empty.
Character FirstCharacter(std::string_view text);
// This says whether the character is invisible, or makes others appear elsewhere: control characters (C0,
// DEL, C1), line separators, marks of the direction of writing, zero-width and other ignorable characters,
// and noncharacters.
bool IsHidden(uint32_t code);
// This gives the position where a text stops being UTF-8; it is npos if it does not.
std::size_t FirstNonUtf8(std::string_view text);

// This appends the complete characters of `text`, or everything if nothing more follows, and returns the
// number of bytes used. `marks` counts the combining marks on the last letter.
std::size_t AppendVisible(std::string_view text, bool lines, bool returns, bool last, int* marks,
                          std::string* out);

// This gives the text as one line. Hidden characters and bytes that are not UTF-8 become visible escapes, for
// example `\u001b`, which means the same in JSON.
std::string Shown(std::string_view text);
// This does the same with a text of several lines, which becomes one line with single spaces.
std::string PlainLine(std::string_view text);
// This says whether Shown would change more than line ends and tabs.
bool NeedsEscaping(std::string_view text);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_VISIBLE_TEXT_H_
