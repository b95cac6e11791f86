#!/usr/bin/env bash
# This does what happens around the clients in the case of tests/clients/sdks.sh, which has made the folder WORK.
# usage: acts.sh WORK kill NAME | acts.sh WORK start NAME | acts.sh WORK rotate
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$1 stack=$1/stack
ctl() { "$ACCORD_BIN_DIR/accordctl" --config "$stack/accordctl.yaml" --context "$@"; }

# The society's system gets another certificate, for another key, while it calls. Once the gateway knows the new one, it
# replaces the one before, which is then revoked.
rotate() {
  local next name i
  local system=agencies/cas-york/systems/cms
  next=$(mktemp -d "$work/next.XXXXXX")
  mapfile -t before < <(ctl admin list certificates --parent "$system" -o name)
  ctl admin agency enroll cas-york --system cms --out "$next" --context-name next
  for ((i = 0; i < 100; i++)); do
    ! ctl next --actor worker --purpose child_protection get agency agencies/cas-york >/dev/null 2>&1 || break
    sleep 0.1
  done
  # The key is replaced first. Until its certificate is there too, the client keeps the pair before.
  mv "$next/client.key" "$work/cas-york/client.key"
  mv "$next/client.crt" "$work/cas-york/client.crt"
  for name in "${before[@]}"; do
    [ "$(ctl admin get certificate "$name" -o json | jq -r .state)" = CERTIFICATE_STATE_ACTIVE ] || continue
    ctl admin revoke certificate "$name" --reason 'Another one has taken its place.'
  done
}

case $2 in
  kill|start) ./accord "$2" "$3" --dir "$stack";;
  rotate) rotate;;
  *) echo 'usage: acts.sh WORK kill NAME | start NAME | rotate' >&2; exit 2;;
esac
