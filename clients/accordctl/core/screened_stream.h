// This file is about a stream that prints text from others so that it can only be read.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_SCREENED_STREAM_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_SCREENED_STREAM_H_

#include <memory>
#include <ostream>
#include <streambuf>

namespace accord::ctl {

// While it lives, a stream shows everything as Shown does, except line ends, tabs and, if `returns`
// is set, carriage returns (for progress on one line). So no output can be forgotten. A character
// may arrive in parts.
class ScreenedStream {
 public:
  explicit ScreenedStream(std::ostream* stream, bool returns = false);
  ~ScreenedStream();
  // This writes what is left, including an incomplete character, and flushes. It is false if anything was
  // lost because the disk is full or nobody reads any more.
  bool Finish();
  ScreenedStream(const ScreenedStream&) = delete;
  ScreenedStream& operator=(const ScreenedStream&) = delete;

 private:
  class Buffer;
  std::ostream* stream_;
  std::streambuf* before_;
  std::unique_ptr<Buffer> buffer_;
};

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_SCREENED_STREAM_H_
