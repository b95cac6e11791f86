#!/usr/bin/env bash
# Builds the image, plays the pods of the dev overlay in containers on this machine, carries the case through the
# published port from outside, kills every process, replaces every process by the next image under a steady load of
# calls, runs the end-to-end suite against pods that begin anew for each test, and takes everything down again. Needs root.
# usage: play.sh [--built] [--port PORT] [--rolls N] [--no-suite]
#   --built     takes the binaries of build/release; otherwise they are compiled in the image's build stage
#   --rolls     how often every process is replaced [1]
#   --no-suite  leaves the end-to-end suite out
set -euo pipefail
ROOT=$(cd "$(dirname "$0")/../.." && pwd)
built=0 port=27400 rolls=1 suite=1
while [ $# -gt 0 ]; do case $1 in
  --built) built=1; shift;; --port) port=$2; shift 2;; --rolls) rolls=$2; shift 2;; --no-suite) suite=0; shift;;
  *) echo "usage: $0 [--built] [--port PORT] [--rolls N] [--no-suite]" >&2; exit 2;;
esac; done
bin=$ROOT/build/release/bin network=accord-kube subnet=10.89.77 lease=/run/accord-kube
say() { printf '%s  %s\n' "$(date -u +%T)" "$*"; }
die() { printf 'accord test kube: %s\n' "$*" >&2; exit 1; }
[ "$(id -u)" = 0 ] || die 'needs root, for network namespaces and mounts'
[ -x "$bin/accordctl" ] || die 'no release build: ./accord build release'

cd "$ROOT"
mkdir -p "$lease" .accord/kube
. tests/kube/tools.sh
debian_kubectl
node_modules
exec 9>"$lease/lock"; flock -n 9 || die 'another run goes on'
work=$(mktemp -d /tmp/accord-kube.XXXXXX)
# Images stay for the next run under .accord/kube; all else goes. A storage of our own leaves the machine's alone.
cat >"$work/containers.conf" <<C
[containers]
default_ulimits = []
[engine]
cgroup_manager = "cgroupfs"
events_logger = "none"
runtime = "runc"
tmp_dir = "$lease/tmp"
[network]
network_backend = "cni"
network_config_dir = "$lease/net"
C
cat >"$work/storage.conf" <<C
[storage]
driver = "overlay"
graphroot = "$ROOT/.accord/kube/storage"
runroot = "$lease/run"
C
export CONTAINERS_CONF=$work/containers.conf CONTAINERS_STORAGE_CONF=$work/storage.conf
unset STORAGE_DRIVER

clear_away() {
  podman pod rm --all --force --time 0; podman volume rm --all --force; podman network rm --force "$network"
}
take_down() {
  local status=$?
  touch "$work/enough"; wait
  if [ $status != 0 ] && [ -e "$work/list" ]; then
    for name in $(cut -d' ' -f1 "$work/list"); do echo "-- $name"; podman logs --tail 5 "$(container "$name")" 2>&1 || true; done >&2
  fi
  say 'taking everything down'
  clear_away >"$work/down.log" 2>&1 || cat "$work/down.log" >&2
  rm -rf "$work"
}
trap take_down EXIT
trap 'exit 130' INT TERM
clear_away >/dev/null 2>&1 || true

# podman names a Deployment's only pod and its container so; the second gateway's container is called like the first's.
container() { echo "$1-pod-0-${1%-2}"; }
quiet() { "$@" >"$work/log" 2>&1 || { tail -n 30 "$work/log" >&2; die "failed: $*"; }; }

base_image() {
  buildah images -q docker.io/library/debian:bookworm-slim 2>/dev/null | grep -q . && return
  say 'making debian:bookworm-slim out of packages'
  local made
  quiet mmdebstrap --variant=minbase --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' \
    --dpkgopt='path-exclude=/usr/share/locale/*' bookworm "$work/base.tar"
  made=$(buildah from scratch)
  quiet buildah add "$made" "$work/base.tar" /
  quiet buildah commit --rm "$made" docker.io/library/debian:bookworm-slim
  rm "$work/base.tar"
}

# image VERSION
image() {
  local how=() data
  if [ $built = 1 ]; then
    mkdir -p "$work/build/image"/{bin,share}
    cp "$bin"/accord-* "$work/build/image/bin/"
    strip "$work/build/image/bin"/*
    for data in "$ROOT"/services/*/data; do mkdir -p "$work/build/image/share/${data#"$ROOT"/}"; cp -r "$data/." "$_/"; done
    chmod -R a+rX "$work/build"
    how=(--build-context "build=$work/build")
  else
    mkdir -p "$HOME/.cache/ccache"
    how=(--volume "$HOME/.cache/ccache:/root/.cache/ccache")
  fi
  say "building the image accord:$1"
  quiet buildah bud --isolation chroot --pull-never --layers --build-arg "VERSION=$1" "${how[@]}" \
    -f k8s/Dockerfile -t "localhost/accord:$1" .
}

render() {
  local version
  cp -r "$ROOT/k8s" "$work/k8s"
  rm -rf "$work/k8s/overlays/dev/pki"
  quiet "$work/k8s/overlays/dev/pki.sh" "$bin/accordctl"
  pki=$work/k8s/overlays/dev/pki
  "$ROOT/$KUBECTL" kustomize "$work/k8s/overlays/dev" >"$work/dev.yaml" 2>"$work/log" || { cat "$work/log" >&2; exit 1; }
  for version in dev next; do
    mkdir -p "$work/$version"
    sed "s|localhost/accord:dev|localhost/accord:$version|" "$work/dev.yaml" >"$work/rendered.yaml"
    node tests/kube/pods.mjs "$work/rendered.yaml" "$work/$version" $subnet "$port" >"$work/list"
  done
}

# play NAME VERSION, then wait for its own readiness probe.
play() {
  local address mac i
  address=$(awk -v name="$1" '$1 == name { print $2 }' "$work/list")
  # A Service's address outlives its pods: with a hardware address of their own neighbours would look for the old one.
  mac=$(printf '02:00:00:00:00:%02x' "${address##*.}")
  (cd "$work" && quiet podman kube play --build=false --network $network --ip "$address" --mac-address "$mac" "$work/$2/$1.yaml")
  for ((i = 0; i < 300; i++)); do
    podman exec "$(container "$1")" accord-probe --config "/etc/accord/config/${1%-2}.textproto" >"$work/probe" 2>&1 && return
    sleep 0.1  # Between polls of the condition.
  done
  cat "$work/probe" >&2; die "$1 does not become ready"
}
ready() {
  quiet "$bin/accordctl" --config "$work/accordctl.yaml" --context admin status --wait 60
}

# kill -9, as the kernel would; the pod's restart policy brings it back.
crash() {
  local pid
  pid=$(podman inspect "$(container "$1")" --format '{{.State.Pid}}')
  kill -9 "$pid"
  until [ "$(podman inspect "$(container "$1")" --format '{{.State.Running}} {{.State.Pid}}')" != "true $pid" ]; do sleep 0.1; done
  for ((i = 0; i < 300; i++)); do
    [ "$(podman inspect "$(container "$1")" --format '{{.State.Running}}')" = true ] && return
    sleep 0.1  # Between polls of the condition.
  done
  die "$1 did not come back"
}

# What the manifests promise of a container, looked at from inside.
confined() {
  local inside
  inside=$(podman exec "$(container "$1")" sh -c 'id -u; grep -E "^(CapEff|NoNewPrivs|Seccomp):" /proc/self/status; (: >/usr/x) 2>/dev/null && echo writable; ls /var/run/secrets 2>/dev/null; true' | tr -s '\t\n' ' ')
  [ "$inside" = '10001 CapEff: 0000000000000000 NoNewPrivs: 1 Seccomp: 2 ' ] || die "$1 is not confined: $inside"
}

# What Python needs to read and write the messages.
messages() {
  local protos
  mkdir "$work/messages"
  mapfile -t protos < <(cd protos && find accord google -name '*.proto')
  protoc -I protos -I /usr/include --python_out="$work/messages" "${protos[@]}"
}

base_image
image dev
image next
render
names=$(cut -d' ' -f1 "$work/list")
quiet podman network create --subnet $subnet.0/24 $network
start_pods() {
  local volume name
  while read -r volume; do quiet podman volume create --opt o=uid=10001,gid=10001 "$volume"; done <"$work/dev/volumes"
  for name in $(grep -v gateway <<<"$names") gateway gateway-2; do play "$name" dev; done
}
say 'starting the pods'
start_pods
for name in $names; do confined "$name"; done

"$bin/accordctl" --config "$work/accordctl.yaml" context set admin --address "127.0.0.1:$port" --server-name localhost \
  --ca-file "$pki/agency-ca.crt" --certificate-file "$pki/first-administrator.crt" --key-file "$pki/first-administrator.key" \
  --actor admin --purpose administration >/dev/null
ready
say 'the case, from outside'
ln -s "$pki" "$work/pki"
"$ROOT/tests/case/run.sh" --bin "$bin" --dir "$work" --real-time >"$work/case.log" 2>&1 || { tail -n 40 "$work/case.log" >&2; die 'the case failed'; }
say "$(tail -n 1 "$work/case.log")"

for name in $names; do
  crash "$name"
  ready
done
say "killed $(wc -w <<<"$names") processes, each came back"

say 'replacing every process under a steady load'
messages
PYTHONPATH=$work/messages /usr/bin/python3 tests/kube/steady_load.py --addresses "127.0.0.1:$port,127.0.0.1:$((port + 1))" \
  --config "$work/accordctl.yaml" --bodies "$work/case" --until "$work/enough" >"$work/load" 2>&1 &
load=$!
for ((roll = 0; roll < rolls; roll++)); do
  # There and back again: every roll changes the image.
  version=$([ $((roll % 2)) = 0 ] && echo next || echo dev)
  for name in $names; do
    start=$(date +%s%N)
    quiet podman pod stop --time 30 "$name-pod-0"
    quiet podman pod rm --force --time 0 "$name-pod-0"
    play "$name" "$version"
    say "  $name: $(podman inspect "$(container "$name")" --format '{{.ImageName}}') after $((($(date +%s%N) - start) / 1000000)) ms"
    ready
  done
done
touch "$work/enough"
status=0; wait $load || status=$?
say "$(cat "$work/load")"
podman stats --no-stream --format '{{.Name}} {{.MemUsage}}' | sed 's/^/  memory: /'
[ $status = 0 ] || die 'calls failed during the replacement'
say 'every process was replaced, no call failed'
[ $suite = 1 ] || exit 0

# One test a deployment: each admits the same agencies. Left out is the operator's command line, which works on
# configuration files where they are: in pods Kubernetes does what it does.
say 'the end-to-end suite'
tests=$ROOT/build/release/test/e2e_test passed=0 left_out='Operating.*'
export ACCORD_SOURCE_DIR=$ROOT ACCORD_BIN_DIR=$bin ACCORD_E2E_DOOR=127.0.0.1:$port ACCORD_E2E_KEYS=$pki
export ACCORD_E2E_CONTROL=$ROOT/tests/kube/pod.sh ACCORD_KUBE_WORK=$work
for name in $("$tests" --gtest_list_tests --gtest_filter="-$left_out" | awk '/^[^ ]/ { suite = $1 } /^  / { print suite $1 }'); do
  quiet podman pod rm --all --force --time 0
  quiet podman volume rm --all --force
  start_pods
  ready
  "$tests" --gtest_filter="$name" >"$work/suite.log" 2>&1 || { tail -n 40 "$work/suite.log" >&2; die "$name failed"; }
  say "  $name"
  passed=$((passed + 1))
done
say "$passed tests of the end-to-end suite passed on the pods, each on a deployment of its own; left out: $left_out"
