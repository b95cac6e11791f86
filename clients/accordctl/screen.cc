#include "clients/accordctl/screen.h"

#include <cstdint>

#include "absl/strings/str_format.h"

namespace accord::ctl {
namespace {

constexpr uint32_t kNone = 0xffffffff;

// The first character of `text` and its length: 0 if more bytes have to come, kNone for a byte that is no
// UTF-8.
struct Character {
  uint32_t code;
  std::size_t size;
};

Character First(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  if (lead < 0x80) return {lead, 1};
  const std::size_t size = lead >= 0xc2 && lead < 0xe0   ? 2
                           : lead >= 0xe0 && lead < 0xf0 ? 3
                           : lead >= 0xf0 && lead < 0xf5 ? 4
                                                         : 0;
  if (size == 0) return {kNone, 1};
  uint32_t code = lead & (0xffu >> (size + 1));
  for (std::size_t i = 1; i < size; ++i) {
    if (i == text.size()) return {kNone, 0};
    const auto next = static_cast<unsigned char>(text[i]);
    if ((next & 0xc0) != 0x80) return {kNone, 1};
    code = (code << 6) | (next & 0x3fu);
  }
  const bool overlong = code < (size == 3 ? 0x800u : size == 4 ? 0x10000u : 0x80u);
  const bool surrogate = code >= 0xd800 && code < 0xe000;
  return overlong || surrogate || code > 0x10ffff ? Character{kNone, 1} : Character{code, size};
}

// Control characters, direction marks and overrides, separators, and what is not seen at all.
bool Moves(uint32_t code) {
  return code < 0x20 || (code >= 0x7f && code < 0xa0) || code == 0xad || code == 0x61c || code == 0x180e ||
         code == 0x200b || code == 0x200e || code == 0x200f || (code >= 0x2028 && code <= 0x202e) ||
         (code >= 0x2060 && code <= 0x206f) || code == 0xfeff || (code >= 0xfff9 && code <= 0xfffb) ||
         (code >= 0xe0000 && code < 0xe1000);
}

std::string Visible(uint32_t code, unsigned char byte) {
  // A byte that is no character is shown as its number too; nothing else writes U+DCxx.
  if (code == kNone) return absl::StrFormat("\\udc%02x", byte);
  if (code < 0x10000) return absl::StrFormat("\\u%04x", code);
  return absl::StrFormat("\\u%04x\\u%04x", 0xd7c0 + (code >> 10), 0xdc00 + (code & 0x3ff));
}

// Appends what is whole in `text`, or all of it if nothing more comes; returns the bytes that were used.
std::size_t Show(std::string_view text, bool lines, bool returns, bool last, std::string* out) {
  std::size_t at = 0;
  while (at < text.size()) {
    auto [code, size] = First(text.substr(at));
    if (size == 0 && !last) break;
    if (size == 0) size = 1;
    const bool kept = (lines && (code == '\n' || code == '\t')) || (returns && code == '\r');
    if (kept || (code != kNone && !Moves(code))) {
      out->append(text.substr(at, size));
    } else {
      out->append(Visible(code, static_cast<unsigned char>(text[at])));
    }
    at += size;
  }
  return at;
}

}  // namespace

std::string Shown(std::string_view text) {
  std::string out;
  Show(text, false, false, true, &out);
  return out;
}

bool IsOdd(std::string_view text) {
  std::string out;
  Show(text, true, false, true, &out);
  return out != text;
}

class Screened::Buffer : public std::streambuf {
 public:
  Buffer(std::streambuf* to, bool returns) : to_(to), returns_(returns) {}
  void Finish() { Pass(true); }

 protected:
  int_type overflow(int_type c) override {
    if (traits_type::eq_int_type(c, traits_type::eof())) return traits_type::not_eof(c);
    const char one = traits_type::to_char_type(c);
    return xsputn(&one, 1) == 1 ? c : traits_type::eof();
  }
  std::streamsize xsputn(const char* text, std::streamsize size) override {
    pending_.append(text, static_cast<std::size_t>(size));
    return Pass(false) ? size : 0;
  }
  int sync() override { return to_->pubsync(); }

 private:
  bool Pass(bool last) {
    std::string out;
    pending_.erase(0, Show(pending_, true, returns_, last, &out));
    const auto size = static_cast<std::streamsize>(out.size());
    return to_->sputn(out.data(), size) == size;
  }

  std::streambuf* to_;
  const bool returns_;
  // The begin of a character.
  std::string pending_;
};

Screened::Screened(std::ostream* stream, bool returns)
    : stream_(stream), before_(stream->rdbuf()), buffer_(std::make_unique<Buffer>(before_, returns)) {
  stream_->rdbuf(buffer_.get());
}

Screened::~Screened() {
  buffer_->Finish();
  stream_->flush();
  stream_->rdbuf(before_);
}

}  // namespace accord::ctl
