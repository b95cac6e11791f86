#!/usr/bin/env bash
# This tests what a build says of the time that it takes, with lines such as ninja prints.
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
# A compiler cache serves this build: a tenth of a second for each step, and not two.
said=$(awk 'BEGIN { for (i = 1; i <= 300; i++) printf "[%d/300 %.1f] Building CXX object a.o\n", i, i / 10 }' |
  build_progress 2 "$scratch/pace")
grep -qx '  50% (150 of 300), about 16 s left' <<<"$said" || fail "half of a build that a cache serves says: $said"
# The first steps generate and are quick, so they alone do not show how long the rest takes.
said=$(awk 'BEGIN { for (i = 1; i <= 300; i++) printf "[%d/300 %.1f] Building CXX object a.o\n", i, i < 40 ? i / 100 : 2 * (i - 39) }' |
  build_progress 2 "$scratch/pace")
left=$(sed -nE 's/^  10% .*about ([0-9]+) min left$/\1/p' <<<"$said")
[ "${left:-0}" -ge 5 ] || fail "a tenth of a build of nine minutes says: $said"
grep -qx '  50% (150 of 300), about 5 min left' <<<"$said" || fail "half of a build of nine minutes says: $said"
# A command that was typed wrongly is answered with the nearest one, and ends as wrong use does.
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
