// A list followed by every change of it: docs/api/connect.md, "Watch".
#ifndef ACCORD_CLIENT_WATCH_H_
#define ACCORD_CLIENT_WATCH_H_

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "accord/client/errors.h"
#include "accord/client/interrupt.h"
#include "accord/client/pages.h"
#include "accord/client/retries.h"
#include "accord/client/stream.h"

namespace accord::client {

// This is the kind of an event.
enum class Kind {
  // The list begins here. Discard the records that were kept before: each record follows
  // as kListed.
  kBegun,
  // This is a record of the list.
  kListed,
  // A change, which names its record. The same change may be reported twice.
  kChanged,
  // Nothing happened; everything up to here has been reported.
  kPosition,
};

// This is one event of a watch.
template <typename Item, typename Change>
struct Event {
  Kind kind = Kind::kBegun;
  // This is the record of a kListed event.
  std::optional<Item> record = std::nullopt;
  // The change of a kChanged event.
  std::optional<Change> change = std::nullopt;
  // If it is not empty, store it once this event and all before it were processed: a later watch
  // can begin there instead of with the list.
  std::string token = "";
};

struct WatchOptions {
  // This is the token from an earlier watch; without it the watch begins with the list.
  std::string token = "";
  // The service reports its position every 15 seconds, so a stream that is silent for this long
  // is dead.
  Seconds silence{60};
  // These are the pauses between attempts to continue.
  Waits waits{Seconds(1), Seconds(10)};
};

// This is a page of the list that is watched.
template <typename Item>
struct ListedPage {
  std::vector<Item> records;
  std::string next_page_token;
  std::string watch_token;
};

// These are the events, in order, for one thread. Another thread may call Close.
template <typename Item, typename Change>
class Watch {
 public:
  // This is the source of the events: a page for a page token, and the stream from a watch token on.
  struct Source {
    std::function<ListedPage<Item>(const std::string&)> list;
    std::function<std::unique_ptr<OpenStream<Change>>(const std::string&,
                                                      const std::function<void(Attempt&)>&)>
        open;
  };

  Watch(Source source, WatchOptions options)
      : source_(std::move(source)),
        token_(std::move(options.token)),
        waits_(std::move(options.waits)),
        interrupt_(options.silence) {}

  // This waits for the next event, which is valid until the next call; it is null after Close. It throws
  // Refusal if the watch would be refused again.
  const Event<Item, Change>* Next() {
    while (!interrupt_.closed()) {
      try {
        if (IsListing()) {
          event_ = Listed();
          return &event_;
        }
        if (Followed()) return &event_;
        // The stream ended in order, for example after an hour. It is reopened at once, but not in
        // a tight loop.
        interrupt_.Rest(waits_.Next());
      } catch (const CallError& error) {
        stream_.reset();
        begun_ = false;
        if (interrupt_.closed()) break;
        if (IsOfAnotherTime(error)) {
          token_.clear();
        } else if (!error.may_pass()) {
          throw;
        }
        interrupt_.Rest(waits_.After(error));
      }
    }
    stream_.reset();
    return nullptr;
  }

  // This ends the watch, even while it waits. A page of the list that is being read is completed first.
  void Close() { interrupt_.Close(); }

 private:
  static bool IsOfAnotherTime(const CallError& error) {
    const auto* refusal = dynamic_cast<const Refusal*>(&error);
    return refusal != nullptr && refusal->rule() == Rule::kPositionFromAnotherTime;
  }

  bool IsListing() const { return stream_ == nullptr && token_.empty(); }

  // This gives every record first and only then the position of the first page, because before that some
  // records are not processed yet.
  Event<Item, Change> Listed() {
    if (!begun_) {
      begun_ = true;
      whole_ = false;
      page_ = {};
      index_ = 0;
      first_.clear();
      return {.kind = Kind::kBegun};
    }
    while (index_ == page_.records.size()) {
      if (whole_) {
        begun_ = false;
        token_ = first_;
        if (token_.empty()) Open();
        return {.kind = Kind::kPosition, .token = token_};
      }
      page_ = source_.list(page_.next_page_token);
      index_ = 0;
      whole_ = page_.next_page_token.empty();
      if (first_.empty()) first_ = page_.watch_token;
    }
    return {.kind = Kind::kListed, .record = std::move(page_.records[index_++])};
  }

  // This reads the next event of the stream; it is false when the stream has ended.
  bool Followed() {
    if (stream_ != nullptr && stream_->IsOutdated()) stream_.reset();
    if (stream_ == nullptr) Open();
    Change change;
    if (!Read(&change)) {
      stream_.reset();
      return false;
    }
    waits_.BeginAnew();
    if (!change.watch_token().empty()) token_ = change.watch_token();
    const bool told = !change.name().empty();
    event_ = {.kind = told ? Kind::kChanged : Kind::kPosition, .token = token_};
    if (told) event_.change = std::move(change);
    return true;
  }

  void Open() {
    std::optional<Interrupt::Reading> reading;
    stream_ = source_.open(token_, [&](Attempt& attempt) {
      reading.emplace(interrupt_, [&attempt] { attempt.context().TryCancel(); });
    });
  }

  bool Read(Change* change) {
    const Interrupt::Reading reading(interrupt_, [this] { stream_->Cancel(); });
    return stream_->Read(change);
  }

  Source source_;
  // Everything up to this token was reported; it is empty if the list must begin.
  std::string token_;
  Waits waits_;
  Interrupt interrupt_;
  std::unique_ptr<OpenStream<Change>> stream_;
  Event<Item, Change> event_;
  // This is the state of the list if it has begun: whether the last page was read, the page, its next record,
  // and the token of the first page.
  bool begun_ = false;
  bool whole_ = false;
  ListedPage<Item> page_;
  std::size_t index_ = 0;
  std::string first_;
};

template <typename Item, typename Change>
NextIterator<Watch<Item, Change>, Event<Item, Change>> begin(Watch<Item, Change>& watch) {
  return NextIterator<Watch<Item, Change>, Event<Item, Change>>(&watch);
}
template <typename Item, typename Change>
NextIterator<Watch<Item, Change>, Event<Item, Change>> end(Watch<Item, Change>&) {
  return {};
}

}  // namespace accord::client

#endif  // ACCORD_CLIENT_WATCH_H_
