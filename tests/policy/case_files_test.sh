#!/usr/bin/env bash
# Scripts of the case stay short and print whole lines, and every gRPC service of the contract has the process that its
# package is named after.
set -euo pipefail
cd "$(dirname "$0")/../.."
status=0
for file in tests/case/*.sh tests/commands/*.sh k8s/local/*.sh accord; do
  lines=$(wc -l <"$file")
  [ "$lines" -lt 300 ] || { echo "$file has $lines lines"; status=1; }
done
if grep -nE 'cut -c|head -c' tests/case/*.sh; then
  echo "a line of the case is cut off where it is shown"
  status=1
fi
for folder in protos/accord/*/v1; do
  name=$(basename "$(dirname "$folder")")
  [ "$name" != testing ] && grep -qE "^service " "$folder"/*.proto || continue
  [ -e "services/$name/main.cc" ] || { echo "no process serves accord.$name.v1"; status=1; }
done
for main in services/*/main.cc; do
  name=$(basename "$(dirname "$main")")
  [ "$name" = gateway ] || grep -qE "^service " "protos/accord/$name/v1"/*.proto || { echo "$name serves nothing"; status=1; }
done
[ $status = 0 ] && echo 'case files: as they should be'
exit $status
