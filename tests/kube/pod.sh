#!/usr/bin/env bash
# What the end-to-end suite asks of the processes of a deployment in pods, one of each (tests/e2e/stack.h). play.sh sets
# the environment, with its folder in ACCORD_KUBE_WORK.
# usage: pod.sh kill|launch|pid|data|metrics NAME
#        pod.sh door KEY CERTIFICATE     the training service's identity at the door
#        pod.sh collect FOLDER           a copy of all that was written: databases, logs, configuration
set -euo pipefail
verb=$1 name=${2:-} work=$ACCORD_KUBE_WORK
volume() { podman volume inspect "$1" --format '{{.Mountpoint}}'; }
case $verb in
  kill) podman pod stop --time 0 "$name-1-pod-0" >/dev/null 2>&1;;
  launch)
    # As the kubelet does for fsGroup.
    [ "$name" = gateway ] || chown -R 10001:10001 "$(volume "$name-data")"
    podman pod start "$name-1-pod-0" >/dev/null;;
  pid) podman inspect "$name-1-pod-0-$name" --format '{{.State.Pid}}';;
  data) volume "$name-data";;
  metrics) echo "$(awk -v pod="$name-1" '$1 == pod { print $2 }' "$work/running"):7409";;
  door)
    folder=$work/manifests/secrets/training-door
    cp "$ACCORD_E2E_KEYS/agency-ca.crt" "$folder/ca.crt"; cp "$name" "$folder/tls.key"; cp "$3" "$folder/tls.crt"
    chown 0:10001 "$folder"/*; chmod 0440 "$folder"/*;;
  collect)
    cp "$work/play"/*.yaml "$name/"
    for each in $(podman volume ls --format '{{.Name}}'); do mkdir -p "$name/$each"; cp -r "$(volume "$each")/." "$name/$each/"; done
    while read -r pod _; do podman logs "$pod-pod-0-${pod%-*}" >"$name/$pod.log" 2>&1; done <"$work/running";;
  *) echo "pod.sh: unknown verb $verb" >&2; exit 2;;
esac
