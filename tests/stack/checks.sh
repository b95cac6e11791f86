# What `accord test`, `lint` and `tidy` run. Sourced by `accord`.
# shellcheck shell=bash disable=SC2154

tracked_cc() { git ls-files -z -- '*.h' '*.cc'; }

# shellcheck disable=SC1091
. "$ROOT/tests/stack/npm.sh"
buf() { node_modules; node_modules/.bin/buf "$@"; }

# The commit that the present one is compared with: the main branch, on the main branch its parent; may be none.
base_commit() {
  local ref head
  head=$(git rev-parse HEAD 2>/dev/null) || return 0
  for ref in origin/main main; do
    ref=$(git merge-base HEAD "$ref" 2>/dev/null) && [ "$ref" != "$head" ] && { echo "$ref"; return; }
  done
  git rev-parse -q --verify HEAD^ || true
}

breaking() {
  local base old
  base=$(base_commit)
  if [ -z "$base" ] || [ -z "$(git ls-tree "$base" protos)" ]; then say "buf breaking: nothing to compare with"; return; fi
  old=$(mktemp -d)
  git archive "$base" protos | tar -x -C "$old"
  local status=0
  buf breaking protos --against "$old/protos" || status=$?
  rm -rf "$old"
  return $status
}

lint_all() {
  local failures=0
  check() { local what=$1; shift; if "$@"; then say "ok      $what"; else say "FAILED  $what"; failures=$((failures + 1)); fi; }
  buf --version >/dev/null || die "buf does not run"
  check 'buf lint' buf lint protos
  check 'buf format' buf format -d --exit-code protos
  check 'buf breaking' breaking
  check 'clang-format' bash -o pipefail -c "git ls-files -z -- '*.h' '*.cc' | xargs -0 -r clang-format --dry-run -Werror"
  check 'bash -n' bash -c 'for f in accord .ci/run $(git ls-files "*.sh"); do bash -n "$f" || exit 1; done'
  if command -v shellcheck >/dev/null; then
    check 'shellcheck' bash -c 'shellcheck -S warning accord .ci/run $(git ls-files "*.sh")'
  fi
  [ $failures = 0 ] || die "$failures checks failed; ./accord format repairs the form"
}

tidy_changed() {
  local preset=$1 all=$2 base files=()
  base=$(base_commit)
  if [ "$all" = 1 ] || [ -z "$base" ]; then mapfile -t files < <(git ls-files '*.cc')
  else mapfile -t files < <(git diff --name-only --diff-filter=d "$base" -- '*.cc'); fi
  [ ${#files[@]} -gt 0 ] || { say 'no C++ changed'; return; }
  printf '%s\0' "${files[@]}" | xargs -0 -n 1 -P "$CORES" clang-tidy --quiet -p "build/$preset"
}

# GCC 12's thread sanitizer does not know kernels with more random address bits.
without_aslr() {
  if [ "$1" != tsan ]; then shift; "$@"; return; fi
  shift
  TSAN_OPTIONS="ignore_noninstrumented_modules=1 suppressions=$ROOT/cmake/tsan.supp" setarch -R "$@"
}

run_ctest() { without_aslr "$1" ctest --test-dir "build/$1" --output-on-failure --no-tests=error -j "$CORES"; }

# test_matching PRESET FILTER [PROGRAM...]: ctest tests whose name matches run whole; of the programs (all, if none is
# named) the gtest cases whose Suite.Name matches.
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
    # `Suite.` lines, then indented cases; what follows # is a comment about parameters.
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
