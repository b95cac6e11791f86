# `accord nightly` runs this, and `accord` sources it.
# shellcheck shell=bash disable=SC2154

# There is one line for each stage: its name, the command that it runs, and what it shows. A command's last line sums
# it up.
NIGHT='
tidy            | cmd_tidy --all                                  | clang-tidy over all C++
sanitizers      | night_tests dev                                 | all tests with address and behaviour sanitizers
tsan            | night_tests tsan                                | all tests with the thread sanitizer
release         | night_tests release                             | all tests as released; benches and attackers compile
postgres        | night_postgres                                  | end to end on PostgreSQL, with what test leaves out
coverage        | night_coverage                                  | lines of the change that no test runs, by gcovr
fuzz            | fuzz_all %SECONDS                               | new inputs for each target of tests/fuzz
soak-sqlite     | cmd_bench soak --minutes 30 --database sqlite   | faults under load: nothing is lost, on SQLite
soak-postgres   | cmd_bench soak --minutes 30 --database postgres | the same on PostgreSQL
connector       | cmd_bench connector                             | the connector under kills: every act once, all told
attack          | test_attack                                     | every attack in its long form
isolation       | cmd_bench isolation                             | what each attack costs another agency
midnight        | night_midnight                                  | the case, while the day of Ontario ends under it
models          | night_models                                    | models of insiders and records, long and by new seeds
kube-dev        | test_kube                                       | the dev overlay in containers, and the suite on it
kube-production | test_kube --overlay production --built          | the production overlay with a PostgreSQL
images          | night_images                                    | the images of a release, each built twice, have one digest
java            | night_java                                      | all of the Java client compiles, and its tests pass
node18          | night_node18                                    | what is written for Node, on Node 18 alone
debian13        | night_debian13                                  | compiles on Debian 13, and its tests pass there
'

night_names() { sed -nE 's/^([a-z0-9-]+) +\|.*/\1/p' <<<"$NIGHT"; }
# night_column NAME NUMBER: 2 is the command, and 3 is what it shows.
night_column() {
  awk -F ' *[|] *' -v name="$1" -v column="$2" '$1 == name { print $column }' <<<"$NIGHT" | sed "s/%SECONDS/$seconds/"
}

night_tests() {
  cmd_build "$1"
  raise_nofile
  run_ctest "$1"
}

# Runs on PostgreSQL what `test` runs on SQLite alone; what is about SQLite's own files is left out here too.
night_postgres() {
  cmd_build release processes accordctl e2e_test
  raise_nofile
  ACCORD_SOURCE_DIR=$ROOT ACCORD_BIN_DIR=$ROOT/build/release/bin ACCORD_E2E_DATABASE=postgres \
    build/release/test/e2e_test --gtest_filter=-FailClosed.WithTheAuditDisk*:TheInside.KeepsItsDatabasesToItself
}

# What protoc makes for Java of all protos takes minutes to compile; `test` takes a few protos.
night_java() {
  cmd_setup
  tests/clients/java.sh all
}

night_coverage() {
  local status=0
  install gcovr
  cmd_build coverage
  raise_nofile
  find build/coverage -name '*.gcda' -delete
  run_ctest coverage || status=$?
  gcovr --root . --filter '(common|services|clients)/' --exclude '.*_test\.cc' --object-directory build/coverage \
    -j "$CORES" --json build/coverage/coverage.json build/coverage
  tests/commands/uncovered.py build/coverage/coverage.json "$(base_commit | grep . || echo HEAD)"
  return $status
}

# Runs insiders for many steps, then every model by seeds that nobody has tried.
night_models() {
  local round
  ACCORD_SEED=$RANDOM ACCORD_MODEL_STEPS=20000 cmd_test --filter 'InsidersOf.*HaveNoEffect'
  for round in 1 2 3 4 5 6 7 8 9 10; do
    say "round $round of the models"
    ACCORD_SEED=$RANDOM cmd_test --filter 'Model\.|AgainstTheModel\.'
  done
}

night_midnight() {
  cmd_build release processes accordctl
  tests/case/midnight.sh 5 15 25
}

night_images() {
  local folder=$STATE/images base
  # shellcheck disable=SC2086
  install $KUBE_PACKAGES
  base=$(tests/kube/base_image.py "$folder")
  CONTAINERS_CONF=$folder/containers.conf CONTAINERS_STORAGE_CONF=$folder/storage.conf \
    cmd_release --base "$base" --out "$folder/release"
}

night_node18() {
  cmd_build check accordctl pages_test stix_test exchange_test
  # shellcheck disable=SC2086
  install $KUBE_PACKAGES
  tests/policy/node18_root.sh build/check
}

night_debian13() {
  install mmdebstrap iproute2
  # shellcheck disable=SC2086
  tests/commands/debian13.sh "$STATE/debian13" $PACKAGES
}

# night_run NAME: its log and its result, an object of JSON, are in .accord/nightly; it counts the stage in `failed` if
# it fails.
night_run() {
  local name=$1 begin=$SECONDS status result=passed said log=$STATE/nightly/$1.log words
  read -ra words <<<"$(night_column "$name" 2)"
  say "== $name"
  # Neither this nor night_run may stand in a condition: bash would switch errexit off inside.
  set +e; ( set -e; "${words[@]}" ) 2>&1 | tee "$log"; status=${PIPESTATUS[0]}; set -e
  [ "$status" = 0 ] || { result=FAILED; failed=$((failed + 1)); }
  # ctest sums up before it names what failed.
  said=$(grep 'tests failed out of' "$log" | tail -n 1 || true)
  [ -n "$said" ] && [ "$name" != coverage ] || said=$(grep -v '^ *$' "$log" | tail -n 1 || true)
  jq -n --arg name "$name" --arg result "$result" --argjson seconds $((SECONDS - begin)) --arg said "${said:0:200}" \
    --arg log ".accord/nightly/$name.log" --arg begun "$(date -u -d "-$((SECONDS - begin)) seconds" '+%Y-%m-%dT%H:%M:%SZ')" \
    --arg commit "$(git describe --always --dirty --abbrev=12 '--exclude=*' 2>/dev/null || echo unknown)" \
    '{$name, $result, $seconds, $begun, $commit, $said, $log}' >"$STATE/nightly/$name.json"
  night_sum
}

# Puts the results together, in the order of the list, after every stage, so that an end by force loses at most one.
night_sum() {
  local name files=()
  for name in $(night_names); do [ ! -e "$STATE/nightly/$name.json" ] || files+=("$STATE/nightly/$name.json"); done
  jq -s '{stages: ., passed: map(select(.result == "passed")) | length, failed: map(select(.result != "passed")) | length}' \
    "${files[@]}" >"$STATE/nightly.json"
}

night_table() {
  jq -r '.stages[] | [.name, .result, (.seconds | tostring), .commit, .said] | @tsv' "$STATE/nightly.json" |
    awk -F '\t' '{ printf "%-16s %-6s %4d:%02d min  %-18s  %.100s\n", $1, $2, $3 / 60, $3 % 60, $4, $5 }'
  jq -r '"\(.passed) stages passed, \(.failed) failed"' "$STATE/nightly.json"
}

cmd_nightly() {
  help "usage: ./accord nightly [--only NAME]... [--from NAME] [--minutes 2]
What takes too long for every change, for hours, stage by stage; a stage that fails stops no other. The results are in
.accord/nightly.json, the logs in .accord/nightly. Some stages need root (kube, images, node18, debian13).
  --only NAME    only this stage; the results of other stages stay, each with the commit that it is about
  --from NAME    this stage and those after it, likewise
  --minutes N    how long each target is fuzzed
Stages:
$(awk -F ' *[|] *' 'NF == 3 { printf "  %-16s %s\n", $1, $3 }' <<<"$NIGHT")" "$@"
  local minutes=2 only=() from='' stages=() failed=0 name seconds
  while [ $# -gt 0 ]; do case $1 in
    --minutes) need "$@"; minutes=$2; shift 2;;
    --only) need "$@"; only+=("$2"); shift 2;;
    --from) need "$@"; from=$2; shift 2;;
    *) wrong_option nightly "$1" --minutes --only --from;;
  esac; done
  for name in "${only[@]}" ${from:+"$from"}; do
    night_names | grep -qxF -- "$name" || die "nightly: no stage $name; there are: $(night_names | tr '\n' ' ')"
  done
  [ ${#only[@]} = 0 ] || [ -z "$from" ] || die "nightly: --only or --from, not both"
  seconds=$(fuzz_seconds "$minutes")
  mapfile -t stages < <(if [ ${#only[@]} -gt 0 ]; then printf '%s\n' "${only[@]}"
    else night_names | awk -v from="$from" '$1 == from || from == "" { on = 1 } on'; fi)
  # jq writes the results; the stages install what they need beyond it.
  install jq
  mkdir -p "$STATE/nightly"
  [ ${#stages[@]} -lt "$(night_names | wc -l)" ] || rm -f "$STATE"/nightly/*.json
  for name in "${stages[@]}"; do night_run "$name"; done
  say "== results, also in .accord/nightly.json"
  night_table
  [ $failed = 0 ]
}
