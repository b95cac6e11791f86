# What reads the manifests: npm's packages, kubectl and promtool. Sourced in the root of the repository.
# shellcheck shell=bash
. tests/commands/npm.sh
# Debian's own, unpacked and not installed: a newer kubectl may have its place in /usr/bin, and both must read what we
# write; prometheus would start a server.
# shellcheck disable=SC2034
KUBECTL=.accord/kubernetes-client/usr/bin/kubectl PROMTOOL=.accord/prometheus/usr/bin/promtool
debian_kubectl() { unpacked kubernetes-client usr/bin/kubectl; }
debian_promtool() { unpacked prometheus usr/bin/promtool; }
# unpacked PACKAGE FILE
unpacked() {
  local scratch
  [ ! -x ".accord/$1/$2" ] || return 0
  scratch=$(mktemp -d)
  # A list of packages that is too old, or none, is brought up to date where that is allowed.
  (cd "$scratch" && { apt-get download "$1" || { apt-get update && apt-get download "$1"; }; } >log 2>&1 &&
    dpkg-deb -x "$1"_*.deb unpacked) ||
    { cat "$scratch/log" >&2; echo "no $1: apt-get update, then try again" >&2; return 1; }
  mkdir -p .accord
  rm -rf ".accord/$1"
  mv "$scratch/unpacked" ".accord/$1"
  rm -rf "$scratch"
}
