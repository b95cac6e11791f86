# What reads the manifests: npm's packages and kubectl. Sourced in the root of the repository.
# shellcheck shell=bash
. tests/stack/npm.sh
# Debian's own kubectl, unpacked: a newer one may have its place in /usr/bin, and both must read what we write.
KUBECTL=.accord/kubernetes-client/usr/bin/kubectl
debian_kubectl() {
  [ -x "$KUBECTL" ] && return
  local scratch
  scratch=$(mktemp -d)
  # A list of packages that is too old, or none, is brought up to date where that is allowed.
  (cd "$scratch" && { apt-get download kubernetes-client || { apt-get update && apt-get download kubernetes-client; }; } >log 2>&1 &&
    dpkg-deb -x kubernetes-client_*.deb unpacked) ||
    { cat "$scratch/log" >&2; echo 'no kubernetes-client: apt-get update, then try again' >&2; return 1; }
  mkdir -p .accord
  rm -rf .accord/kubernetes-client
  mv "$scratch/unpacked" .accord/kubernetes-client
  rm -rf "$scratch"
}
