#!/usr/bin/env bash
# The ways to connect that the README shows work as written: an agency is enrolled in a stack of its own, then asks by
# Python and by buf curl, and is refused by name where it must be.
# usage: run.sh PRESET
set -euo pipefail
cd "$(dirname "$0")/../.."
preset=$1
work=$(mktemp -d "${TMPDIR:-/tmp}/accord-clients.XXXXXX")
trap './accord down --dir "$work/stack" >/dev/null; rm -rf "$work"' EXIT
./accord up --dir "$work/stack" --base-port "$((24000 + RANDOM % 400 * 20))" --preset "$preset" >/dev/null
address=$(sed -n 's/.*address: //p' "$work/stack/accordctl.yaml" | head -n 1)
ca=$work/stack/pki/agency-ca.crt own=$work/york
"build/$preset/bin/accordctl" --config "$work/stack/accordctl.yaml" agency enroll cas-york --out "$own" \
  --person worker=cas_worker >/dev/null

# Asks until it holds: news of an enrolment reaches the gateway on a stream.
eventually() {
  local i
  for ((i = 0; i < 100; i++)); do "$@" >"$work/answer" 2>&1 && return; sleep 0.1; done
  cat "$work/answer"; return 1
}
expect() { grep -q "$1" "$work/answer" || { echo "no $1 in:"; cat "$work/answer"; exit 1; }; }

mkdir "$work/messages"
mapfile -t protos < <(cd protos && find accord google -name '*.proto')
protoc -I protos -I /usr/include --python_out="$work/messages" "${protos[@]}"
python() {
  PYTHONPATH=$work/messages /usr/bin/python3 clients/python/list_referrals.py --address "localhost:${address#*:}" --ca "$ca" \
    --certificate "$own/client.crt" --key "$own/client.key" "$@"
}
eventually python --actor worker --purpose child_protection
expect '^0 referrals'
if python --actor worker --purpose intelligence >"$work/answer" 2>&1; then echo 'not refused'; exit 1; fi
expect 'PERMISSION_DENIED PURPOSE_NOT_PERMITTED'
echo 'clients: Python reads, and learns the rule of a refusal'

curl() {
  node_modules/.bin/buf curl --schema protos --protocol grpc --cacert "$ca" --cert "$own/client.crt" \
    --key "$own/client.key" -H 'accord-actor: worker' "$@"
}
eventually curl -d '{"name": "agencies/ps-york"}' \
  "https://localhost:${address#*:}/accord.registry.v1.RegistryService/GetAgency"
expect 'AGENCY_KIND_POLICE_SERVICE'
echo 'clients: buf curl reads'
