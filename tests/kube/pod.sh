#!/usr/bin/env bash
# This does what the end-to-end suite asks of the processes of a deployment in pods, one of each (tests/e2e/stack.h).
# play.py sets the environment, with its folder in ACCORD_KUBE_WORK.
# usage: pod.sh kill|launch|pid|data|metrics NAME
#        pod.sh config NAME              its configuration on the operator's desk, where accordctl can work on it:
#                                        every path leads to the pod's own volume, key or certificate. launch puts what
#                                        has changed there into the ConfigMaps and Secrets of NAME
#        pod.sh identity NAME KEY CERTIFICATE   what the gateway knows a service by
#        pod.sh collect FOLDER           a copy of all that was written: databases, logs, configuration
set -euo pipefail
verb=$1 name=${2:-} work=$ACCORD_KUBE_WORK desk=$ACCORD_KUBE_WORK/desk
volume() { podman volume inspect "$1" --format '{{.Mountpoint}}'; }
# Prints lines HERE THERE that say where this machine has what the pod sees. What lies within another place comes first.
places() {
  echo "$desk/$name.dsn /etc/accord/database/dsn"
  while read -r source path; do
    case $source in claim:*) source=${source#claim:} source=$(volume "${source/@POD@/$name-1}");; esac
    echo "$source/ $path/"
  done <"$work/manifests/$name.mounts" | awk '{ print length($2), $0 }' | sort -rn | cut -d' ' -f2-
  echo "$ACCORD_SOURCE_DIR/services/ /usr/share/accord/services/"
}
# Prints the folder that the pod sees as /etc/accord/$1.
mounted() { awk -v path="/etc/accord/$1" '$2 == path { print $1 }' "$work/manifests/$name.mounts"; }

lay_on_desk() {
  mkdir -p "$desk"
  places | sed 's|\(.*\) \(.*\)|s#\2#\1#g|' >"$desk/$name.sed"
  sed -f "$desk/$name.sed" "$(mounted config)/$name.textproto" >"$desk/$name.textproto"
  [ "$name" = gateway ] || sed -f "$desk/$name.sed" "$(mounted database)/dsn" >"$desk/$name.dsn"
  chmod 600 "$desk/$name".*
}
take_from_desk() {
  local config key
  config=$(mounted config)/$name.textproto
  places | sed 's|\(.*\) \(.*\)|s#\1#\2#g|' >"$desk/$name.sed"
  sed -f "$desk/$name.sed" "$desk/$name.textproto" >"$config"
  # A public key is made beside the private one, which this pod does not see.
  { grep -o '"/[^"]*\.pub"' "$config" || true; } | tr -d '"' | while read -r key; do
    case $key in /etc/accord/*) continue;; esac
    install -m 644 "$key" "$(mounted public)/"
    sed -i "s#$key#/etc/accord/public/${key##*/}#" "$config"
  done
  # This lays new keys out as the kubelet does with Secrets.
  awk '$2 !~ "^/etc/accord/(config|public)$" && $1 ~ "^/" { print $1 }' "$work/manifests/$name.mounts" |
    while read -r folder; do find "$folder" -type f -exec chown 0:10001 {} + -exec chmod 0440 {} +; done
}

case $verb in
  kill) podman pod stop --time 0 "$name-1-pod-0" >/dev/null 2>&1;;
  launch)
    [ ! -e "$desk/$name.textproto" ] || take_from_desk
    # This sets the group of volumes, as the kubelet does for fsGroup.
    sed -n 's/^claim:\([^ ]*\) .*/\1/p' "$work/manifests/$name.mounts" |
      while read -r claim; do chown -R 10001:10001 "$(volume "${claim/@POD@/$name-1}")"; done
    podman pod start "$name-1-pod-0" >/dev/null;;
  pid) podman inspect "$name-1-pod-0-$name" --format '{{.State.Pid}}';;
  data) volume "$name-data";;
  metrics) echo "$(awk -v pod="$name-1" '$1 == pod { print $2 }' "$work/running"):7409";;
  config)
    [ -e "$desk/$name.textproto" ] || lay_on_desk
    echo "$desk/$name.textproto";;
  identity)
    folder=$(mounted door)
    # The registry reads the audit log's certificate from here when it starts the next time.
    [ "$name" != audit ] || install -m 644 "$4" "$(mounted public)/audit-log.crt"
    cp "$ACCORD_E2E_KEYS/agency-ca.crt" "$folder/ca.crt"; cp "$3" "$folder/tls.key"; cp "$4" "$folder/tls.crt"
    chown 0:10001 "$folder"/*; chmod 0440 "$folder"/*;;
  collect)
    cp -r "$work/play"/*.yaml "$work/manifests/files"/*-config-* "$work/manifests/files"/public-keys-* "$name/"
    for each in $(podman volume ls --format '{{.Name}}'); do mkdir -p "$name/$each"; cp -r "$(volume "$each")/." "$name/$each/"; done
    while read -r pod _; do podman logs "$pod-pod-0-${pod%-*}" >"$name/$pod.log" 2>&1; done <"$work/running";;
  *) echo "pod.sh: unknown verb $verb" >&2; exit 2;;
esac
