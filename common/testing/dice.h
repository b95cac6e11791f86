// A seed reproduces these random choices of a test.
#ifndef ACCORD_COMMON_TESTING_DICE_H_
#define ACCORD_COMMON_TESTING_DICE_H_

#include <random>

namespace accord::testing {

class Dice {
 public:
  explicit Dice(unsigned seed) : seed_(seed), random_(seed) {}
  // This gives the seed that reproduces the same throws.
  unsigned seed() const { return seed_; }
  // This gives a number from 0 to n - 1.
  int Below(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }
  bool Percent(int n) { return Below(100) < n; }
  template <class List>
  const typename List::value_type& Any(const List& list) {
    return *(list.begin() + Below(static_cast<int>(list.size())));
  }

 private:
  unsigned seed_;
  std::mt19937 random_;
};

}  // namespace accord::testing

#endif  // ACCORD_COMMON_TESTING_DICE_H_
