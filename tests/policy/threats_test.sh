#!/usr/bin/env bash
# Every proof that docs/threats.md names is a test that exists, and every row has one; so is every test that
# common/testing/walk_table.cc says walks a change.
# shellcheck disable=SC2016
set -euo pipefail
cd "$(dirname "$0")/../.."
status=0
tests=$(git ls-files -z '*_test.cc' | xargs -0 cat | tr '\n' ' ' |
  grep -oE 'TEST(_F|_P)?\([A-Za-z0-9]+, *[A-Za-z0-9]+\)' | sed -E 's/TEST(_F|_P)?\(([A-Za-z0-9]+), *([A-Za-z0-9]+)\)/\2.\3/' | sort -u)
named=$(grep -ohE '[`"][A-Z][A-Za-z]+\.[A-Z][A-Za-z0-9]+[`"]' docs/threats.md common/testing/walk_table.cc | tr -d '`"' | sort -u)
while IFS= read -r name; do
  [ -z "$name" ] || { echo "$name is named as a proof and is no test"; status=1; }
done < <(comm -13 <(echo "$tests") <(echo "$named"))
bare=$(grep -E '^\|' docs/threats.md | tail -n +3 | grep -vcE '`[A-Z][A-Za-z]+\.[A-Z]' || true)
[ "$bare" = 0 ] || { echo "$bare rows name no test"; status=1; }
[ $status = 0 ] && echo "every threat's proof exists"
exit $status
