#!/usr/bin/env bash
# Starts what tests/connector runs: the processes of `./accord up`, and the society and the police service that take part.
#   stand.sh up|down --dir DIR [--database sqlite|postgres]
set -euo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
command=$1; shift
dir='' database=sqlite
while [ $# -gt 0 ]; do case $1 in
  --dir) dir=$2; shift 2;; --database) database=$2; shift 2;;
  *) echo "stand.sh: unknown option $1" >&2; exit 2;;
esac; done
say() { printf '%s\n' "$*"; }
die() { printf 'connector: %s\n' "$*" >&2; exit 1; }
. "$ROOT/k8s/local/stack.sh"

people() {
  BIN=$(binaries) DIR=$dir
  export BIN DIR
  . "$ROOT/tests/case/step.sh"
  . "$ROOT/tests/case/parties.sh"
  {
    admit cas-york cms worker child_protection director=cas_director worker=cas_worker
    admit ps-york rms supervisor criminal_investigation chief=police_chief member=police_member \
      supervisor=police_supervisor
  } >&2
  agree cas-york ps-york york-region >"$dir/protocol"
}

# The gateway lets an agency make 500 calls a second, which is no limit of the connector's.
lift_quota() {
  echo 'limits { agency_calls_per_second: 1e9 agency_burst: 1e9 agency_open_calls: 100000 }' >>"$dir/config/gateway.textproto"
  "$ROOT/accord" kill gateway --dir "$dir"
  "$ROOT/accord" start gateway --dir "$dir"
}

case $command in
  up) "$ROOT/accord" up --dir "$dir" --base-port "$(free_ports)" --database "$database"; stack_load; lift_quota; people;;
  down) "$ROOT/accord" down --dir "$dir";;
  *) die "unknown command $command";;
esac
