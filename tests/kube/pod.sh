#!/usr/bin/env bash
# What the end-to-end suite asks of the processes of a deployment in pods (tests/e2e/stack.h). play.sh sets the
# environment, with the folder of the played manifests in ACCORD_KUBE_WORK.
# usage: pod.sh kill|launch|pid|data|metrics NAME
#        pod.sh door KEY CERTIFICATE     the training service's identity at the door
#        pod.sh collect FOLDER           a copy of all that was written: databases, logs, configuration
set -euo pipefail
verb=$1 name=${2:-} work=$ACCORD_KUBE_WORK
container=$name-pod-0-$name
volume() { podman volume inspect "$1" --format '{{.Mountpoint}}'; }
case $verb in
  kill) podman pod stop --time 0 "$name-pod-0" >/dev/null 2>&1;;
  launch)
    # As the kubelet does for fsGroup.
    [ "$name" = gateway ] || chown -R 10001:10001 "$(volume "$name-data")"
    podman pod start "$name-pod-0" >/dev/null;;
  pid) podman inspect "$container" --format '{{.State.Pid}}';;
  data) volume "$name-data";;
  metrics) echo "$(awk -v name="$name" '$1 == name { print $2 }' "$work/list"):7409";;
  door)
    folder=$work/dev/secrets/training-door
    cp "$ACCORD_E2E_KEYS/agency-ca.crt" "$folder/ca.crt"; cp "$name" "$folder/tls.key"; cp "$3" "$folder/tls.crt"
    chown 0:10001 "$folder"/*; chmod 0440 "$folder"/*;;
  collect)
    cp "$work/dev"/*.yaml "$name/"
    while read -r each; do mkdir -p "$name/$each"; cp -r "$(volume "$each")/." "$name/$each/"; done <"$work/dev/volumes"
    while read -r each _; do podman logs "$each-pod-0-${each%-2}" >"$name/$each.log" 2>&1; done <"$work/list";;
  *) echo "pod.sh: unknown verb $verb" >&2; exit 2;;
esac
