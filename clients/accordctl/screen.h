// What others wrote, shown so that it can only be read: it moves no cursor, colours nothing, turns no
// direction of writing around and begins no line of its own.
#ifndef ACCORD_CLIENTS_ACCORDCTL_SCREEN_H_
#define ACCORD_CLIENTS_ACCORDCTL_SCREEN_H_

#include <memory>
#include <ostream>
#include <streambuf>
#include <string>
#include <string_view>

namespace accord::ctl {

// Text of one line. Control characters (C0, DEL, C1), line separators, marks that turn the direction of
// writing, invisible tags and bytes that are no UTF-8 become visible: `\u001b`, which in JSON is the same
// text.
std::string Shown(std::string_view text);
// Whether Shown changes it, but for ends of lines and tabs.
bool IsOdd(std::string_view text);

// While it lives a stream shows everything as Shown does, but for ends of lines, tabs and, where `returns` is
// set, returns (of progress on one line). So no output can forget it. A character may come in parts.
class Screened {
 public:
  explicit Screened(std::ostream* stream, bool returns = false);
  ~Screened();
  Screened(const Screened&) = delete;
  Screened& operator=(const Screened&) = delete;

 private:
  class Buffer;
  std::ostream* stream_;
  std::streambuf* before_;
  std::unique_ptr<Buffer> buffer_;
};

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_SCREEN_H_
