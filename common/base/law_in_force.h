// The law that a process goes by, which may be replaced while it serves.
#ifndef ACCORD_COMMON_BASE_LAW_IN_FORCE_H_
#define ACCORD_COMMON_BASE_LAW_IN_FORCE_H_

#include <atomic>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace accord {

// While it lives, its thread goes by one law, whatever is taken up meanwhile: so that a call, or a pass over
// what is due, does not begin by one and end by another. Scopes nest, and the innermost counts.
class PinnedLaw {
 public:
  // `of` is the LawInForce that is asked, and `law` what it answers.
  PinnedLaw(const void* of, const void* law) : of_(of), law_(law), before_(innermost_) { innermost_ = this; }
  ~PinnedLaw() { innermost_ = before_; }
  PinnedLaw(const PinnedLaw&) = delete;
  PinnedLaw& operator=(const PinnedLaw&) = delete;

  // Gives the law that this thread goes by; null if none is pinned.
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

  // What this thread goes by. It lives as long as the process, since a call may still look into what was
  // replaced meanwhile.
  const Law& now() const {
    if (const void* pinned = PinnedLaw::Of(this)) return *static_cast<const Law*>(pinned);
    return *now_.load(std::memory_order_acquire);
  }
  // Threads that have pinned nothing go by this law from now on.
  void Take(Law next) {
    const std::lock_guard lock(mutex_);
    taken_.push_back(std::make_unique<const Law>(std::move(next)));
    now_.store(taken_.back().get(), std::memory_order_release);
  }
  // Has this thread go on by what it goes by now.
  std::unique_ptr<PinnedLaw> Pin() const { return std::make_unique<PinnedLaw>(this, &now()); }

 private:
  std::mutex mutex_;
  // Two people of the office are behind each of these, so that there are few.
  std::vector<std::unique_ptr<const Law>> taken_;
  std::atomic<const Law*> now_{nullptr};
};

// Stands where a pointer to a law that never changes would: each look is at what the thread goes by then.
template <class Law>
class LawNow {
 public:
  // Implicit, so that it is made of the address of what is in force as that pointer would be.
  LawNow(const LawInForce<Law>* of) : of_(of) {}  // NOLINT(google-explicit-constructor)
  const Law& operator*() const { return of_->now(); }
  const Law* operator->() const { return &of_->now(); }

 private:
  const LawInForce<Law>* of_;
};

}  // namespace accord

#endif  // ACCORD_COMMON_BASE_LAW_IN_FORCE_H_
