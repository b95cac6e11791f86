#include "common/base/folded.h"

#include <cstdint>

#include "absl/strings/ascii.h"

namespace accord {
namespace {

// U+00C0 to U+00DF; U+00E0 to U+00FF are the same but for the last.
constexpr std::string_view kLatin1 = "aaaaaaaceeeeiiiidnooooo*ouuuuyts";
// U+0100 to U+017F.
constexpr std::string_view kExtendedA =
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllllllln"
    "nnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
static_assert(kLatin1.size() == 32 && kExtendedA.size() == 128);

// Says where a letter becomes more than one.
std::string_view Ligature(uint32_t code) {
  switch (code) {
    case 0xc6:
    case 0xe6:
      return "ae";
    case 0x152:
    case 0x153:
      return "oe";
    case 0xdf:
      return "ss";
    default:
      return "";
  }
}

bool IsSpace(uint32_t code) {
  return code == ' ' || (code >= '\t' && code <= '\r') || code == 0xa0 ||
         (code >= 0x2000 && code <= 0x200a) || code == 0x2028 || code == 0x2029 || code == 0x202f ||
         code == 0x205f || code == 0x3000 || code == 0x85 || code == 0x1680 || code == 0x2800;
}

// Accents that stand after their letter, soft hyphens, what has no width, and what turns the direction.
bool IsUnseen(uint32_t code) {
  return (code >= 0x300 && code <= 0x36f) || code == 0xad || code == 0x61c ||
         (code >= 0x200b && code <= 0x200f) || (code >= 0x202a && code <= 0x202e) ||
         (code >= 0x2060 && code <= 0x2064) || (code >= 0x2066 && code <= 0x2069) || code == 0xfeff ||
         code == 0x180e || code == 0x3164;
}

// The letter that it is compared as; zero if it stays.
char Plain(uint32_t code) {
  if (code < 0x80) return absl::ascii_tolower(static_cast<unsigned char>(code));
  if (code == 0xff) return 'y';
  if (code >= 0xc0 && code <= 0xff && code != 0xd7 && code != 0xf7) return kLatin1[(code - 0xc0) % 32];
  if (code >= 0x100 && code <= 0x17f) return kExtendedA[code - 0x100];
  if (code == 0x2018 || code == 0x2019 || code == 0x2bc) return '\'';
  if (code >= 0x2010 && code <= 0x2015) return '-';
  // Letters, digits and signs of full width, and digits of mathematics and of Arabic.
  if (code >= 0xff01 && code <= 0xff5e) {
    return absl::ascii_tolower(static_cast<unsigned char>(code - 0xff01 + '!'));
  }
  if (code >= 0x1d7ce && code <= 0x1d7ff) return static_cast<char>('0' + (code - 0x1d7ce) % 10);
  if (code >= 0x660 && code <= 0x669) return static_cast<char>('0' + (code - 0x660));
  if (code >= 0x6f0 && code <= 0x6f9) return static_cast<char>('0' + (code - 0x6f0));
  return '\0';
}

}  // namespace

std::string Folded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const auto first = static_cast<unsigned char>(text[i]);
    const std::size_t length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    const std::string_view letter = text.substr(i, length);
    i += length;
    // The text was cut off here: it is no letter.
    if (letter.size() < length) {
      out.append(letter);
      break;
    }
    uint32_t code = length == 1 ? first : first & (0xffU >> (length + 1));
    for (const char rest : letter.substr(1)) {
      code = (code << 6) | (static_cast<unsigned char>(rest) & 0x3fU);
    }
    if (IsUnseen(code)) continue;
    if (IsSpace(code)) {
      if (!out.empty() && out.back() != ' ') out.push_back(' ');
    } else if (const std::string_view both = Ligature(code); !both.empty()) {
      out.append(both);
    } else if (const char plain = Plain(code); plain != '\0') {
      out.push_back(plain);
    } else {
      out.append(letter);
    }
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

}  // namespace accord
