#!/usr/bin/env bash
# Builds the image, plays the pods of an overlay in containers on this machine, carries the case through the gateway's
# Service from outside, kills every process, replaces every process by the next image under a steady load of calls, runs
# the end-to-end suite against pods of the dev overlay that begin anew for each test, and takes everything down again.
# Needs root.
# usage: play.sh [--overlay dev|production] [--built] [--rolls N] [--suite FILTER | --no-suite]
#   --overlay   dev (SQLite, one of each) or production (PostgreSQL, replicas, migrations) [dev]
#   --built     takes the binaries of build/release; otherwise they are compiled in the image's build stage
#   --rolls     how often every process is replaced [1]
#   --suite     these tests of the end-to-end suite only, as --gtest_filter takes them
#   --no-suite  leaves the end-to-end suite out
set -euo pipefail
ROOT=$(cd "$(dirname "$0")/../.." && pwd)
overlay=dev built=0 rolls=1 suite='-TheInside.*:Field*'
while [ $# -gt 0 ]; do case $1 in
  --overlay) overlay=$2; shift 2;; --built) built=1; shift;; --rolls) rolls=$2; shift 2;; --suite) suite=$2; shift 2;; --no-suite) suite=''; shift;;
  *) echo "usage: $0 [--overlay dev|production] [--built] [--rolls N] [--suite FILTER | --no-suite]" >&2; exit 2;;
esac; done
bin=$ROOT/build/release/bin
say() { printf '%s  %s\n' "$(date -u +%T)" "$*"; }
die() { printf 'accord test kube: %s\n' "$*" >&2; exit 1; }
[ "$(id -u)" = 0 ] || die 'needs root, for network namespaces and mounts'
[ -x "$bin/accordctl" ] || die 'no release build: ./accord build release'
cd "$ROOT"
[ -d "k8s/overlays/$overlay" ] || die "no overlay $overlay"

. tests/kube/tools.sh
debian_kubectl
node_modules
. tests/kube/machine.sh
. tests/kube/production.sh

take_down() {
  local status=$?
  touch "$work/enough"
  if [ $status != 0 ] && [ -e "$work/running" ]; then
    for pod in $(running); do echo "-- $pod"; podman logs --tail 5 "$(container "$pod")" 2>&1 || true; done >&2
  fi
  say 'taking everything down'
  clear_away >"$work/down.log" 2>&1 || true
  # shellcheck disable=SC2046
  kill $(jobs -p) 2>/dev/null || true
  wait
  rm -rf "$work"
}
trap take_down EXIT
trap 'exit 130' INT TERM
clear_away >/dev/null 2>&1 || true

render() {
  cp -r k8s "$work/k8s"
  rm -rf "$work/k8s/overlays/dev/pki"
  pki=$work/k8s/overlays/dev/pki
  quiet "$work/k8s/overlays/dev/pki.sh" "$bin/accordctl"
  "$KUBECTL" kustomize "$work/k8s/overlays/$overlay" >"$work/rendered.yaml" 2>"$work/log" || { cat "$work/log" >&2; exit 1; }
  if [ "$overlay" = production ]; then
    database
    { echo '---'; secrets; node tests/kube/issue.mjs "$work/rendered.yaml"; } >"$work/made.yaml"
    cat "$work/made.yaml" >>"$work/rendered.yaml"
  fi
  lay_out
}
# This lays out the overlay as it is, whatever was changed since.
lay_out() {
  rm -rf "$work/manifests" "$work/desk"
  node tests/kube/pods.mjs "$work/rendered.yaml" "$work/manifests" $services "$pods.1" >"$work/list"
}

# start_pods GATEWAYS: the gateways last, so many of them, or as the manifest has it.
start_pods() {
  local name replicas i
  : >"$work/running"; rm -f "$work/endpoints"/*
  # The gateways last: they wait for the services.
  mapfile -t names < <(awk '$2 != "Job" { print ($1 == "gateway"), $1 }' "$work/list" | sort -s -n -k 1,1 | cut -d' ' -f2)
  for name in "${names[@]}"; do
    replicas=$(of "$name" 3); [ "$name" != gateway ] || replicas=${1:-$replicas}
    for ((i = 1; i <= replicas; i++)); do start "$name-$i" dev; done
  done
}
ready() { quiet "$bin/accordctl" --config "$work/accordctl.yaml" --context admin status --wait 60; }

base_image
image dev
image next
render
hook
# Jobs are run again by hand, and by a release that changed nothing.
mapfile -t jobs < <(awk '$2 == "Job" { print $1 }' "$work/list")
for job in "${jobs[@]}" "${jobs[@]}"; do run_job "$job" dev; done
say "starting the pods of $overlay"
start_pods "$([ "$overlay" = production ] || echo 2)"
for pod in $(running); do confined "$pod"; done
door=$(of gateway 4):7400
"$bin/accordctl" --config "$work/accordctl.yaml" context set admin --address "$door" --server-name localhost \
  --ca-file "$pki/agency-ca.crt" --certificate-file "$pki/first-administrator.crt" --key-file "$pki/first-administrator.key" \
  --actor admin --purpose administration >/dev/null
ready
say 'the case, from outside'
ln -s "$pki" "$work/pki"
tests/case/run.sh --bin "$bin" --dir "$work" --real-time >"$work/case.log" 2>&1 || { tail -n 40 "$work/case.log" >&2; die 'the case failed'; }
say "$(grep -m 1 'steps held' "$work/case.log")"

for pod in $(running); do
  crash "$pod"
  ready
done
say "killed $(running | wc -l) processes, each came back"

mkdir "$work/messages"
mapfile -t protos < <(cd protos && find accord -name '*.proto')
protoc -I protos -I /usr/include --python_out="$work/messages" "${protos[@]}"
# load RATE: until $work/enough is there.
load() {
  rm -f "$work/enough"
  PYTHONPATH=$work/messages exec /usr/bin/python3 tests/kube/steady_load.py --address "$door" --config "$work/accordctl.yaml" \
    --bodies "$work/case" --until "$work/enough" --rate "$1" >"$work/load" 2>&1 9>&-
}
# held LOAD WHEN: ends it.
held() {
  local status=0
  touch "$work/enough"
  wait "$1" || status=$?
  say "$(cat "$work/load")"
  [ $status = 0 ] || die "the load did not hold $2"
}

say 'replacing every process under a steady load'
load 40 &
load=$!
for ((i = 0; i < rolls; i++)); do
  # Rolls alternate between two versions, so that each one changes the image.
  version=$([ $((i % 2)) = 0 ] && echo next || echo dev)
  for name in "${names[@]}"; do
    began=$(date +%s%N)
    roll "$name" "$version"
    say "  $name, $(running | grep -c "^$name-[0-9]"): accord:$version after $((($(date +%s%N) - began) / 1000000)) ms"
    ready
  done
done
held $load 'during the replacement'
say 'every process was replaced, no call failed, no write was lost or done twice'

say 'what the processes need at 200 calls a second'
load 200 &
load=$!
for pod in $(running); do used "$pod"; done >"$work/before"
sleep 20  # What is measured.
for pod in $(running); do used "$pod"; done | paste -d' ' "$work/before" - |
  awk '{ printf "  %-15s %4.0f millicores, %3.0f MB at the most\n", $1, ($6 - $2) * 1000 / ($8 - $4), $7 / 1024 }'
held $load 'at 200 calls a second'
[ -n "$suite" ] && [ "$overlay" = dev ] || exit 0

# One test a deployment: each admits the same agencies.
say 'the end-to-end suite'
tests=$ROOT/build/release/test/e2e_test passed=0
export ACCORD_SOURCE_DIR=$ROOT ACCORD_BIN_DIR=$bin ACCORD_E2E_DOOR=$door ACCORD_E2E_KEYS=$pki
export ACCORD_E2E_CONTROL=$ROOT/tests/kube/pod.sh ACCORD_KUBE_WORK=$work
for name in $("$tests" --gtest_list_tests --gtest_filter="$suite" | awk '/^[^ ]/ { suite = $1 } /^  / { print suite $1 }'); do
  quiet podman pod rm --all --force --time 0
  quiet podman volume rm --all --force
  lay_out
  start_pods 1
  ready
  "$tests" --gtest_filter="$name" >"$work/suite.log" 2>&1 || { tail -n 40 "$work/suite.log" >&2; die "$name failed"; }
  say "  $name"
  passed=$((passed + 1))
done
[ $passed -gt 0 ] || die "no test is called $suite"
say "$passed tests of the end-to-end suite passed on the pods, each on a deployment of its own"
