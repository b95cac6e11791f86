#!/usr/bin/env bash
# Scripts of the case stay short, and templates name every gRPC service of the contract exactly once.
set -euo pipefail
cd "$(dirname "$0")/../.."
status=0
for file in tests/case/*.sh tests/stack/*.sh accord; do
  lines=$(wc -l <"$file")
  [ "$lines" -lt 300 ] || { echo "$file has $lines lines"; status=1; }
done
for folder in protos/accord/*/v1; do
  [ -e "tests/stack/$(basename "$(dirname "$folder")").textproto.in" ] || continue
  grep -qE "^service " "$folder"/*.proto || continue
  package=$(dirname "${folder#protos/}" | tr / .).v1
  for file in tests/stack/gateway.textproto.in "tests/stack/$(cut -d. -f2 <<<"$package").textproto.in"; do
    count=$(grep -cF "\"$package.*\"" "$file" || true)
    [ "$count" = 1 ] || { echo "$file names $package.* $count times"; status=1; }
  done
done
[ $status = 0 ] && echo 'case files: as they should be'
exit $status
