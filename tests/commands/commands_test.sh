#!/usr/bin/env bash
# This tests what `accord up`, `down`, `status`, `kill`, `run` and `test` say to somebody who types them wrongly, twice,
# or about something that does not exist. It runs in a copy of the scripts, with stand-ins for the processes, accordctl
# and the case. Nothing is compiled.
set -euo pipefail
cd "$(dirname "$0")/../.."
tree=$PWD
scratch=$(mktemp -d "${TMPDIR:-/tmp}/accord-commands-test.XXXXXX")
trap '"$scratch/accord" down --dir "$scratch/.accord/training" >/dev/null 2>&1 || true; rm -rf "$scratch"' EXIT
failures=0
fail() { echo "commands: $*"; failures=$((failures + 1)); }

mkdir -p "$scratch"/{bin,k8s,tests/case,build/check,.accord/run/pids}
cp accord "$scratch/"
cp -r k8s/local "$scratch/k8s/"
cp -r tests/commands "$scratch/tests/"
for main in services/*/main.cc; do
  name=$(basename "$(dirname "$main")")
  mkdir -p "$scratch/services/$name"; touch "$scratch/services/$name/main.cc"
  printf '#!/bin/sh\nexec sleep 600\n' >"$scratch/bin/accord-$name"
done
printf '#!/bin/sh\n' >"$scratch/bin/accordctl"
# The case is begun, and completed unless the file `broken` is there.
cat >"$scratch/tests/case/run.sh" <<'C'
#!/bin/sh
while [ "$1" != --dir ]; do shift; done
mkdir -p "$2/case"; echo played >>"$2/logs/plays"
[ ! -e "$(dirname "$0")/broken" ]
C
chmod +x "$scratch"/bin/* "$scratch/tests/case/run.sh"
export ACCORD_BIN_DIR=$scratch/bin
ROOT=$scratch
. k8s/local/stack.sh
cd "$scratch"

# expect STATUS TEXT COMMAND...: the command ends so, and says this.
expect() {
  local want=$1 text=$2 status=0 said; shift 2
  said=$(timeout 60 ./accord "$@" 2>&1) || status=$?
  [ $status = "$want" ] || fail "$* ends with $status and not $want: $said"
  grep -qF -- "$text" <<<"$said" || fail "$* does not say \"$text\": $said"
  # People must never see what bash says about a line of a script.
  ! grep -qE 'line [0-9]+:' <<<"$said" || fail "$* says what is wrong with a script: $said"
}

# Words and numbers that no command takes are reported before anything is done.
expect 1 '--base-port is a whole number from 1 to 65516, and not abc' up --base-port abc
expect 1 'and not 70000' up --base-port 70000
expect 1 '--minutes is a number, not abc' nightly --minutes abc
expect 2 'up: it takes no name, and not extra' up extra
expect 2 'run: unknown option --onec; did you mean --once?' run --onec
expect 2 'down: unknown option --once' down --once
expect 2 'test: unknown option --fliter; did you mean --filter?' test --fliter x
expect 2 'kill: name one process of: audit ' kill
expect 2 'no process is called gatewya; did you mean gateway?' kill gatewya
# The same holds of scripts that are started by themselves.
for line in "tests/case/midnight.sh abc" "tests/bench/import --lines abc" "tests/bench/failover --rounds 0"; do
  status=0
  # shellcheck disable=SC2086
  said=$("$tree"/$line 2>&1) || status=$?
  [ $status = 2 ] && grep -q 'whole number' <<<"$said" || fail "$line ends with $status and says: $said"
done

# Nothing runs and nothing was started, so nobody is told that something was stopped.
expect 1 'nothing was started under' down --dir nosuch
expect 1 'and nothing runs under' down
expect 1 'nothing was started under' status
expect 1 'nothing was started under' logs gateway --dir nosuch

# People and cases that were not completed are made anew, and those that were are left alone.
port=$(free_ports)
touch tests/case/broken
expect 1 'makes them anew, from the beginning' up --training --base-port "$port"
rm tests/case/broken
expect 0 'were not made to their end' up --training
expect 0 'already up' up --training
[ "$(wc -l <.accord/training/logs/plays)" = 2 ] || fail "the case was played $(wc -l <.accord/training/logs/plays) times, not twice"

# Without --dir the folder is that of what runs, whatever others there are.
mkdir -p .accord/dev/pids; touch .accord/dev/stack.env
expect 0 'gateway  runs' status
expect 1 'these run: ' down --dir nosuch
expect 1 "logs: name one of " logs nosuch
expect 0 'is killed' kill audit
expect 1 'audit  does not run' status
expect 0 ".accord/training is stopped" down
expect 0 'nothing runs under' down --dir .accord/training

# A run says that the records of the one before are removed, and how to keep them. Here it gets no further.
touch .accord/run/stack.env
printf '#!/bin/sh\nexit 1\n' >bin/accordctl
expect 1 "./accord up --dir $(realpath .accord/run)" run --built --base-port "$port"

# A filter that matches nothing compiles nothing.
printf 'TEST(Wheels,\n     TurnAround) {}\nTEST_P(Axles, Hold) {}\nINSTANTIATE_TEST_SUITE_P(All, Axles, Values("front"));\n' >wheels_test.cc
echo 'cart_test wheels_test.cc' >build/check/tests.txt
expect 1 "no test matches 'Whels'; did you mean Wheels" test --quick --filter Whels
expect 1 'is no regular expression' test --quick --filter 'Wheels('
for filter in Wheels.TurnAround wheels_test.cc All/Axles.Hold/front All/Axles.Hold/3 cart_test; do
  [ "$(tests/commands/matching.py build/check/tests.txt "$filter" </dev/null)" = cart_test ] || fail "$filter matches no test"
done
[ -z "$(tests/commands/matching.py build/check/tests.txt policy <<<policy_one)" ] || fail "a test of ctest is compiled"
[ $failures = 0 ]
