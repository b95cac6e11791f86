# These read the manifests: npm's packages, kubectl and promtool. It is sourced in the root of the repository.
# shellcheck shell=bash
. tests/commands/npm.sh
# These are Debian's own, unpacked and not installed: another kubectl may have its place in /usr/bin, and both must read
# what we write; prometheus would start a server. kubectl is Debian 13's, since the one of Debian 12 is older than what
# kustomizations are written in.
# shellcheck disable=SC2034
KUBECTL=.accord/kubectl/usr/bin/kubectl PROMTOOL=.accord/prometheus/usr/bin/promtool
debian_kubectl() { unpacked kubectl usr/bin/kubectl trixie; }
debian_promtool() { unpacked prometheus usr/bin/promtool; }
# apt_of SUITE SCRATCH WORDS...: it has apt look into a suite of Debian beside the machine's own, with lists in the
# folder SCRATCH and nothing left behind. The machine's own entry says where Debian is.
apt_of() {
  local suite=$1 scratch=$2 site; shift 2
  site=$(apt-get indextargets --format '$(REPO_URI) $(CODENAME) $(COMPONENT)' 'Created-By: Packages' 2>/dev/null |
    awk '$2 ~ /^(bookworm|trixie)$/ && $3 == "main" { print $1; exit }')
  [ -n "$site" ] || { echo "apt has no entry of Debian's main; without one nothing of $suite can be had" >&2; return 1; }
  mkdir -p "$scratch"/{lists,cache}/partial "$scratch/cache/archives/partial"
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $site $suite main" >"$scratch/of.list"
  apt-get -o Dir::Etc::sourcelist="$scratch/of.list" -o Dir::Etc::sourceparts=/nonexistent -o APT::Sandbox::User=root \
    -o Dir::State::lists="$scratch/lists" -o Dir::Cache="$scratch/cache" -o Acquire::Languages=none "$@"
}
# downloaded PACKAGE SCRATCH [SUITE]: it puts the package's Debian file into the present folder, of the suite or of the
# machine's own.
downloaded() {
  if [ -n "${3:-}" ]; then apt_of "$3" "$2" update && apt_of "$3" "$2" download "$1/$3"; return; fi
  # The machine's list of packages may be missing or too old; then it is updated and the download tried once more.
  apt-get download "$1" || { apt-get update && apt-get download "$1"; }
}
# unpacked PACKAGE FILE [SUITE]: it unpacks the package and prints where the file is.
unpacked() {
  local scratch
  [ ! -x ".accord/$1/$2" ] || return 0
  scratch=$(mktemp -d)
  (cd "$scratch" && downloaded "$1" "$scratch" "${3:-}" >log 2>&1 && dpkg-deb -x "$1"_*.deb unpacked) ||
    { cat "$scratch/log" >&2; echo "no $1: apt-get update, then try again" >&2; return 1; }
  mkdir -p .accord
  rm -rf ".accord/$1"
  mv "$scratch/unpacked" ".accord/$1"
  rm -rf "$scratch"
}
