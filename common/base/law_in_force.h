// This is the law that a process applies, which may be replaced while the process serves.
#ifndef ACCORD_COMMON_BASE_LAW_IN_FORCE_H_
#define ACCORD_COMMON_BASE_LAW_IN_FORCE_H_

#include <atomic>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace accord {

// While this object lives, its thread applies one law even if the process takes up another. So
// one call, or one pass over due records, never applies two laws. Scopes nest, and the innermost
// one counts.
class PinnedLaw {
 public:
  // `of` is the LawInForce that is pinned, and `law` is the law that it will return.
  PinnedLaw(const void* of, const void* law) : of_(of), law_(law), before_(innermost_) { innermost_ = this; }
  ~PinnedLaw() { innermost_ = before_; }
  PinnedLaw(const PinnedLaw&) = delete;
  PinnedLaw& operator=(const PinnedLaw&) = delete;

  // This gives the law that is pinned for `of` on this thread; it is null if there is none.
  static const void* Of(const void* of) {
    for (const PinnedLaw* each = innermost_; each != nullptr; each = each->before_) {
      if (each->of_ == of) return each->law_;
    }
    return nullptr;
  }

 private:
  static inline thread_local const PinnedLaw* innermost_ = nullptr;

  const void* const of_;
  const void* const law_;
  const PinnedLaw* const before_;
};

// A LawInForce is thread-safe. `Law` is what a service makes of its rule set, and never changes.
template <class Law>
class LawInForce {
 public:
  explicit LawInForce(Law first) { Take(std::move(first)); }
  LawInForce(const LawInForce&) = delete;
  LawInForce& operator=(const LawInForce&) = delete;

  // This gives the law that this thread applies. It lives as long as the process, since a call may still read
  // a law that was replaced meanwhile.
  const Law& now() const {
    if (const void* pinned = PinnedLaw::Of(this)) return *static_cast<const Law*>(pinned);
    return *now_.load(std::memory_order_acquire);
  }
  // This makes `next` the law of every thread that has pinned none.
  void Take(Law next) {
    const std::lock_guard lock(mutex_);
    taken_.push_back(std::make_unique<const Law>(std::move(next)));
    now_.store(taken_.back().get(), std::memory_order_release);
  }
  // Pins, for this thread, the law that it applies now.
  std::unique_ptr<PinnedLaw> Pin() const { return std::make_unique<PinnedLaw>(this, &now()); }

 private:
  std::mutex mutex_;
  // Laws are never freed. There are few, because two people of the office have to approve each.
  std::vector<std::unique_ptr<const Law>> taken_;
  std::atomic<const Law*> now_{nullptr};
};

// This takes the place of a pointer to a constant law: each access reads the law that the thread applies at
// that moment.
template <class Law>
class LawNow {
 public:
  // The constructor is implicit, so that a LawNow can be made from an address just as a pointer can.
  LawNow(const LawInForce<Law>* of) : of_(of) {}  // NOLINT(google-explicit-constructor)
  const Law& operator*() const { return of_->now(); }
  const Law* operator->() const { return &of_->now(); }

 private:
  const LawInForce<Law>* of_;
};

}  // namespace accord

#endif  // ACCORD_COMMON_BASE_LAW_IN_FORCE_H_
