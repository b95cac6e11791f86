#!/usr/bin/env bash
# This carries one case through each client, as an agency installs it, against the processes of a stack of its own: a
# referral is created, the answer to another one is lost and the call repeated, both sides watch and miss nothing, the
# receiver acknowledges, refusals are understood, a certificate is replaced under way, and the gateway is killed and
# comes back.
# usage: sdks.sh PRESET [python|node|cpp|java]
set -euo pipefail
cd "$(dirname "$0")/../.."
die() { echo "sdks: $*" >&2; exit 1; }
preset=$1 wanted=${2:-python node cpp java}
mkdir -p build
work=$(mktemp -d "${TMPDIR:-/tmp}/accord-sdks.XXXXXX")
# Node finds what package-lock.json pins from here.
node=$(mktemp -d build/sdks.XXXXXX)
finish() {
  local status=$?
  if [ $status != 0 ]; then
    [ ! -e "$work/said" ] || tail -n 20 "$work/said" >&2
    tail -n 5 "$work"/stack/logs/*.log >&2 || true
  fi
  ./accord down --dir "$work/stack" >/dev/null || true
  rm -rf "$work" "$node"
}
trap finish EXIT
. tests/clients/wheel.sh
. tests/clients/npm_package.sh
. tests/clients/java_package.sh
case $wanted in *python*) python_client "$work/python";; esac
case $wanted in *node*) node_client "$node"; cp tests/clients/conformance*.mjs "$node";; esac
case $wanted in
  *java*)
    java_client "$work/java" "${JAVA_PROTOS[@]}"
    java_compiled "$work/java/classes" "$java_path" tests/clients/*.java;;
esac

./accord up --dir "$work/stack" --base-port "$((24000 + RANDOM % 400 * 20))" --preset "$preset" >"$work/said"
export ACCORD_BIN_DIR=$PWD/build/$preset/bin
# The agencies, their protocol and the body of a referral are those of the case that ./accord run shows.
# shellcheck disable=SC2034
BIN=$ACCORD_BIN_DIR DIR=$work/stack
. tests/case/step.sh
. tests/case/parties.sh
. tests/case/referral.sh
{ enroll_agencies; agree_protocol; } >>"$work/said" 2>&1
referral_body >"$work/referral.json"

# settings AGENCY ACTOR PURPOSE: it makes the folder of an agency's system, with its certificate and its settings.
settings() {
  local folder=$work/$1
  mkdir "$folder"
  install -m 600 "$DIR/clients/$1/client.key" "$folder/client.key"
  cp "$DIR/clients/$1/client.crt" "$DIR/pki/agency-ca.crt" "$folder"
  jq -n --arg address "$(sed -n 's/.*address: "*\([^"]*\)"*/\1/p' "$DIR/accordctl.yaml" | head -n 1)" --arg actor "$2" \
    --arg purpose "$3" '{address: $address, server_name: "localhost", ca_file: "agency-ca.crt",
      certificate_file: "client.crt", key_file: "client.key", actor: $actor, purpose: $purpose, patience: 90}' \
    >"$folder/accord.json"
}
settings cas-york worker child_protection
settings ps-york member criminal_investigation

for client in $wanted; do
  case $client in
    python) PYTHONPATH=$work/python/site /usr/bin/python3 -B tests/clients/conformance.py "$work";;
    node) ACCORD_CASE_ACTS=$PWD/tests/clients/acts.sh node "$node/conformance.mjs" "$work";;
    cpp) ACCORD_CASE_ACTS=$PWD/tests/clients/acts.sh "build/$preset/test/client_cpp_conformance" "$work";;
    java) ACCORD_CASE_ACTS=$PWD/tests/clients/acts.sh java_run "$work/java" Conformance "$work";;
    *) die "there is no client $client";;
  esac
done
