# This installs what package-lock.json pins, again when it changed; no package's own script runs. Several tests may ask
# for it at once. It is sourced in the root of the repository, with die() at hand.
# shellcheck shell=bash
node_modules() {
  mkdir -p .accord
  (
    flock 9
    cmp -s package-lock.json node_modules/.accord-lock && exit
    npm ci --ignore-scripts --no-audit --no-fund >.accord/npm.log 2>&1 ||
      { tail -n 20 .accord/npm.log >&2; die "npm ci failed, see .accord/npm.log"; }
    cp package-lock.json node_modules/.accord-lock
  ) 9>.accord/npm.lock || exit
}

# taken_out PACKAGE SHA512 FOLDER PLACE: it takes a folder out of a package, whose code nobody here needs. The package
# is not installed: its file is fetched and held against its digest, and only the folder is taken out of it.
taken_out() {
  local scratch status=0
  [ ! -d "$4" ] || return 0
  mkdir -p .accord
  scratch=$(mktemp -d .accord/package.XXXXXX)
  package_unpacked "$scratch" "$@" >"$scratch/log" 2>&1 || status=$?
  if [ $status = 0 ]; then mv -T "$scratch/package/$3" "$4"; else tail -n 20 "$scratch/log" >&2; fi
  rm -rf "$scratch"
  [ $status = 0 ] || die "npm cannot fetch $1, or it is another file than it was"
}
# package_unpacked SCRATCH PACKAGE SHA512 FOLDER: it fetches the package, checks its digest and unpacks the folder.
package_unpacked() {
  local file
  npm pack "$2" --ignore-scripts --pack-destination "$1" || return
  file=$(echo "$1"/*.tgz)
  [ "$(openssl dgst -sha512 -binary "$file" | base64 -w 0)" = "$3" ] || { echo "the digest of $file is another"; return 1; }
  tar -xzf "$file" -C "$1" "package/$4"
}

# These are the public JSON schemas of STIX 2.1, out of a package whose dependencies have known holes.
STIX_SCHEMAS=.accord/stixview@1.3.2
stix_schemas() {
  taken_out stixview@1.3.2 g9JZmdJpWlRQpyehz/m6jpXtwUUpzxtfh2+H1IfqvZjzosGnhzs601Ji4QDHBbJ1ZfAOIjbWkghmhf1QVHRiag== \
    src/stix2-schemas "$STIX_SCHEMAS"
}
# These are the public JSON schemas of CycloneDX, for the bills of materials of images.
# shellcheck disable=SC2034
CYCLONEDX_SCHEMAS=.accord/cyclonedx@10.3.0
cyclonedx_schemas() {
  taken_out @cyclonedx/cyclonedx-library@10.3.0 \
    RIT28sp1U0PCHaaeF3yNRwk6Jig/XJ8UsYAVOMYaHQ+0VVOvsjcp0PTWQFLUqJFF8XMud+Kdq6G+wtDAh+QJFA== res/schema "$CYCLONEDX_SCHEMAS"
}
