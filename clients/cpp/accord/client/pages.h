// This file is about a list, by page or by record, for a range-based `for`.
#ifndef ACCORD_CLIENT_PAGES_H_
#define ACCORD_CLIENT_PAGES_H_

#include <cstddef>
#include <functional>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "accord/client/methods.h"

namespace accord::client {

// These are the pages of one list, for one pass. Each is fetched when it is needed, with the exceptions of
// a call.
template <typename Page>
class Pages {
 public:
  // This gives the page for a token.
  using Fetch = std::function<Page(const std::string& token)>;

  Pages(Fetch fetch, std::string begin) : fetch_(std::move(fetch)), next_(std::move(begin)) {}

  // This gives the next page; it is null after the last one. A page is valid until the next one is fetched.
  const Page* Next() {
    if (ended_) return nullptr;
    page_ = fetch_(next_);
    next_ = page_.next_page_token();
    ended_ = next_.empty();
    return &page_;
  }

 private:
  Fetch fetch_;
  std::string next_;
  Page page_;
  bool ended_ = false;
};

// These are the records of one list, for one pass.
template <typename Page, typename Item>
class Records {
 public:
  Records(Pages<Page> pages, Items<Page, Item> items) : pages_(std::move(pages)), items_(items) {}
  Records(const Records&) = delete;
  Records& operator=(const Records&) = delete;

  // This gives the next record; it is null after the last one. A record is valid until the next one
  // is fetched.
  const Item* Next() {
    while (page_ == nullptr || index_ == (page_->*items_)().size()) {
      page_ = pages_.Next();
      index_ = 0;
      if (page_ == nullptr) return nullptr;
    }
    return &(page_->*items_)().Get(index_++);
  }

 private:
  Pages<Page> pages_;
  Items<Page, Item> items_;
  const Page* page_ = nullptr;
  int index_ = 0;
};

// This is an iterator over an object with `Next`, which returns null at the end.
template <typename Source, typename Item>
class NextIterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = Item;
  using difference_type = std::ptrdiff_t;
  using pointer = const Item*;
  using reference = const Item&;

  NextIterator() = default;
  explicit NextIterator(Source* source) : source_(source), item_(source->Next()) {}

  reference operator*() const { return *item_; }
  pointer operator->() const { return item_; }
  NextIterator& operator++() {
    item_ = source_->Next();
    return *this;
  }
  void operator++(int) { ++*this; }
  friend bool operator==(const NextIterator& one, const NextIterator& other) {
    return one.item_ == other.item_;
  }

 private:
  Source* source_ = nullptr;
  pointer item_ = nullptr;
};

template <typename Page>
NextIterator<Pages<Page>, Page> begin(Pages<Page>& pages) {
  return NextIterator<Pages<Page>, Page>(&pages);
}
template <typename Page>
NextIterator<Pages<Page>, Page> end(Pages<Page>&) {
  return {};
}
template <typename Page, typename Item>
NextIterator<Records<Page, Item>, Item> begin(Records<Page, Item>& records) {
  return NextIterator<Records<Page, Item>, Item>(&records);
}
template <typename Page, typename Item>
NextIterator<Records<Page, Item>, Item> end(Records<Page, Item>&) {
  return {};
}

}  // namespace accord::client

#endif  // ACCORD_CLIENT_PAGES_H_
