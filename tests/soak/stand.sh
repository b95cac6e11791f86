#!/usr/bin/env bash
# This prepares what tests/soak runs: keys, the configurations of two replicas of each process, a PostgreSQL if one is
# asked for and, once the processes run, the agencies that take part. Python starts and ends the processes themselves.
#   stand.sh prepare|people|down --dir DIR --database sqlite|postgres
set -euo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
command=$1; shift
dir='' preset=release database=sqlite
while [ $# -gt 0 ]; do case $1 in
  --dir) dir=$2; shift 2;; --database) database=$2; shift 2;;
  *) echo "stand.sh: unknown option $1" >&2; exit 2;;
esac; done
say() { printf '%s\n' "$*"; }
die() { printf 'soak: %s\n' "$*" >&2; exit 1; }
. "$ROOT/k8s/local/stack.sh"

# replica NAME OFFSET: the second replica has the first one's configuration, with ports and files of its own.
replica() {
  sed -e "s|127.0.0.1:$((port + $2))\"|127.0.0.1:$((second + $2))\"|" \
      -e "s|127.0.0.1:$((port + 10 + $2))\"|127.0.0.1:$((second + 10 + $2))\"|" \
      -e "s|127.0.0.1:$port\"|127.0.0.1:$second\"|" \
      -e 's|gateway-1|gateway-2|; s|/access\.log|/access-2.log|; s|/witnessed\.note|/witnessed-2.note|' \
      "$dir/config/$1.textproto" >"$dir/config/$1-2.textproto"
}

# backend NAME ADDRESSES FILE: it sets the addresses of a backend in the gateway's configuration.
backend() { sed -i "s|name: \"$1\" address: \"[^\"]*\"|name: \"$1\" address: \"$2\"|" "$3"; }

# Each gateway knows both replicas of each service; the second begins with the other one, so that both have work.
replicas() {
  local name offset=0 first other
  for name in $BACKENDS; do
    offset=$((offset + 1))
    replica "$name" $offset
  done
  replica gateway 0
  offset=0
  for name in $BACKENDS; do
    offset=$((offset + 1))
    first=127.0.0.1:$((port + offset)) other=127.0.0.1:$((second + offset))
    backend "$name" "$first,$other" "$dir/config/gateway.textproto"
    backend "$name" "$other,$first" "$dir/config/gateway-2.textproto"
  done
}

prepare() {
  mkdir -p "$dir"/{pids,logs,data,config,clients}
  chmod 711 "$dir"
  port=$(free_ports) second=$port
  while [ "$second" = "$port" ]; do second=$(free_ports); done
  stack_save
  stack_keys
  stack_configs
  replicas
  if [ "$database" = postgres ]; then stack_postgres; fi
}

# These are the two agencies that work together, two that have no part in it, and those whose people write in the
# other services.
people() {
  BIN=$(binaries) DIR=$dir
  export BIN DIR
  . "$ROOT/tests/case/step.sh"
  . "$ROOT/tests/case/parties.sh"
  {
    admit cas-york cms worker child_protection director=cas_director worker=cas_worker supervisor=cas_supervisor \
      privacy=privacy_officer
    admit ps-york rms member criminal_investigation chief=police_chief member=police_member supervisor=police_supervisor \
      privacy=privacy_officer intel=police_intel
    admit cas-durham cms worker child_protection worker=cas_worker privacy=privacy_officer
    admit ps-durham rms member criminal_investigation member=police_member privacy=privacy_officer
    admit cr-york dcms counsel prosecution counsel=crown_counsel
    admit pc-opc lms registrar training registrar=training_admin
    admit vs-ovs cms program victim_support program=ovs_program
    admit co-pahtco office staff protocol_governance staff=office_staff
  } >&2
  agree cas-york ps-york york-region >"$dir/protocol"
}

case $command in
  prepare) prepare;;
  people) stack_load; people;;
  down) stack_load; end_process postgres INT 15;;
  *) die "unknown command $command";;
esac
