#include "clients/accordctl/core/screened_stream.h"

#include <string>

#include "clients/accordctl/core/visible_text.h"

namespace accord::ctl {

class ScreenedStream::Buffer : public std::streambuf {
 public:
  Buffer(std::streambuf* to, bool returns) : to_(to), returns_(returns) {}
  bool Finish() { return Pass(true); }

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
    pending_.erase(0, AppendVisible(pending_, true, returns_, last, &marks_, &out));
    const auto size = static_cast<std::streamsize>(out.size());
    return to_->sputn(out.data(), size) == size;
  }

  std::streambuf* to_;
  const bool returns_;
  // These are the first bytes of an incomplete character.
  std::string pending_;
  int marks_ = 0;
};

ScreenedStream::ScreenedStream(std::ostream* stream, bool returns)
    : stream_(stream), before_(stream->rdbuf()), buffer_(std::make_unique<Buffer>(before_, returns)) {
  stream_->rdbuf(buffer_.get());
}

bool ScreenedStream::Finish() {
  if (!buffer_->Finish()) stream_->setstate(std::ios::badbit);
  stream_->flush();
  return stream_->good();
}

ScreenedStream::~ScreenedStream() {
  Finish();
  // The stream's state is not cleared, because that would forget that output was lost.
  const std::ios::iostate state = stream_->rdstate();
  stream_->rdbuf(before_);
  stream_->setstate(state);
}

}  // namespace accord::ctl
