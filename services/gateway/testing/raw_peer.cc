#include "services/gateway/testing/raw_peer.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <nghttp2/nghttp2.h>
#include <sys/socket.h>
#include <unistd.h>

#include "common/base/socket.h"
#include "services/gateway/testing/http2_frames.h"

namespace accord::gateway {

RawPeer::RawPeer(int port, const host::v1::Tls& files) {
  fd_ = ::socket(AF_INET, SOCK_STREAM, 0);
  // The buffer is small, so that a peer that does not read is noticed soon.
  const int buffer = 16 * 1024;
  ::setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &buffer, sizeof buffer);
  const sockaddr_in address = Loopback(port);
  EXPECT_EQ(::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  // A test that waits for something that never comes fails instead of hanging.
  const timeval limit{.tv_sec = 10, .tv_usec = 0};
  ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  ::setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
  context_ = *ClientContext(files);
  ssl_.reset(SSL_new(context_.get()));
  SSL_set_fd(ssl_.get(), fd_);
  EXPECT_EQ(SSL_connect(ssl_.get()), 1);
  nghttp2_hd_deflate_new(&deflater_, 4096);
  nghttp2_hd_inflate_new(&inflater_);
}

RawPeer::~RawPeer() {
  nghttp2_hd_deflate_del(deflater_);
  nghttp2_hd_inflate_del(inflater_);
  ssl_.reset();
  if (fd_ >= 0) ::close(fd_);
}

void RawPeer::SendBytes(std::string_view bytes) {
  while (!bytes.empty() && !closed_) {
    const int put = SSL_write(ssl_.get(), bytes.data(), static_cast<int>(bytes.size()));
    closed_ = put <= 0;
    if (!closed_) bytes.remove_prefix(static_cast<std::size_t>(put));
  }
}

void RawPeer::SendUnsealed(std::string_view bytes) {
  (void)!::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
}

void RawPeer::SendPreface() {
  SendBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
  SendFrame(NGHTTP2_SETTINGS, 0, 0, "");
}

void RawPeer::SendFrame(int type, int flags, int32_t stream, std::string_view payload) {
  SendBytes(FrameOf(type, flags, stream, payload));
}

void RawPeer::SendHeaders(int32_t stream, const Headers& headers, bool end) {
  const std::string block = HeaderBlockOf(deflater_, headers);
  // A frame carries 16 KiB; the rest follows in CONTINUATION.
  std::string_view rest = block;
  int type = NGHTTP2_HEADERS;
  do {
    const std::string_view part = rest.substr(0, 16384);
    rest.remove_prefix(part.size());
    const int flags = (rest.empty() ? NGHTTP2_FLAG_END_HEADERS : 0) |
                      (end && type == NGHTTP2_HEADERS ? NGHTTP2_FLAG_END_STREAM : 0);
    SendFrame(type, flags, stream, part);
    type = NGHTTP2_CONTINUATION;
  } while (!rest.empty());
}

void RawPeer::SendRequest(int32_t stream, const std::string& path, const Headers& extra) {
  Headers headers = {{":method", "POST"},          {":scheme", "https"}, {":path", path},
                     {":authority", "localhost"},  {"te", "trailers"},   {"content-type", "application/grpc"},
                     {"accord-actor", "officer-1"}};
  headers.insert(headers.end(), extra.begin(), extra.end());
  SendHeaders(stream, headers);
}

void RawPeer::SendMessage(int32_t stream, std::string_view message, bool end) {
  SendFrame(NGHTTP2_DATA, end ? NGHTTP2_FLAG_END_STREAM : 0, stream,
            '\0' + Number(static_cast<uint32_t>(message.size()), 4) + std::string(message));
}

bool RawPeer::Read(std::string* bytes, std::size_t size) {
  bytes->resize(size);
  for (std::size_t done = 0; done < size;) {
    const int got = SSL_read(ssl_.get(), bytes->data() + done, static_cast<int>(size - done));
    if (got <= 0) {
      timed_out_ = SSL_get_error(ssl_.get(), got) == SSL_ERROR_WANT_READ;
      return false;
    }
    done += static_cast<std::size_t>(got);
  }
  return true;
}

RawPeer::Frame RawPeer::Next() {
  Frame frame;
  std::string head;
  if (!Read(&head, 9)) return frame;
  frame.flags = static_cast<unsigned char>(head[4]);
  frame.stream = static_cast<int32_t>(NumberAt(head, 5, 4) & 0x7fffffff);
  if (!Read(&frame.payload, NumberAt(head, 0, 3))) return Frame();
  frame.type = static_cast<unsigned char>(head[3]);
  if (frame.type == NGHTTP2_SETTINGS && (frame.flags & NGHTTP2_FLAG_ACK) == 0) {
    SendFrame(NGHTTP2_SETTINGS, NGHTTP2_FLAG_ACK, 0, "");
  }
  if (frame.type == NGHTTP2_HEADERS) {
    Headers headers = HeadersIn(inflater_, frame.payload);
    if ((frame.flags & NGHTTP2_FLAG_END_STREAM) != 0) ends_[frame.stream].trailers = std::move(headers);
  } else if (frame.type == NGHTTP2_DATA) {
    bodies_[frame.stream] += frame.payload;
  } else if (frame.type == NGHTTP2_RST_STREAM && !ends_.contains(frame.stream)) {
    ends_[frame.stream] = {.closed = true, .error_code = NumberAt(frame.payload, 0, 4), .trailers = {}};
  }
  return frame;
}

RawPeer::End RawPeer::AwaitEnd(int32_t stream) {
  while (!ends_.contains(stream)) {
    if (Next().type < 0) return {.closed = true, .error_code = 0, .trailers = {}};
  }
  ends_[stream].body = bodies_[stream];
  return ends_[stream];
}

int64_t RawPeer::AwaitGoAway() {
  int64_t code = -1;
  for (Frame frame = Next(); frame.type >= 0; frame = Next()) {
    if (frame.type == NGHTTP2_GOAWAY) code = NumberAt(frame.payload, 4, 4);
  }
  return code;
}

bool RawPeer::AwaitClose() {
  while (Next().type >= 0) {
  }
  return !timed_out_;
}

void RawPeer::Reset() {
  const linger hard{.l_onoff = 1, .l_linger = 0};
  ::setsockopt(fd_, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
  ::close(fd_);
  fd_ = -1;
}

}  // namespace accord::gateway
