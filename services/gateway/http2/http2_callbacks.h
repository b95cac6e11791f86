// These are the functions by which nghttp2 tells an Http2Connection what its peer sent.
#ifndef ACCORD_SERVICES_GATEWAY_HTTP2_HTTP2_CALLBACKS_H_
#define ACCORD_SERVICES_GATEWAY_HTTP2_HTTP2_CALLBACKS_H_

#include <nghttp2/nghttp2.h>

#include <cstddef>
#include <cstdint>

#include "services/gateway/http2/http2_connection.h"

namespace accord::gateway {

// Each byte of a header block can stand for a whole header that is decoded and checked, so 32 bytes of frames
// other than DATA cost as much as a frame. A call gets back what its headers cost.
inline constexpr double kFramesAnOtherByte = 1.0 / 32;

// These are nghttp2's C callbacks. Their argument `user` is always the session's Http2Connection.
struct Http2Callbacks {
  static Http2Connection* Of(void* user) { return static_cast<Http2Connection*>(user); }
  static int OnBegin(nghttp2_session*, const nghttp2_frame* frame, void* user);
  static int OnHeader(nghttp2_session*, const nghttp2_frame* frame, const uint8_t* name, size_t name_size,
                      const uint8_t* value, size_t value_size, uint8_t, void* user);
  static int OnFrame(nghttp2_session*, const nghttp2_frame* frame, void* user);
  static int OnInvalid(nghttp2_session*, const nghttp2_frame*, int, void* user);
  static int OnChunk(nghttp2_session* session, uint8_t, int32_t stream, const uint8_t* bytes, size_t size,
                     void* user);
  static int OnClose(nghttp2_session*, int32_t stream, uint32_t error_code, void* user);
  static int OnSent(nghttp2_session* session, const nghttp2_frame* frame, void* user);
  static ssize_t Read(nghttp2_session*, int32_t stream, uint8_t* buffer, size_t size, uint32_t* flags,
                      nghttp2_data_source*, void* user);
};

}  // namespace accord::gateway

#endif  // ACCORD_SERVICES_GATEWAY_HTTP2_HTTP2_CALLBACKS_H_
