#!/usr/bin/env bash
# This tests what `accord release` does, with stand-ins for buildah and minisign: no image is built and nothing
# is signed.
set -euo pipefail
cd "$(dirname "$0")/../.."
scratch=$(mktemp -d "${TMPDIR:-/tmp}/accord-release-test.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
failures=0
fail() { echo "release: $*"; failures=$((failures + 1)); }

mkdir "$scratch/bin"
# A push writes a digest and an archive. Builds are alike unless UNLIKE names the image whose second build is another.
cat >"$scratch/bin/buildah" <<'B'
#!/usr/bin/env bash
set -eu
echo "buildah $*" >>"$COMMANDS"
case "$*" in
  *FromImageDigest*) echo "sha256:$(echo base | sha256sum | cut -c1-64)";;
  'push '*)
    image=$5
    case $image in "localhost/${UNLIKE:-none}:"*-second) ;; *) image=${image%-*};; esac
    echo -n "sha256:$(echo "$image" | sha256sum | cut -c1-64)" >"$4"
    archive=${6#oci-archive:}
    echo "$image" >"${archive%%:*}";;
  'from '*) echo container;;
  *packages.txt) printf '%s\n' 'libssl3 3.0.17-1 amd64 openssl 3.0.17-1' 'base-files 12.4 amd64 base-files 12.4';;
  *os-release) printf '%s\n' 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"' 'ID=debian' 'VERSION_ID="12"';;
  *sha256sum*) echo "$(echo program | sha256sum | cut -c1-64)  /usr/bin/accordctl";;
esac
B
printf '#!/bin/sh\necho "minisign $*" >>"$COMMANDS"\nfor file; do :; done\necho signed >"$file.minisig"\n' >"$scratch/bin/minisign"
chmod +x "$scratch/bin"/*

# This provides what `accord` has at hand, without installing anything; how it ended is in `status`.
released() {
  # This is not in a condition, where bash would switch errexit off.
  set +e
  (
    export PATH=$scratch/bin:$PATH TMPDIR=$scratch
    say() { echo "$*"; }
    die() { echo "accord: $*" >&2; exit 1; }
    help() { :; }
    need() { [ $# -ge 2 ] || die "$1 needs a value"; }
    install() { echo "install $*" >>"$COMMANDS"; }
    set -e
    . tests/commands/release.sh
    cmd_release "$@"
  ) >"$scratch/said" 2>&1
  status=$?
  set -e
}
export COMMANDS=$scratch/commands UNLIKE=''

touch "$scratch/key"
released --out "$scratch/out" --base debian:bookworm-slim@sha256:0 --key "$scratch/key"
[ $status = 0 ] || { cat "$scratch/said"; fail 'a release ends badly'; }
tag=$(sed -nE 's/^ +newTag: "([^"]+)"$/\1/p' k8s/overlays/production/kustomization.yaml) arch=$(dpkg --print-architecture)
for file in accord-"$tag-$arch".{oci.tar,cdx.json} accordctl-"$tag-$arch".{oci.tar,cdx.json} "accord-$tag.tgz" "digests-$arch.txt" "SHA256SUMS-$arch" "SHA256SUMS-$arch.minisig"; do
  [ -s "$scratch/out/$file" ] || fail "there is no $file"
done
(cd "$scratch/out" && sha256sum --quiet --strict -c "SHA256SUMS-$arch") || fail 'the sums are not those of the files'
[ "$(wc -l <"$scratch/out/SHA256SUMS-$arch")" = 6 ] || fail 'the sums leave out a file'
[ "$(grep -c '^buildah bud .*--no-cache .*--timestamp [0-9]' "$COMMANDS")" = 4 ] || fail 'each image is not built twice, without a cache and at one time'
! grep '^buildah bud' "$COMMANDS" | grep -qv 'BASE=debian:bookworm-slim@sha256:0 ' || fail 'an image begins from another one'
grep -qE '^base debian:bookworm-slim@sha256:0 sha256:[0-9a-f]{64}$' "$scratch/out/digests-$arch.txt" || fail 'the digest of the base is not told'
digest=$(sed -n 's/^accordctl //p' "$scratch/out/digests-$arch.txt")
grep -q "${digest#sha256:}" "$scratch/out/accordctl-$tag-$arch.cdx.json" || fail 'the bill of materials is of another image'
grep -q "^minisign -S -s $scratch/key .*-m SHA256SUMS-$arch$" "$COMMANDS" || fail 'the sums are not signed'
tar -xzOf "$scratch/out/accord-$tag.tgz" accord/Chart.yaml | cmp -s - <(git show HEAD:k8s/helm/accord/Chart.yaml) || fail 'the chart is not the one that is committed'
before=$(sha256sum <"$scratch/out/accord-$tag.tgz")
released --out "$scratch/again"
[ $status = 0 ] || { cat "$scratch/said"; fail 'a release without a key ends badly'; }
[ "$(sha256sum <"$scratch/again/accord-$tag.tgz")" = "$before" ] || fail 'the chart is packed otherwise the second time'
[ ! -e "$scratch/again/SHA256SUMS-$arch.minisig" ] || fail 'something is signed without a key'
grep -q 'not signed' "$scratch/said" || fail 'nobody is told that it is not signed'

for UNLIKE in accord accordctl; do
  released --out "$scratch/unlike-$UNLIKE"
  [ $status != 0 ] || fail "two builds of $UNLIKE that differ are released"
  grep -q "two builds of $UNLIKE gave two digests" "$scratch/said" || fail "nobody is told that $UNLIKE differs"
  [ ! -e "$scratch/unlike-$UNLIKE/SHA256SUMS-$arch" ] || fail "$UNLIKE is summed although it differs"
done
UNLIKE=''
released --key "$scratch/none" --out "$scratch/none.out"
[ $status != 0 ] || fail 'a key that is not there is taken'
released --surplus
[ $status != 0 ] || fail 'an unknown option is taken'
[ -z "$(find "$scratch" -maxdepth 1 -name 'accord-release.*')" ] || fail 'something is left behind'

[ $failures = 0 ] && echo 'release: as it should be'
[ $failures = 0 ]
