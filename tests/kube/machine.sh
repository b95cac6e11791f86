# What a cluster does for pods, on this machine with podman: images, addresses, Services, replicas, rolls. Sourced by
# play.sh, in the root of the repository.
# shellcheck shell=bash disable=SC2154
lease=/run/accord-kube network=accord-kube pods=10.89.77 services=10.89.76
mkdir -p "$lease" .accord/kube
exec 9>"$lease/lock"; flock -n 9 || die 'another run goes on'
work=$(mktemp -d "${TMPDIR:-/tmp}/accord-kube.XXXXXX")
mkdir "$work/endpoints" "$work/play"

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
quiet() { "$@" >"$work/log" 2>&1 || { tail -n 30 "$work/log" >&2; die "failed: $*"; }; }
# until_true WHAT COMMAND...: asks it again, half a minute at the most.
until_true() {
  local what=$1 i; shift
  for ((i = 0; i < 300; i++)); do
    "$@" >"$work/asked" 2>&1 && return
    sleep 0.1  # Between polls of the condition.
  done
  cat "$work/asked" >&2; die "$what"
}

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
  if [ "$built" = 1 ]; then
    mkdir -p "$work/build/image"/{bin,share}
    cp "$bin"/accord-* "$work/build/image/bin/"
    strip "$work/build/image/bin"/*
    for data in "$ROOT"/services/*/data; do mkdir -p "$work/build/image/share/${data#"$ROOT"/}"; cp -r "$data/." "$_/"; done
    chmod -R a+rX "$work/build"
    how=(--build-context "build=$work/build")
  else
    mkdir -p "$HOME/.cache/ccache"
    how=(--volume "$HOME/.cache/ccache:/root/.cache/ccache" --build-arg "COMMIT=$(git rev-parse --short=12 HEAD)")
  fi
  say "building the image accord:$1"
  quiet buildah bud --isolation chroot --pull-never --layers --build-arg "VERSION=$1" "${how[@]}" \
    -f k8s/Dockerfile -t "localhost/accord:$1" .
}

# A Service's address leads to one of its endpoints by chance, as kube-proxy does it; changed in one step.
nat() { iptables -w -t nat "$@"; }
lead() {
  local name address port endpoints n
  {
    echo '*nat'; echo ':ACCORD-KUBE - [0:0]'
    while read -r name _ _ address port; do
      if [ "$address" = - ] || [ ! -s "$work/endpoints/$name" ]; then continue; fi
      mapfile -t endpoints <"$work/endpoints/$name"
      for ((n = ${#endpoints[@]}; n > 0; n--)); do
        echo "-A ACCORD-KUBE -d $address/32 -p tcp --dport $port -m statistic --mode random" \
          "--probability $(awk "BEGIN { print 1 / $n }") -j DNAT --to-destination ${endpoints[n - 1]}:$port"
      done
    done <"$work/list"
    echo COMMIT
  } | quiet iptables-restore -w --noflush
}
hook() {
  quiet podman network create --subnet "$pods.0/24" $network
  nat -N ACCORD-KUBE
  nat -I PREROUTING -j ACCORD-KUBE
  nat -I OUTPUT -j ACCORD-KUBE
  nat -I POSTROUTING -s "$pods.0/24" -d "$pods.0/24" -m conntrack --ctstate DNAT -j MASQUERADE
  # A Service without an endpoint refuses.
  awk '$4 != "-" { print $4 }' "$work/list" | while read -r address; do ip address add "$address/32" dev lo; done
}
clear_away() {
  podman pod rm --all --force --time 0; podman volume rm --all --force; podman network rm --force "$network"
  nat -D PREROUTING -j ACCORD-KUBE; nat -D OUTPUT -j ACCORD-KUBE
  nat -D POSTROUTING -s "$pods.0/24" -d "$pods.0/24" -m conntrack --ctstate DNAT -j MASQUERADE
  nat -F ACCORD-KUBE; nat -X ACCORD-KUBE
  ip -o address show dev lo | awk '{ print $4 }' | { grep "^$services\." || true; } | while read -r address; do ip address del "$address" dev lo; done
}

# of NAME FIELD: kind 2, replicas 3, address 4, port 5.
of() { awk -v name="$1" -v field="$2" '$1 == name { print $field }' "$work/list"; }
# A pod is called by its workload and a number; podman adds the rest.
container() { echo "$1-pod-0-${1%-*}"; }
addresses=10
# kube_play POD: at the next address; the hardware's follows it, for neighbours remember which had it.
kube_play() {
  addresses=$((addresses + 1)); [ $addresses -lt 255 ] || addresses=11
  # Not in the repository: podman takes a folder that is called like the image for something to build.
  (cd "$work" && quiet podman kube play --build=false --network "$network" --ip "$pods.$addresses" \
    --mac-address "$(printf '02:00:00:00:00:%02x' $addresses)" "$work/play/$1.yaml")
}
# start POD VERSION, then wait for its own readiness probe and let the Service lead to it.
start() {
  local name=${1%-*} volume
  sed "s|@POD@|$1|g; s|@IMAGE@|localhost/accord:$2|" "$work/manifests/$name.yaml" >"$work/play/$1.yaml"
  sed -n 's/^ *claimName: //p' "$work/play/$1.yaml" | while read -r volume; do
    podman volume exists "$volume" || quiet podman volume create --opt o=uid=10001,gid=10001 "$volume"
  done
  kube_play "$1"
  until_true "$1 does not become ready" podman exec "$(container "$1")" accord-probe --config "/etc/accord/config/$name.textproto"
  [ "$(of "$name" 4)" = - ] || { echo "$pods.$addresses" >>"$work/endpoints/$name"; lead; }
  echo "$1 $pods.$addresses" >>"$work/running"
}
# stop POD: nobody is led to it any more, then SIGTERM, as its preStop wait has it.
stop() {
  local address
  address=$(awk -v pod="$1" '$1 == pod { print $2 }' "$work/running")
  sed -i "/^$address$/d" "$work/endpoints/${1%-*}"; lead
  quiet podman pod stop --time 30 "$1-pod-0"
  quiet podman pod rm --force --time 0 "$1-pod-0"
  sed -i "/^$1 /d" "$work/running"
}
running() { cut -d' ' -f1 "$work/running"; }

# run_job NAME VERSION: to its end.
run_job() {
  sed "s|@POD@|$1|g; s|@IMAGE@|localhost/accord:$2|" "$work/manifests/$1.yaml" >"$work/play/$1.yaml"
  kube_play "$1"
  [ "$(podman wait "$1-migrate")" = 0 ] || { podman logs "$1-migrate" >&2; die "$1 failed"; }
  quiet podman pod rm --force --time 0 "$1"
}

# roll NAME VERSION, as its kind is rolled: a new pod first, or the old one's end first.
roll() {
  local pod next
  for pod in $(running | grep "^$1-[0-9]*$"); do
    if [ "$(of "$1" 2)" = Deployment ]; then
      next=$1-$(($(running | sed -n "s/^$1-//p" | sort -n | tail -n 1) + 1))
      start "$next" "$2"; stop "$pod"
    else
      stop "$pod"; start "$pod" "$2"
    fi
  done
}

# crash POD: kill -9, as the kernel would; the pod's restart policy brings it back.
alive() { [ "$(podman inspect "$(container "$1")" --format '{{.State.Running}} {{.State.Pid}}')" != "true $2" ] && [ "$(podman inspect "$(container "$1")" --format '{{.State.Running}}')" = true ]; }
crash() {
  local pid
  pid=$(podman inspect "$(container "$1")" --format '{{.State.Pid}}')
  kill -9 "$pid"
  until_true "$1 did not come back" alive "$1" "$pid"
}

# used POD: its name, seconds of CPU so far, the most memory it had in kB, and when this was.
used() {
  local pid
  pid=$(podman inspect "$(container "$1")" --format '{{.State.Pid}}')
  echo "$1 $(awk -v hz="$(getconf CLK_TCK)" '{ sub(/.*\) /, ""); print ($12 + $13) / hz }' "/proc/$pid/stat")" \
    "$(awk '/VmHWM/ { print $2 }' "/proc/$pid/status") $(date +%s.%N)"
}

# What the manifests promise of a container, looked at from inside.
confined() {
  local inside
  inside=$(podman exec "$(container "$1")" sh -c 'id -u; grep -E "^(CapEff|NoNewPrivs|Seccomp):" /proc/self/status; (: >/usr/x) 2>/dev/null && echo writable; ls /var/run/secrets 2>/dev/null; true' | tr -s '\t\n' ' ')
  [ "$inside" = '10001 CapEff: 0000000000000000 NoNewPrivs: 1 Seccomp: 2 ' ] || die "$1 is not confined: $inside"
}
