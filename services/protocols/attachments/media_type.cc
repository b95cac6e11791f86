#include "services/protocols/attachments/media_type.h"

#include <cstddef>
#include <cstdint>

namespace accord::protocols {
namespace {

// This is what files of a type begin with. RIFF holds sound, video, and pictures as WebP.
struct Magic {
  std::size_t at;
  std::string_view bytes;
  const char* type;
};
using namespace std::string_view_literals;
constexpr Magic kMagic[] = {{0, "%PDF-"sv, "application/pdf"},
                            {0, "\x89PNG\r\n\x1a\n"sv, "image/png"},
                            {0, "\xff\xd8\xff"sv, "image/jpeg"},
                            {0, "GIF87a"sv, "image/gif"},
                            {0, "GIF89a"sv, "image/gif"},
                            {0, "II*\0"sv, "image/tiff"},
                            {0, "MM\0*"sv, "image/tiff"},
                            {4, "ftyp"sv, "video/mp4"},
                            {0, "\x1a\x45\xdf\xa3"sv, "video/webm"},
                            {0, "RIFF"sv, "application/riff"},
                            {0, "PK\x03\x04"sv, "application/zip"}};

// This gives the number of bytes of the character at the front, including bytes that are missing; it is 0 if
// there is no character.
std::size_t MediaCharacterLength(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(0);
  if (first < 0x80) return first >= 0x20 ? static_cast<std::size_t>(first != 0x7f) : 0;
  const std::size_t size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4) return 0;
  uint32_t code = first & (0xffU >> (size + 1));
  for (std::size_t i = 1; i < size && i < text.size(); ++i) {
    if ((byte(i) & 0xc0U) != 0x80U) return 0;
    code = (code << 6U) | (byte(i) & 0x3fU);
  }
  if (text.size() < size) return size;
  const bool overlong = (size == 3 && code < 0x800) || (size == 4 && code < 0x10000);
  const bool surrogate = code >= 0xd800 && code < 0xe000;
  return overlong || surrogate || code > 0x10ffff ? 0 : size;
}

bool IsMediaWhiteSpace(char c) { return c == '\n' || c == '\r' || c == '\t' || c == '\f'; }

bool IsTextMedia(std::string_view content, Extent extent) {
  while (!content.empty()) {
    if (IsMediaWhiteSpace(content[0])) {
      content.remove_prefix(1);
      continue;
    }
    const std::size_t size = MediaCharacterLength(content);
    if (size == 0) return false;
    if (size > content.size()) return extent == Extent::kBeginning;
    content.remove_prefix(size);
  }
  return true;
}

}  // namespace

std::string MediaTypeOf(std::string_view content, Extent extent) {
  for (const Magic& magic : kMagic) {
    if (content.size() >= magic.at && content.substr(magic.at).starts_with(magic.bytes)) return magic.type;
  }
  return !content.empty() && IsTextMedia(content, extent) ? "text/plain" : "";
}

}  // namespace accord::protocols
