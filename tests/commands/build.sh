# This configures and compiles, and says how long it will take. `accord` sources it.
# shellcheck shell=bash disable=SC2154

# Counts matching lines on one line of a terminal; in CI it prints one line for every 50.
progress_lines() {
  awk -v pattern="$1" -v tty="$([ -t 1 ] && echo 1 || echo 0)" '
    $0 ~ pattern { n++; if (tty) { printf "\r\033[K  %d: %.70s", n, $0; fflush() }
                   else if (n % 50 == 0) { print "  " n " done"; fflush() } }
    END { if (tty && n) printf "\r\033[K"; if (n) print "  " n " done" }'
}

# Shows what ninja prints with NINJA_STATUS='[%f/%t %e] ' as progress with the time that is left: one line on a
# terminal, elsewhere one line for each five percent. The first argument is how many seconds a step takes on this
# machine; the second is the file that keeps what this build took for the next one.
build_progress() {
  awk -v rate="$1" -v keep="$2" -v tty="$([ -t 1 ] && echo 1 || echo 0)" '
    function spoken(seconds) {
      return seconds < 90 ? int(seconds + 1) " s" : int(seconds / 60 + 0.5) " min"
    }
    match($0, /^\[[0-9]+\/[0-9]+ [0-9.]+\]/) {
      split(substr($0, 2, RLENGTH - 2), n, /[\/ ]/); done = n[1]; total = n[2]; elapsed = n[3]
      # The first that ninja counts may be the look for new files alone, before it knows all there is to do.
      if (!told && total > 20) { told = 1; print "  " total " steps, about " spoken(total * rate) }
      # The first steps generate and are quick, so that a build tells its pace by its last steps alone, and only with
      # a quarter of all steps is it believed altogether: then a cache may serve them, or a neighbour slow them.
      at[done] = elapsed; first = done - (total > 400 ? int(total / 20) : 20)
      while (first > 0 && !(first in at)) --first
      if (first < 0) first = 0
      share = done * 4 > total ? 1 : done * 4 / total
      pace = (1 - share) * rate + share * (elapsed - at[first]) / (done > first ? done - first : 1)
      seconds = pace * (total - done)
      left = done == total ? "done" : "about " spoken(seconds) " left"
      if (tty) { printf "\r\033[K  %d of %d, %s: %.60s", done, total, left, substr($0, RLENGTH + 2); open = 1 }
      else { step = int(20 * done / total)
             if (step != last) { last = step; print "  " 5 * step "% (" done " of " total "), " left } }
      fflush(); next }
    { if (open) printf "\r\033[K"; open = 0; print; fflush() }
    END { if (open) printf "\r\033[K"
          if (total > 100 && done == total) { print elapsed / total >keep; print "  built in " spoken(elapsed) } }'
}

# compile PRESET [TARGET...]: it configures, and builds all or only the targets.
compile() {
  local preset=$1 log=$STATE/build-$1.log rate status=0; shift
  say "building $preset with $CORES cores"
  cmake --preset "$preset" >"$log" 2>&1 || { tail -n 40 "$log" >&2; die "configuration failed, see $log"; }
  # 4.9 s of one core is what a step took in the mean of a whole release build; the sanitizers take twice that.
  rate=$(cat "$STATE/pace-$preset" 2>/dev/null) ||
    rate=$(awk -v cores="$CORES" -v preset="$preset" 'BEGIN { print (preset == "release" || preset == "check" ? 4.9 : 9.8) / cores }')
  NINJA_STATUS='[%f/%t %e] ' ninja -C "build/$preset" -j "$CORES" "$@" 2>&1 | tee -a "$log" |
    build_progress "$rate" "$STATE/pace-$preset" || status=$?
  [ $status = 0 ] || die "the build of $preset failed, see $log"
}

# test_targets PRESET FILTER: it prints the test programs of which a name, a file or a Suite.Case matches. It prints
# nothing if only what ctest itself runs does. It fails if no test matches at all, and names those that are nearly
# called so.
test_targets() {
  [ -e "build/$1/tests.txt" ] || cmake --preset "$1" >"$STATE/build-$1.log" 2>&1 || return 0
  ctest --test-dir "build/$1" -N 2>/dev/null | sed -n 's/^ *Test *#[0-9]*: //p' |
    tests/commands/matching.py "build/$1/tests.txt" "$2"
}
