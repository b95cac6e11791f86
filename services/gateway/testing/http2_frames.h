// These functions write HTTP/2 frames and blocks of headers as bytes, for peers that write them by hand and
// may break every rule of the protocol.
#ifndef ACCORD_SERVICES_GATEWAY_TESTING_HTTP2_FRAMES_H_
#define ACCORD_SERVICES_GATEWAY_TESTING_HTTP2_FRAMES_H_

#include <nghttp2/nghttp2.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace accord::gateway {

// This gives this many bytes of a number, the highest first.
inline std::string Number(uint32_t value, int bytes) {
  std::string text;
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) text += static_cast<char>(value >> shift);
  return text;
}

inline uint32_t NumberAt(std::string_view text, std::size_t at, int bytes) {
  uint32_t value = 0;
  for (int i = 0; i < bytes; ++i)
    value = value << 8 | static_cast<unsigned char>(text[at + static_cast<std::size_t>(i)]);
  return value;
}

inline std::string FrameOf(int type, int flags, int32_t stream, std::string_view payload) {
  std::string frame = Number(static_cast<uint32_t>(payload.size()), 3);
  frame += static_cast<char>(type);
  frame += static_cast<char>(flags);
  frame += Number(static_cast<uint32_t>(stream), 4);
  frame += payload;
  return frame;
}

inline std::string HeaderBlockOf(nghttp2_hd_deflater* deflater,
                                 const std::vector<std::pair<std::string, std::string>>& headers) {
  std::vector<nghttp2_nv> pairs;
  for (const auto& [name, value] : headers) {
    pairs.push_back({reinterpret_cast<uint8_t*>(const_cast<char*>(name.data())),
                     reinterpret_cast<uint8_t*>(const_cast<char*>(value.data())), name.size(), value.size(),
                     NGHTTP2_NV_FLAG_NONE});
  }
  std::string block(nghttp2_hd_deflate_bound(deflater, pairs.data(), pairs.size()), '\0');
  const ssize_t size = nghttp2_hd_deflate_hd(deflater, reinterpret_cast<uint8_t*>(block.data()), block.size(),
                                             pairs.data(), pairs.size());
  block.resize(static_cast<std::size_t>(size));
  return block;
}

// This gives the headers of a whole block, up to the first that HPACK does not allow.
inline std::vector<std::pair<std::string, std::string>> HeadersIn(nghttp2_hd_inflater* inflater,
                                                                  std::string_view block) {
  std::vector<std::pair<std::string, std::string>> headers;
  int state = 0;
  do {
    nghttp2_nv pair;
    const ssize_t used = nghttp2_hd_inflate_hd2(
        inflater, &pair, &state, reinterpret_cast<const uint8_t*>(block.data()), block.size(), 1);
    if (used < 0) break;
    block.remove_prefix(static_cast<std::size_t>(used));
    if ((state & NGHTTP2_HD_INFLATE_EMIT) != 0) {
      headers.emplace_back(std::string(reinterpret_cast<char*>(pair.name), pair.namelen),
                           std::string(reinterpret_cast<char*>(pair.value), pair.valuelen));
    }
  } while ((state & NGHTTP2_HD_INFLATE_FINAL) == 0);
  nghttp2_hd_inflate_end_headers(inflater);
  return headers;
}

}  // namespace accord::gateway

#endif  // ACCORD_SERVICES_GATEWAY_TESTING_HTTP2_FRAMES_H_
