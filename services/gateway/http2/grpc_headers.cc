#include "services/gateway/http2/grpc_headers.h"

#include <algorithm>

#include "common/base/error.h"
#include "common/base/ids.h"

namespace accord::gateway {
namespace {

int HexDigitValue(char c) {
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

const std::string* FindHeader(const Headers& headers, std::string_view name) {
  for (const auto& [key, value] : headers) {
    if (key == name) return &value;
  }
  return nullptr;
}

std::optional<int> GrpcStatusIn(const Headers& headers) {
  const std::string* text = FindHeader(headers, "grpc-status");
  int status = 0;
  if (text == nullptr || !absl::SimpleAtoi(*text, &status)) return std::nullopt;
  return status;
}

std::optional<std::chrono::milliseconds> ParseGrpcTimeout(std::string_view text) {
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

std::string FormatGrpcTimeout(std::chrono::milliseconds timeout) {
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
    if (text[i] == '%' && i + 2 < text.size() && HexDigitValue(text[i + 1]) >= 0 &&
        HexDigitValue(text[i + 2]) >= 0) {
      out += static_cast<char>(HexDigitValue(text[i + 1]) * 16 + HexDigitValue(text[i + 2]));
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

Headers GrpcTrailers(const absl::Status& status) {
  Headers out = {{"grpc-status", std::to_string(static_cast<int>(status.code()))}};
  if (status.ok()) return out;
  out.emplace_back("grpc-message", PercentEncode({status.message().data(), status.message().size()}));
  out.emplace_back("grpc-status-details-bin", UnpaddedBase64(StatusDetails(status)));
  return out;
}

Headers GrpcTrailersOnly(const absl::Status& status) {
  Headers out = {
      {":status", "200"}, {"content-type", "application/grpc"}, {"grpc-accept-encoding", "identity"}};
  for (auto& field : GrpcTrailers(status)) out.push_back(std::move(field));
  return out;
}

}  // namespace accord::gateway
