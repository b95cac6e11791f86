#include "clients/accordctl/core/visible_text.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/ascii.h"
#include "absl/strings/str_format.h"

namespace accord::ctl {
namespace {

struct Range {
  uint32_t first, last;
};

// These characters are invisible or move others: control characters; all of Unicode's
// Default_Ignorable_Code_Point (DerivedCoreProperties.txt of Unicode 15: zero-width spaces and joiners,
// direction marks and overrides, fillers, variation selectors, tags); line separators; annotation marks; the
// braille blank; and noncharacters. It is sorted by number.
constexpr Range kHidden[] = {
    {0x00, 0x1f},       {0x7f, 0x9f},     {0xad, 0xad},     {0x34f, 0x34f},     {0x61c, 0x61c},
    {0x115f, 0x1160},   {0x17b4, 0x17b5}, {0x180b, 0x180f}, {0x200b, 0x200f},   {0x2028, 0x202e},
    {0x2060, 0x206f},   {0x2800, 0x2800}, {0x3164, 0x3164}, {0xfdd0, 0xfdef},   {0xfe00, 0xfe0f},
    {0xfeff, 0xfeff},   {0xffa0, 0xffa0}, {0xfff0, 0xfffb}, {0x1bca0, 0x1bca3}, {0x1d173, 0x1d17a},
    {0xe0000, 0xe0fff},
};

// Combining marks of Latin, Cyrillic, Hebrew, Arabic, Thai and symbols, many of which on one letter would
// cover the lines above and below. It is sorted by number.
constexpr Range kMarks[] = {
    {0x300, 0x36f}, {0x483, 0x489},   {0x591, 0x5bd},   {0x5bf, 0x5bf},   {0x5c1, 0x5c2},
    {0x5c4, 0x5c5}, {0x610, 0x61a},   {0x64b, 0x65f},   {0x670, 0x670},   {0x6d6, 0x6dc},
    {0x6df, 0x6e4}, {0x6e7, 0x6e8},   {0x6ea, 0x6ed},   {0xe31, 0xe31},   {0xe34, 0xe3a},
    {0xe47, 0xe4e}, {0x1ab0, 0x1aff}, {0x1dc0, 0x1dff}, {0x20d0, 0x20ff}, {0xfe20, 0xfe2f},
};
// The most combining marks on one letter that any script needs.
constexpr int kMostMarks = 4;

bool IsCombiningMark(uint32_t code) {
  return std::any_of(std::begin(kMarks), std::end(kMarks),
                     [code](const Range& range) { return code >= range.first && code <= range.last; });
}

std::string VisibleEscape(uint32_t code, unsigned char byte) {
  // A byte that is not part of a character is shown as a number too, in the range U+DCxx, which
  // nothing else produces.
  if (code == kNoCharacter) return absl::StrFormat("\\udc%02x", byte);
  if (code < 0x10000) return absl::StrFormat("\\u%04x", code);
  return absl::StrFormat("\\u%04x\\u%04x", 0xd7c0 + (code >> 10), 0xdc00 + (code & 0x3ff));
}

}  // namespace

Character FirstCharacter(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  if (lead < 0x80) return {lead, 1};
  const std::size_t size = lead >= 0xc2 && lead < 0xe0   ? 2
                           : lead >= 0xe0 && lead < 0xf0 ? 3
                           : lead >= 0xf0 && lead < 0xf5 ? 4
                                                         : 0;
  if (size == 0) return {kNoCharacter, 1};
  uint32_t code = lead & (0xffu >> (size + 1));
  for (std::size_t i = 1; i < size; ++i) {
    if (i == text.size()) return {kNoCharacter, 0};
    const auto next = static_cast<unsigned char>(text[i]);
    if ((next & 0xc0) != 0x80) return {kNoCharacter, 1};
    code = (code << 6) | (next & 0x3fu);
  }
  const bool overlong = code < (size == 3 ? 0x800u : size == 4 ? 0x10000u : 0x80u);
  const bool surrogate = code >= 0xd800 && code < 0xe000;
  return overlong || surrogate || code > 0x10ffff ? Character{kNoCharacter, 1} : Character{code, size};
}

std::size_t AppendVisible(std::string_view text, bool lines, bool returns, bool last, int* marks,
                          std::string* out) {
  std::size_t at = 0;
  while (at < text.size()) {
    auto [code, size] = FirstCharacter(text.substr(at));
    if (size == 0 && !last) break;
    if (size == 0) size = 1;
    const bool kept = (lines && (code == '\n' || code == '\t')) || (returns && code == '\r');
    *marks = code != kNoCharacter && IsCombiningMark(code) ? *marks + 1 : 0;
    if (kept || (code != kNoCharacter && !IsHidden(code) && *marks <= kMostMarks)) {
      out->append(text.substr(at, size));
    } else {
      out->append(VisibleEscape(code, static_cast<unsigned char>(text[at])));
    }
    at += size;
  }
  return at;
}

bool IsHidden(uint32_t code) {
  const bool listed = std::any_of(std::begin(kHidden), std::end(kHidden), [code](const Range& range) {
    return code >= range.first && code <= range.last;
  });
  // The last two code points of every plane are noncharacters.
  return listed || (code & 0xfffe) == 0xfffe;
}

std::size_t FirstNonUtf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const Character next = FirstCharacter(text.substr(at));
    if (next.code == kNoCharacter) return at;
    at += next.size;
  }
  return std::string_view::npos;
}

std::string Shown(std::string_view text) {
  std::string out;
  int marks = 0;
  AppendVisible(text, false, false, true, &marks, &out);
  return out;
}

std::string PlainLine(std::string_view text) {
  std::string line(text);
  for (char& c : line) {
    if (c == '\n' || c == '\r' || c == '\t') c = ' ';
  }
  absl::RemoveExtraAsciiWhitespace(&line);
  return Shown(line);
}

bool NeedsEscaping(std::string_view text) {
  std::string out;
  int marks = 0;
  AppendVisible(text, true, false, true, &marks, &out);
  return out != text;
}

}  // namespace accord::ctl
