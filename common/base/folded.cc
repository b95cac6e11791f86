#include "common/base/folded.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/ascii.h"

namespace accord {
namespace {

// These are the letters for U+C0 to U+DF; those for U+E0 to U+FF are the same except the last.
constexpr std::string_view kLatin1 = "aaaaaaaceeeeiiiidnooooo*ouuuuyts";
// These are the letters for U+0100 to U+017F.
constexpr std::string_view kExtendedA =
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllllllln"
    "nnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
// These are the letters for U+0180 to U+024F. A star stands for a letter that is not changed.
constexpr std::string_view kExtendedB =
    "bbbb**occdddd*eeeffgg*iikkl*mnnooo**pp*****ttttuuuvyyzz**************d**l**n*aaiioouuuuuuuuuueaa"
    "aa**ggggkkoooo**j*d*gg**nnaa**ooaaaaeeeeiiiioooorrrruuuusstt**hhnd**zzaaeeooooooooyylntj**acclts"
    "z**b*veejjqqrryy";
// These are the letters for U+1E00 to U+1EFF.
constexpr std::string_view kAdditional =
    "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooooooopppprrrrrrrr"
    "ssssssssssttttttttuuuuuuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzzhtwyassss*aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee"
    "eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy**vvyy";
static_assert(kLatin1.size() == 32 && kExtendedA.size() == 128 && kExtendedB.size() == 208 &&
              kAdditional.size() == 256);

struct Pair {
  uint32_t from, to;
};
// These lower-case letters are compared as other ones: Latin letters outside of the tables, then Greek and
// Cyrillic letters with an accent.
constexpr Pair kOthers[] = {
    {0x253, 'b'},   {0x254, 'o'},   {0x256, 'd'},   {0x257, 'd'},   {0x259, 'e'},   {0x25b, 'e'},
    {0x263, 'g'},   {0x268, 'i'},   {0x269, 'i'},   {0x26b, 'l'},   {0x272, 'n'},   {0x275, 'o'},
    {0x289, 'u'},   {0x28a, 'u'},   {0x28b, 'v'},   {0x390, 0x3b9}, {0x3ac, 0x3b1}, {0x3ad, 0x3b5},
    {0x3ae, 0x3b7}, {0x3af, 0x3b9}, {0x3b0, 0x3c5}, {0x3c2, 0x3c3}, {0x3ca, 0x3b9}, {0x3cb, 0x3c5},
    {0x3cc, 0x3bf}, {0x3cd, 0x3c5}, {0x3ce, 0x3c9}, {0x439, 0x438}, {0x450, 0x435}, {0x451, 0x435},
    {0x453, 0x433}, {0x457, 0x456}, {0x45c, 0x43a}, {0x45d, 0x438}, {0x45e, 0x443}, {0x477, 0x475},
    {0x4c2, 0x436}, {0x4d1, 0x430}, {0x4d3, 0x430}, {0x4d7, 0x435}, {0x4db, 0x4d9}, {0x4dd, 0x436},
    {0x4df, 0x437}, {0x4e3, 0x438}, {0x4e5, 0x438}, {0x4e7, 0x43e}, {0x4eb, 0x4e9}, {0x4ed, 0x44d},
    {0x4ef, 0x443}, {0x4f1, 0x443}, {0x4f3, 0x443}, {0x4f5, 0x447}, {0x4f9, 0x44b}};
static_assert(std::is_sorted(std::begin(kOthers), std::end(kOthers),
                             [](const Pair& a, const Pair& b) { return a.from < b.from; }));

// This gives the letters into which one letter is expanded; it is empty for a letter that stays one.
std::string_view FoldedLigature(uint32_t code) {
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

std::string_view MoreFoldedLigature(uint32_t code) {
  if (code == 0x132 || code == 0x133) return "ij";
  if (code == 0x1e9e) return "ss";
  if (code == 0x1e2 || code == 0x1e3 || code == 0x1fc || code == 0x1fd) return "ae";
  if ((code >= 0x1c4 && code <= 0x1c6) || (code >= 0x1f1 && code <= 0x1f3)) return "dz";
  if (code >= 0x1c7 && code <= 0x1c9) return "lj";
  if (code >= 0x1ca && code <= 0x1cc) return "nj";
  return FoldedLigature(code);
}

bool IsFoldedSpace(uint32_t code) {
  return code == ' ' || (code >= '\t' && code <= '\r') || code == 0xa0 ||
         (code >= 0x2000 && code <= 0x200a) || code == 0x2028 || code == 0x2029 || code == 0x202f ||
         code == 0x205f || code == 0x3000;
}

// This says whether the code is an accent after its letter, a soft hyphen, a character without width, or a
// mark of direction.
bool IsUnseenInFolded(uint32_t code) {
  return (code >= 0x300 && code <= 0x36f) || code == 0xad || code == 0x61c ||
         (code >= 0x200b && code <= 0x200f) || (code >= 0x202a && code <= 0x202e) || code == 0x2060 ||
         (code >= 0x2066 && code <= 0x2069) || code == 0xfeff;
}

// This does the same, and includes Cyrillic marks, the later blocks of accents, and variation selectors.
bool IsUnseenAnywhereInFolded(uint32_t code) {
  return IsUnseenInFolded(code) || (code >= 0x2061 && code <= 0x2064) || code == 0x180e || code == 0x3164 ||
         (code >= 0x483 && code <= 0x489) || (code >= 0x1ab0 && code <= 0x1aff) ||
         (code >= 0x1dc0 && code <= 0x1dff) || (code >= 0x20d0 && code <= 0x20ff) ||
         (code >= 0xfe00 && code <= 0xfe0f) || (code >= 0xfe20 && code <= 0xfe2f);
}

// This gives the ASCII letter as which the code is compared; it is zero if there is none.
char FoldedUnaccented(uint32_t code) {
  if (code < 0x80) return absl::ascii_tolower(static_cast<unsigned char>(code));
  if (code == 0xff) return 'y';
  if (code >= 0xc0 && code <= 0xff && code != 0xd7 && code != 0xf7) return kLatin1[(code - 0xc0) % 32];
  if (code >= 0x100 && code <= 0x17f) return kExtendedA[code - 0x100];
  if (code == 0x2018 || code == 0x2019 || code == 0x2bc) return '\'';
  if (code >= 0x2010 && code <= 0x2015) return '-';
  return '\0';
}

// This gives the ASCII character for full-width letters, digits and signs, and for mathematical and Arabic
// digits; it is zero if there is none.
char FoldedAsciiForm(uint32_t code) {
  if (code >= 0xff01 && code <= 0xff5e) {
    return absl::ascii_tolower(static_cast<unsigned char>(code - 0xff01 + '!'));
  }
  if (code >= 0x1d7ce && code <= 0x1d7ff) return static_cast<char>('0' + (code - 0x1d7ce) % 10);
  if (code >= 0x660 && code <= 0x669) return static_cast<char>('0' + (code - 0x660));
  if (code >= 0x6f0 && code <= 0x6f9) return static_cast<char>('0' + (code - 0x6f0));
  return '\0';
}

bool IsFoldedSpaceAnywhere(uint32_t code) {
  return IsFoldedSpace(code) || code == 0x85 || code == 0x1680 || code == 0x2800;
}

bool IsFoldedApostrophe(uint32_t code) {
  return code == '`' || code == 0xb4 || (code >= 0x2b9 && code <= 0x2bf) || code == 0x2c8 || code == 0x2ca ||
         code == 0x2cb || (code >= 0x2018 && code <= 0x201b) || code == 0x2032 || code == 0x2035 ||
         code == 0xa78c || code == 0xff07 || code == 0xff40;
}

bool IsFoldedHyphen(uint32_t code) {
  return code == 0x58a || code == 0x5be || code == 0x2043 || code == 0x2212 || code == 0x2e3a ||
         code == 0x2e3b || code == 0xfe58 || code == 0xfe63 || code == 0xff0d;
}

// This gives the lower-case letter of a Greek or Cyrillic letter.
uint32_t FoldedLowerCase(uint32_t code) {
  if (code >= 0x391 && code <= 0x3ab) return code + 0x20;
  if (code >= 0x400 && code <= 0x40f) return code + 0x50;
  if (code >= 0x410 && code <= 0x42f) return code + 0x20;
  if (code >= 0x4c1 && code <= 0x4ce) return code + (code & 1U);
  if ((code >= 0x460 && code <= 0x481) || (code >= 0x48a && code <= 0x52f && code != 0x4c0)) return code | 1U;
  switch (code) {
    case 0x386:
      return 0x3b1;
    case 0x388:
      return 0x3b5;
    case 0x389:
      return 0x3b7;
    case 0x38a:
      return 0x3b9;
    case 0x38c:
      return 0x3bf;
    case 0x38e:
      return 0x3c5;
    case 0x38f:
      return 0x3c9;
    case 0x4c0:
      return 0x4cf;
    default:
      return code;
  }
}

// This gives the letter as which the code is compared, which may be the same.
uint32_t FoldedLetter(uint32_t code) {
  if (IsFoldedApostrophe(code)) return '\'';
  if (IsFoldedHyphen(code)) return '-';
  if (const char plain = FoldedUnaccented(code); plain != '\0') return static_cast<unsigned char>(plain);
  char latin = '*';
  if (code >= 0x180 && code <= 0x24f) latin = kExtendedB[code - 0x180];
  if (code >= 0x1e00 && code <= 0x1eff) latin = kAdditional[code - 0x1e00];
  if (latin != '*') return static_cast<unsigned char>(latin);
  const uint32_t small = FoldedLowerCase(code);
  const auto* other = std::lower_bound(std::begin(kOthers), std::end(kOthers), small,
                                       [](const Pair& each, uint32_t of) { return each.from < of; });
  return other != std::end(kOthers) && other->from == small ? other->to : small;
}

// Letters that are compared as others have codes of one or two UTF-8 bytes.
void AppendFolded(uint32_t code, std::string* out) {
  if (code < 0x80) {
    out->push_back(static_cast<char>(code));
  } else {
    out->push_back(static_cast<char>(0xc0U | (code >> 6)));
    out->push_back(static_cast<char>(0x80U | (code & 0x3fU)));
  }
}

void AppendFoldedSpace(std::string* out) {
  if (!out->empty() && out->back() != ' ') out->push_back(' ');
}

}  // namespace

Letter LetterAt(std::string_view text, std::size_t at) {
  const auto first = static_cast<unsigned char>(text[at]);
  const std::size_t length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  Letter letter{0, text.substr(at, length)};
  if (letter.text.size() < length) return letter;
  letter.code = length == 1 ? first : first & (0xffU >> (length + 1));
  for (const char rest : letter.text.substr(1)) {
    letter.code = (letter.code << 6) | (static_cast<unsigned char>(rest) & 0x3fU);
  }
  return letter;
}

std::string Folded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const Letter letter = LetterAt(text, i);
    i += letter.text.size();
    if (IsUnseenAnywhereInFolded(letter.code)) continue;
    const uint32_t compared = FoldedLetter(letter.code);
    if (IsFoldedSpaceAnywhere(letter.code)) {
      AppendFoldedSpace(&out);
    } else if (const char typed = FoldedAsciiForm(letter.code); typed != '\0' && compared == letter.code) {
      out.push_back(typed);
    } else if (const std::string_view both = MoreFoldedLigature(letter.code); !both.empty()) {
      out.append(both);
    } else if (compared != letter.code) {
      AppendFolded(compared, &out);
    } else {
      out.append(letter.text);
    }
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

std::string FoldedBefore(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const Letter letter = LetterAt(text, i);
    i += letter.text.size();
    if (IsUnseenInFolded(letter.code)) continue;
    if (IsFoldedSpace(letter.code)) {
      AppendFoldedSpace(&out);
    } else if (const std::string_view both = FoldedLigature(letter.code); !both.empty()) {
      out.append(both);
    } else if (const char plain = FoldedUnaccented(letter.code); plain != '\0') {
      out.push_back(plain);
    } else {
      out.append(letter.text);
    }
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

}  // namespace accord
