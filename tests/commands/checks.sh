# These run the tests of `accord test` and `nightly`. `accord` sources them.
# shellcheck shell=bash disable=SC2154

# GCC 12's thread sanitizer does not know kernels with more random address bits.
without_aslr() {
  if [ "$1" != tsan ]; then shift; "$@"; return; fi
  shift
  TSAN_OPTIONS="ignore_noninstrumented_modules=1 suppressions=$ROOT/cmake/tsan.supp" setarch -R "$@"
}

# run_ctest PRESET [OPTION...]: it runs one test more than there are cores, because the longest ones wait for processes
# and calendars now and then.
run_ctest() {
  without_aslr "$1" ctest --test-dir "build/$1" --output-on-failure --no-tests=error -j $((CORES + 1)) "${@:2}"
}

# test_matching PRESET FILTER [PROGRAM...]: ctest tests whose name matches run whole. Of the programs (all, if none is
# named) the gtest cases run whose Suite.Name matches.
test_matching() {
  local preset=$1 filter=$2 programs=("${@:3}") binary name cases passed=0 failed=0 whole
  local source=$ROOT bin=$ROOT/build/$preset/bin
  whole=$(ctest --test-dir "build/$preset" -N -R "$filter" | sed -n 's/^ *Test *#[0-9]*: //p')
  for name in $whole; do
    if without_aslr "$preset" ctest --test-dir "build/$preset" --output-on-failure -R "^$name\$"; then
      passed=$((passed + 1)); else failed=$((failed + 1)); fi
  done
  [ ${#programs[@]} -gt 0 ] || mapfile -t programs < <(ls "build/$preset/test")
  for binary in "${programs[@]/#/build/$preset/test/}"; do
    [ -f "$binary" ] && [ -x "$binary" ] || continue
    grep -qxF "$(basename "$binary")" <<<"$whole" && continue
    # The list has `Suite.` lines, and then indented cases; what follows # is a comment about parameters.
    cases=$(without_aslr "$preset" "$binary" --gtest_list_tests 2>/dev/null | sed 's/ *#.*//' |
      awk '/^[^ ].*\.$/ { suite = $0 } /^  / { sub(/^ +/, ""); print suite $0 }' | grep -E -- "$filter" || true)
    [ -n "$cases" ] || continue
    say "== $(basename "$binary"): $(wc -l <<<"$cases") cases"
    if ACCORD_SOURCE_DIR=$source ACCORD_BIN_DIR=$bin without_aslr "$preset" "$binary" \
        --gtest_filter="$(paste -sd: <<<"$cases")"; then
      passed=$((passed + $(wc -l <<<"$cases")))
    else failed=$((failed + 1)); fi
  done
  [ $((passed + failed)) -gt 0 ] || die "no test matches '$filter'"
  say "$passed passed, $failed failed"
  [ $failed = 0 ]
}

# These tests of what reads strangers' bytes run with the sanitizers; ./accord nightly runs everything with them.
test_strangers() {
  local programs=(gateway_test merkle_test)
  cmd_build dev "${programs[@]}"
  run_ctest dev -R "^($(IFS='|'; echo "${programs[*]}"))\$"
}

# nearest_command WORD COMMAND...: it prints the command that takes the fewest letters to correct, if those are at
# most two.
nearest_command() {
  local word=$1; shift
  printf '%s\n' "$@" | awk -v word="$word" '
    function least(a, b) { return a < b ? a : b }
    { for (i = 0; i <= length(word); i++) for (j = 0; j <= length($0); j++) {
        if (i == 0 || j == 0) { d[i, j] = i + j; continue }
        same = substr(word, i, 1) == substr($0, j, 1)
        d[i, j] = least(least(d[i - 1, j], d[i, j - 1]) + 1, d[i - 1, j - 1] + !same)
      }
      far = d[length(word), length($0)]
      if (far <= 2 && far < length($0) && (best == "" || far < nearest)) { best = $0; nearest = far } }
    END { print best }'
}

# wrong_use TEXT: it ends with 2, as for every wrong use.
wrong_use() { printf 'accord: %s\n' "$1" >&2; exit 2; }
# wrong_command WORD COMMAND... and wrong_option COMMAND OPTION OPTION... do so, and name the one that is nearest.
wrong_command() {
  local near; near=$(nearest_command "$@")
  wrong_use "unknown command $1${near:+; did you mean $near?}"
}
wrong_option() {
  local near; near=$(nearest_command "${@:2}")
  wrong_use "$1: unknown option $2${near:+; did you mean $near?}"
}
