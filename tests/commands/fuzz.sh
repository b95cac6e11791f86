# `accord fuzz` runs this, and `accord` sources it.
# shellcheck shell=bash disable=SC2154

# The symbolizer of llvm-16 turns addresses of a crash into lines.
FUZZ_PACKAGES="clang-16 libclang-rt-16-dev llvm-16"

fuzz_names() { sed -n 's/^accord_fuzz(\([a-z_]*\) .*/\1/p' tests/fuzz/CMakeLists.txt | sort; }

# Prints the arguments of libFuzzer that a target needs, one on each line: tests/fuzz/NAME.options.
fuzz_options() { if [ -e "tests/fuzz/$1.options" ]; then grep -v '^#' "tests/fuzz/$1.options"; fi; }

fuzz_list() {
  local name
  for name in $(fuzz_names); do
    # The first sentence of the target's file says what it is about.
    printf '  %-12s %s\n' "$name" "$(sed -n '/^\/\//{s|^// ||;p};/^[^/]/q' "tests/fuzz/$name.cc" | tr '\n' ' ' | sed 's/\. .*/./')"
  done
}

fuzz_setup() {
  cmd_setup
  # shellcheck disable=SC2086
  install $FUZZ_PACKAGES
}

# Prints, of the log of a run, the executions a second, covered edges, inputs in the corpus and those of them that
# are new.
fuzz_numbers() {
  awk '/^stat::average_exec_per_sec:/ { speed = $2 } /^stat::new_units_added:/ { fresh = $2 }
    { for (i = 1; i < NF; i++) { if ($i == "cov:") cov = $(i + 1); if ($i == "corp:") { split($(i + 1), c, "/"); corpus = c[1] } }
      if ($1 ~ /^#[0-9]+$/) runs = substr($1, 2) }
    END { printf "%d executions/s, %d runs, %d edges covered, %d inputs kept, %d of them new", speed, runs, cov, corpus, fresh }' "$1"
}

# fuzz_run NAME SECONDS: it gives 0 if nothing was found. The corpus grows in .accord/fuzz/NAME/corpus.
fuzz_run() {
  local name=$1 seconds=$2 dir=$STATE/fuzz/$1 binary=build/fuzz/bin/fuzz_$1 options=() status=0 found
  mkdir -p "$dir/corpus" "$dir/found" "$dir/tmp"
  mapfile -t options < <(fuzz_options "$name")
  say "fuzzing $name for $seconds s; log: ${dir#"$ROOT"/}/log"
  TMPDIR=$dir/tmp ASAN_OPTIONS=abort_on_error=0:symbolize=1 ASAN_SYMBOLIZER_PATH=/usr/lib/llvm-16/bin/llvm-symbolizer \
    UBSAN_OPTIONS=print_stacktrace=1 nice -n 19 "$binary" -max_total_time="$seconds" -timeout=30 -rss_limit_mb=3072 \
    -print_final_stats=1 -artifact_prefix="$dir/found/" "${options[@]}" "$dir/corpus" "tests/fuzz/corpus/$name" \
    >"$dir/log" 2>&1 || status=$?
  rm -rf "$dir/tmp"
  fuzz_numbers "$dir/log" >"$dir/result"
  say "  $(cat "$dir/result")"
  [ $status != 0 ] || return 0
  found=$(sed -n 's/.*Test unit written to //p' "$dir/log" | tail -n 1)
  grep -m 1 -E 'does not hold|ERROR: |runtime error' "$dir/log" | sed 's/^/  /' >&2 || tail -n 20 "$dir/log" >&2
  cat >&2 <<T
  ${found:-no input was written; see $dir/log}
  once more:   $binary ${options[*]} $found
  smaller:     $binary ${options[*]} -minimize_crash=1 -runs=10000 -exact_artifact_path=$dir/found/smaller $found
  for good:    mend it, copy the input to tests/fuzz/corpus/$name/found-WHAT, ./accord test --filter fuzz_corpus
T
  return 1
}

# Turns whole and fractional minutes into seconds.
fuzz_seconds() {
  [[ $1 =~ ^[0-9]+(\.[0-9]+)?$ ]] || die "--minutes is a number, not $1"
  awk -v minutes="$1" 'BEGIN { seconds = int(minutes * 60 + 0.5); print seconds < 1 ? 1 : seconds }'
}

cmd_fuzz() {
  help 'usage: ./accord fuzz NAME [--minutes 2] [--built]
       ./accord fuzz --list
Looks for inputs on which a property of tests/fuzz/NAME.cc does not hold: installs Clang, builds the target (preset fuzz)
and lets libFuzzer go on from the corpus in the tree and what earlier runs kept in .accord/fuzz/NAME. Exit 1, with how to
go on, if there is one.
  --built   with the program that is there' "$@"
  local name='' minutes=2 built=0
  while [ $# -gt 0 ]; do case $1 in
    --list) fuzz_list; return;;
    --minutes) need "$@"; minutes=$2; shift 2;;
    --built) built=1; shift;;
    -*) wrong_option fuzz "$1" --list --minutes --built;; *) [ -z "$name" ] || die "fuzz: one name"; name=$1; shift;;
  esac; done
  fuzz_names | grep -qxF -- "$name" || die "fuzz: name one of: $(fuzz_names | tr '\n' ' ')"
  local seconds; seconds=$(fuzz_seconds "$minutes")
  if [ $built = 0 ]; then fuzz_setup; compile fuzz "fuzz_$name"; fi
  fuzz_run "$name" "$seconds" || die "fuzz: $name found something"
}

# fuzz_all SECONDS: it runs every target for this long, also after one that found something.
fuzz_all() {
  local name found=() names=()
  fuzz_setup
  compile fuzz fuzzers
  mapfile -t names < <(fuzz_names)
  for name in "${names[@]}"; do fuzz_run "$name" "$1" || found+=("$name"); done
  say "${#names[@]} targets for $1 s each; something was found by: ${found[*]:-none}"
  [ ${#found[@]} = 0 ]
}
