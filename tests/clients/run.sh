#!/usr/bin/env bash
# The ways to connect that the README shows work as written: an agency is enrolled in a stack of its own, then asks by
# Python and by buf curl, and is refused by name where it must be. Then the command line as people type it.
# usage: run.sh PRESET
set -euo pipefail
cd "$(dirname "$0")/../.."
preset=$1
work=$(mktemp -d "${TMPDIR:-/tmp}/accord-clients.XXXXXX")
trap './accord down --dir "$work/stack" >/dev/null || true; rm -rf "$work"' EXIT
./accord up --dir "$work/stack" --base-port "$((24000 + RANDOM % 400 * 20))" --preset "$preset" >/dev/null
address=$(sed -n 's/.*address: "*\([^"]*\)"*/\1/p' "$work/stack/accordctl.yaml" | head -n 1)
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
# Elsewhere google.rpc comes with googleapis-common-protos, which Debian does not have.
mapfile -t protos < <(cd protos && find accord -name '*.proto'; cd ../common/wire && find google -name '*.proto')
protoc -I protos -I common/wire -I /usr/include --python_out="$work/messages" "${protos[@]}"
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

# This runs as the office, which the stack's own context belongs to, and with an editor that types what a person would.
ctl() { "build/$preset/bin/accordctl" --config "$work/stack/accordctl.yaml" "$@"; }
same() { [ "$1" = "$2" ] || { echo "'$1' is not '$2'"; exit 1; }; }
ctl agency create --template >"$work/agency.yaml"
sed -i 's/^display_name:/& "Society of the north"/; s/^kind:/& children_aid_society/' "$work/agency.yaml"
same "$(ctl agency create --agency-id cas-north -f "$work/agency.yaml" -o name)" agencies/cas-north
# shellcheck disable=SC2016  # The editor's shell reads it.
printf '#!/bin/sh\nif grep -q "^#! " "$1"; then sed -i "s/ no_such_kind/ victim_services/" "$1"; else\n%s\nfi\n' \
  'sed -i "s/^display_name:/& South/; s/^kind:/& no_such_kind/" "$1"' >"$work/editor"
chmod +x "$work/editor"
same "$(EDITOR=$work/editor ctl agency create --agency-id vs-south --edit -o name)" agencies/vs-south
same "$(ctl agency get vs-south -o json | jq -r .kind)" AGENCY_KIND_VICTIM_SERVICES
echo 'clients: a template is filled in, an editor mends what is refused'

ctl agency list >"$work/answer"; expect '^cas-york '
ctl agency list -o name >"$work/answer"; expect '^agencies/cas-york$'
own=$(ctl actor list -o name | head -n 1)
same "$(ctl actor get "${own##*/}" -o name)" "$own"
ctl __complete -- actor get "${own##*/}" >"$work/answer"; expect "^${own##*/}$"
ctl __complete -- referral create --set ground_code=child >"$work/answer"; expect '^ground_code=child_sex_trafficking$'
for one in pair-one pair-two; do ctl actor create --actor-id "$one" --json '{"roles": ["office_staff"]}' >/dev/null; done
code=0; ctl actor get pair >"$work/answer" 2>&1 || code=$?; same $code 6; expect 'pair fits 2 names: .*/pair-one, .*/pair-two'
ctl actor get pair-t -o name >"$work/answer"; expect '/actors/pair-two$'
code=0; ctl actor get nobody-of-this-name >"$work/answer" 2>&1 || code=$?; same $code 4
code=0; ctl agncy list >"$work/answer" 2>&1 || code=$?; same $code 2; expect 'did you mean: agency'
code=0; ctl >"$work/answer" 2>&1 || code=$?; same $code 2; expect '^Nouns:'
echo 'clients: names are short, mistakes are answered'
