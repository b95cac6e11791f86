#!/usr/bin/env bash
# What a build says of the time that it takes, with lines such as ninja prints.
set -euo pipefail
cd "$(dirname "$0")/../.."
scratch=$(mktemp -d "${TMPDIR:-/tmp}/accord-build-test.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
failures=0
fail() { echo "build: $*"; failures=$((failures + 1)); }
. tests/commands/build.sh

# Before it compiles, ninja looks for new files, which it counts by itself.
said=$(printf '%s\n' '[0/2 0.012] Re-checking globbed directories...' '[1/300 1.5] Building CXX object a.o' |
  build_progress 2 "$scratch/pace" | head -n 1)
[ "$said" = '  300 steps, about 10 min' ] || fail "a build begins with: $said"
said=$(printf '%s\n' '[0/2 0.012] Re-checking globbed directories...' '[1/3 1.5] Linking' |
  build_progress 2 "$scratch/pace")
case $said in *steps*) fail "a build of three steps says how long it takes";; esac
# What nobody typed right is answered with the command that is nearest, and ends as wrong use does.
. tests/commands/checks.sh
[ "$(nearest_command rnu run test)" = run ] || fail "rnu is not taken for run"
[ -z "$(nearest_command qqqqq run test)" ] || fail "qqqqq is taken for a command"
status=0; said=$(./accord rnu 2>&1) || status=$?
[ $status = 2 ] || fail "an unknown command ends with $status"
case $said in *'did you mean run?'*) ;; *) fail "an unknown command says: $said";; esac
for kind in kube attack; do
  case $(timeout 20 ./accord test $kind --help) in usage:*) ;; *) fail "test $kind --help begins something else";; esac
done
[ $failures = 0 ]
