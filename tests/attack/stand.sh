#!/usr/bin/env bash
# This starts the processes that tests/attack/run attacks, and the agencies that take part.
#   stand.sh up|people|down|start NAME|launch NAME|stop NAME --dir DIR --preset PRESET [--through NAME=PORT]...
# With --through the gateway reaches that service on another port, where something listens that passes it on.
set -euo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
command=$1; shift
name='' dir='' preset=release database=sqlite port='' through=()
case $command in start|launch|stop) name=$1; shift;; esac
while [ $# -gt 0 ]; do case $1 in
  --dir) dir=$2; shift 2;; --preset) preset=$2; shift 2;; --through) through+=("$2"); shift 2;;
  *) echo "stand.sh: unknown option $1" >&2; exit 2;;
esac; done
say() { printf '%s\n' "$*"; }
die() { printf 'attack: %s\n' "$*" >&2; exit 1; }
. "$ROOT/k8s/local/stack.sh"

# There are two good neighbours, two agencies that attack, with everything that an agency gives its people, one that was
# disabled, and others whose parts are small.
people() {
  local york durham certificate i police
  BIN=$ROOT/build/$preset/bin DIR=$dir
  . "$ROOT/tests/case/step.sh"
  . "$ROOT/tests/case/parties.sh"
  . "$ROOT/tests/case/referral.sh"
  police=(chief=police_chief member=police_member intel=police_intel privacy=privacy_officer boss=platform_admin)
  {
    admit cas-york cms worker child_protection director=cas_director worker=cas_worker privacy=privacy_officer
    admit ps-york rms member criminal_investigation "${police[@]}"
    admit cas-durham cms worker child_protection director=cas_director worker=cas_worker privacy=privacy_officer \
      boss=platform_admin
    admit ps-durham rms member criminal_investigation "${police[@]}"
    admit cas-halton cms worker child_protection worker=cas_worker
    admit cas-peel cms worker child_protection worker=cas_worker
    admit ci-ciso ims analyst intelligence coordinator=ciso_coordinator analyst=ciso_analyst
  } >&2
  york=$(agree cas-york ps-york york-region)
  durham=$(agree cas-durham ps-durham durham-region)
  PROTOCOL=$york
  : >"$dir/referrals"
  for ((i = 0; i < 8; i++)); do
    referral_body >"$WORK/referral.json"
    quietly cas-york worker child_protection create referral -f "$WORK/referral.json" --request-id "$(request_id)" -o json
    held; field name >>"$dir/referrals"
  done
  quietly admin admin administration list certificates --parent agencies/cas-halton/systems/cms -o json; held
  certificate=$(jq -r '.. | .name? // empty' <<<"$ANSWER" | head -n 1)
  quietly admin admin administration revoke certificate "$certificate" --reason stolen -o json; held
  jq -n --arg york "$york" --arg durham "$durham" --rawfile referrals "$dir/referrals" \
    '{york: $york, durham: $durham, referrals: ($referrals | split("\n") | map(select(. != "")))}' >"$dir/people.json"
}

# Sends the gateway by another way to what --through names.
reroute() {
  local way service
  for way in "${through[@]}"; do
    service=${way%%=*}
    sed -i -E "s|(backends \{ name: \"$service\" address: \"127.0.0.1:)[0-9]+|\1${way#*=}|" "$dir/config/gateway.textproto"
  done
}

case $command in
  up) mkdir -p "$dir"; port=$(free_ports); stack_up;;
  people) stack_load; people;;
  down) stack_down quiet;;
  stop) stack_load; end_process "$name" TERM 15;;
  launch) stack_load; stack_start "$name";;
  start) stack_load; stack_configs; reroute; stack_start "$name"; stack_ready;;
  *) die "unknown command $command";;
esac
