#include "services/gateway/http2/wire.h"

#include <algorithm>

#include "common/base/error.h"
#include "common/base/ids.h"

namespace accord::gateway {
namespace {

std::size_t Length(const unsigned char* header) {
  return (std::size_t{header[1]} << 24) | (std::size_t{header[2]} << 16) | (std::size_t{header[3]} << 8) |
         header[4];
}

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

std::size_t HeaderListSize(const Headers& headers) {
  std::size_t size = 0;
  for (const auto& [name, value] : headers) size += name.size() + value.size() + 32;
  return size;
}

const std::string* Find(const Headers& headers, std::string_view name) {
  for (const auto& [key, value] : headers) {
    if (key == name) return &value;
  }
  return nullptr;
}

std::optional<int> StatusIn(const Headers& headers) {
  const std::string* text = Find(headers, "grpc-status");
  int status = 0;
  if (text == nullptr || !absl::SimpleAtoi(*text, &status)) return std::nullopt;
  return status;
}

std::optional<std::chrono::milliseconds> ParseTimeout(std::string_view text) {
  if (text.size() < 2 || text.size() > 9) return std::nullopt;
  int64_t count = 0;
  for (const char c : text.substr(0, text.size() - 1)) {
    if (c < '0' || c > '9') return std::nullopt;
    count = count * 10 + (c - '0');
  }
  using std::chrono::milliseconds;
  switch (text.back()) {
    case 'H':
      return milliseconds(count * 3'600'000);
    case 'M':
      return milliseconds(count * 60'000);
    case 'S':
      return milliseconds(count * 1'000);
    case 'm':
      return milliseconds(count);
    case 'u':
      return milliseconds((count + 999) / 1'000);
    case 'n':
      return milliseconds((count + 999'999) / 1'000'000);
    default:
      return std::nullopt;
  }
}

std::string FormatTimeout(std::chrono::milliseconds timeout) {
  if (timeout.count() <= 99'999'999) return std::to_string(timeout.count()) + "m";
  return std::to_string(std::min<int64_t>(timeout.count() / 1000, 99'999'999)) + "S";
}

std::string PercentEncode(std::string_view text) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (c >= 0x20 && c <= 0x7e && c != '%') {
      out += c;
    } else {
      out += '%';
      out += kHex[static_cast<unsigned char>(c) >> 4];
      out += kHex[static_cast<unsigned char>(c) & 15];
    }
  }
  return out;
}

std::string PercentDecode(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && HexDigit(text[i + 1]) >= 0 && HexDigit(text[i + 2]) >= 0) {
      out += static_cast<char>(HexDigit(text[i + 1]) * 16 + HexDigit(text[i + 2]));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

std::string UnpaddedBase64(std::string_view bytes) {
  std::string text = Base64(bytes);
  while (!text.empty() && text.back() == '=') text.pop_back();
  return text;
}

Headers Trailers(const absl::Status& status) {
  Headers out = {{"grpc-status", std::to_string(static_cast<int>(status.code()))}};
  if (status.ok()) return out;
  out.emplace_back("grpc-message", PercentEncode({status.message().data(), status.message().size()}));
  out.emplace_back("grpc-status-details-bin", UnpaddedBase64(StatusDetails(status)));
  return out;
}

Headers TrailersOnly(const absl::Status& status) {
  Headers out = {
      {":status", "200"}, {"content-type", "application/grpc"}, {"grpc-accept-encoding", "identity"}};
  for (auto& field : Trailers(status)) out.push_back(std::move(field));
  return out;
}

FrameMeter::Fault FrameMeter::Take(std::string_view bytes) {
  while (!bytes.empty()) {
    if (left_ == 0) {
      if (prefix_ == 0 && messages_ == 1 && !many_) return Fault::kSurplus;
      header_[prefix_++] = static_cast<unsigned char>(bytes.front());
      bytes.remove_prefix(1);
      if (header_[0] != 0) return Fault::kCompressed;
      if (prefix_ < sizeof header_) continue;
      prefix_ = 0;
      ++messages_;
      left_ = Length(header_);
      if (left_ > limit_) return Fault::kTooLarge;
      continue;
    }
    const std::size_t step = std::min(left_, bytes.size());
    left_ -= step;
    bytes.remove_prefix(step);
  }
  return Fault::kNone;
}

FrameWatch::Taken FrameWatch::Take(std::string_view bytes) {
  constexpr unsigned char kData = 0, kHeaders = 1, kContinuation = 9, kEndHeaders = 4;
  const std::size_t preface = std::min(preface_, bytes.size());
  preface_ -= preface;
  bytes.remove_prefix(preface);
  Taken taken;
  while (!bytes.empty()) {
    if (left_ == 0) {
      head_[head_size_++] = static_cast<unsigned char>(bytes.front());
      bytes.remove_prefix(1);
      if (head_size_ < sizeof head_) continue;
      head_size_ = 0;
      ++taken.frames;
      left_ = (std::size_t{head_[0]} << 16) | (std::size_t{head_[1]} << 8) | head_[2];
      data_ = head_[3] == kData;
      if (head_[3] == kHeaders || head_[3] == kContinuation) block_open_ = (head_[4] & kEndHeaders) == 0;
      continue;
    }
    const std::size_t step = std::min(left_, bytes.size());
    (data_ ? taken.data_bytes : taken.other_bytes) += step;
    left_ -= step;
    bytes.remove_prefix(step);
  }
  return taken;
}

}  // namespace accord::gateway
