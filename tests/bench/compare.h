// This measures the same work at two sizes, alternating in one run, and gives medians and their ratio.
#ifndef ACCORD_TESTS_BENCH_COMPARE_H_
#define ACCORD_TESTS_BENCH_COMPARE_H_

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "nlohmann/json.hpp"

namespace accord::bench {

inline void Require(bool ok) {
  if (!ok) std::abort();
}

// This gives the time in microseconds.
inline double Timed(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start).count();
}

inline double Median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

struct Work {
  std::string name;
  // Each does the work once and gives its time in microseconds.
  std::function<double()> small, large;
  // This is the ratio that should not be exceeded.
  std::optional<double> goal = {};
  // The work is done only in every n-th round, if it takes long. The number is at most that of the rounds.
  int every = 1;
};

// This prints a table, and appends one JSON object on a line to `json_file` unless it is empty. The first
// round warms up and does not count.
inline void Compare(const std::string& bench, int small_size, int large_size, const std::vector<Work>& works,
                    int rounds, const std::string& json_file) {
  std::vector<std::vector<double>> small(works.size()), large(works.size());
  for (int round = 0; round <= rounds; ++round) {
    for (std::size_t i = 0; i < works.size(); ++i) {
      if (round % works[i].every != 0) continue;
      const bool even = round / works[i].every % 2 == 0;
      for (const bool large_now : {even, !even}) {
        const double micros = large_now ? works[i].large() : works[i].small();
        if (round > 0) (large_now ? large : small)[i].push_back(micros);
      }
    }
  }
  std::ofstream json(json_file.empty() ? "/dev/null" : json_file);
  std::printf("%-30s %14s %14s %8s\n", "p50, us", absl::StrCat("at ", small_size).c_str(),
              absl::StrCat("at ", large_size).c_str(), "ratio");
  for (std::size_t i = 0; i < works.size(); ++i) {
    const double a = Median(small[i]), b = Median(large[i]);
    std::printf("%-30s %14.0f %14.0f %8.2f", works[i].name.c_str(), a, b, b / a);
    if (works[i].goal)
      std::printf("   goal %.2f: %s", *works[i].goal, b / a <= *works[i].goal ? "met" : "NOT MET");
    std::printf("\n");
    const auto [low, high] = std::minmax_element(large[i].begin(), large[i].end());
    json << nlohmann::ordered_json{{"bench", bench},
                                   {"subject", absl::StrCat(large_size)},
                                   {"peer", absl::StrCat(small_size)},
                                   {"metric", works[i].name + "_us"},
                                   {"value", b},
                                   {"peer_value", a},
                                   {"ratio", b / a},
                                   {"runs", large[i].size()},
                                   {"min", *low},
                                   {"max", *high}}
                .dump()
         << "\n";
  }
}

}  // namespace accord::bench

#endif  // ACCORD_TESTS_BENCH_COMPARE_H_
