# `accord release` makes the images of a release, lists what is in them, and signs. `accord` sources this.
# shellcheck shell=bash disable=SC2154

cmd_release() {
  help 'usage: ./accord release [--out DIR] [--base debian:bookworm-slim] [--key FILE]
Builds both images of the present commit under the tag of k8s/overlays/production, each one twice and without a cache, and
goes no further unless both builds have one digest. Then it writes into build/release-TAG, for the architecture of this
machine (ARCH):
  accord-TAG-ARCH.oci.tar     the image of the processes; accordctl-TAG-ARCH.oci.tar is that of the command line
  accord-TAG-ARCH.cdx.json    what is in it, in CycloneDX 1.6; for accordctl likewise
  accord-TAG.tgz              the Helm chart
  digests-ARCH.txt            the digests of the images, and of the image that they begin from
  SHA256SUMS-ARCH             the sums of these files
Needs root, as ./accord test kube does.
  --base   the image that both begin from; a release names it with its digest (@sha256:...)
  --key    signs the sums with this secret key of minisign, into SHA256SUMS-ARCH.minisig' "$@"
  local out='' base=debian:bookworm-slim key='' tag commit epoch arch work
  while [ $# -gt 0 ]; do case $1 in
    --out) need "$@"; out=$2; shift 2;;
    --base) need "$@"; base=$2; shift 2;;
    --key) need "$@"; key=$(realpath "$2"); shift 2;;
    *) wrong_option release "$1" --out --base --key;;
  esac; done
  [ -z "$key" ] || [ -r "$key" ] || die "release: cannot read $key"
  tag=$(sed -nE 's/^ +newTag: "([^"]+)"$/\1/p' k8s/overlays/production/kustomization.yaml)
  [ -n "$tag" ] || die 'release: the production overlay has no tag'
  commit=$(git rev-parse --short=12 HEAD) epoch=$(git log -1 --format=%ct) arch=$(dpkg --print-architecture)
  out=${out:-build/release-$tag}
  install buildah runc
  [ -z "$key" ] || install minisign
  work=$(mktemp -d "${TMPDIR:-/tmp}/accord-release.XXXXXX")
  # shellcheck disable=SC2064
  trap "rm -rf '$work'" EXIT
  release_all
  say "$out holds the release $tag of commit $commit for $arch"
}

release_all() {
  local name needed
  mkdir -p "$out" "$work/source"
  # This takes what the images are built of as it is committed, whatever else lies in this folder.
  mapfile -t needed < <(sed -n 's/^!//p' .dockerignore)
  git archive HEAD .dockerignore k8s "${needed[@]}" | tar -x -C "$work/source"
  buildah inspect --type image "$base" >/dev/null 2>&1 || buildah pull -q "$base" >/dev/null
  for name in accord accordctl; do release_image "$name"; done
  echo "base $base $(buildah inspect --type image --format '{{.FromImageDigest}}' "$base")" >>"$work/digests"
  # Whoever packs it again gets the same bytes.
  tar --sort=name --mtime="@$epoch" --owner=0 --group=0 --numeric-owner --mode=u=rwX,go=rX -C "$work/source/k8s/helm" -cf - accord |
    gzip -n9 >"$out/accord-$tag.tgz"
  mv "$work/digests" "$out/digests-$arch.txt"
  (cd "$out" && sha256sum accord{,ctl}-"$tag-$arch".{oci.tar,cdx.json} "accord-$tag.tgz" "digests-$arch.txt" >"SHA256SUMS-$arch")
  [ -n "$key" ] || { say 'not signed: name a key with --key'; return 0; }
  (cd "$out" && minisign -S -s "$key" -t "accord $tag, commit $commit, $arch" -m "SHA256SUMS-$arch")
}

# release_image NAME: it builds the image twice, compares, and writes the image and what is in it.
release_image() {
  local name=$1 file=k8s/Dockerfile turn digest container
  [ "$name" = accord ] || file=k8s/Dockerfile.$name
  for turn in first second; do
    say "building $name:$tag, the $turn time"
    buildah bud --isolation chroot --pull-never --no-cache --timestamp "$epoch" --build-arg "BASE=$base" \
      --build-arg "SOURCE_DATE_EPOCH=$epoch" --build-arg "COMMIT=$commit" --build-arg "VERSION=$tag" \
      -f "$work/source/$file" -t "localhost/$name:$tag-$turn" "$work/source" >"$work/log" 2>&1 ||
      { tail -n 30 "$work/log" >&2; die "release: $name does not build"; }
    buildah push -q --digestfile "$work/$name.$turn" "localhost/$name:$tag-$turn" "oci-archive:$work/$name.$turn.tar:$name:$tag"
  done
  digest=$(cat "$work/$name.first")
  [ "$digest" = "$(cat "$work/$name.second")" ] ||
    die "release: two builds of $name gave two digests, $digest and $(cat "$work/$name.second"); diffoscope says where localhost/$name:$tag-first and -second differ"
  echo "$name $digest" >>"$work/digests"
  mkdir "$work/inside"
  container=$(buildah from --pull-never "localhost/$name:$tag-first")
  buildah run --isolation chroot "$container" -- cat /usr/share/accord/packages.txt >"$work/inside/packages.txt"
  buildah run --isolation chroot "$container" -- cat /usr/lib/os-release >"$work/inside/os-release"
  buildah run --isolation chroot "$container" -- sh -c 'sha256sum /usr/bin/accord*' >"$work/inside/programs.txt"
  buildah rm "$container" >/dev/null
  k8s/sbom.py --name "$name" --version "$tag" --commit "$commit" --digest "$digest" --time "$epoch" "$work/inside" \
    >"$work/$name.cdx.json"
  rm -r "$work/inside"
  mv "$work/$name.first.tar" "$out/$name-$tag-$arch.oci.tar"
  mv "$work/$name.cdx.json" "$out/$name-$tag-$arch.cdx.json"
}
