# What package-lock.json pins, again when it changed; no package's own script runs. Tests may ask for it at once. Sourced
# in the root of the repository, with die() at hand.
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

# The public JSON schemas of STIX 2.1, in a folder of their own. A package carries them whose code nobody here needs and
# whose dependencies have known holes, so it is not installed: its file is fetched and held against its digest, and only
# the schemas are taken out of it.
STIX_PACKAGE=stixview@1.3.2
STIX_SHA512=g9JZmdJpWlRQpyehz/m6jpXtwUUpzxtfh2+H1IfqvZjzosGnhzs601Ji4QDHBbJ1ZfAOIjbWkghmhf1QVHRiag==
STIX_SCHEMAS=.accord/$STIX_PACKAGE
stix_schemas() {
  local scratch status=0
  [ ! -d "$STIX_SCHEMAS" ] || return 0
  mkdir -p .accord
  scratch=$(mktemp -d .accord/stix.XXXXXX)
  stix_unpacked "$scratch" >"$scratch/log" 2>&1 || status=$?
  if [ $status = 0 ]; then mv -T "$scratch/package/src/stix2-schemas" "$STIX_SCHEMAS"; else tail -n 20 "$scratch/log" >&2; fi
  rm -rf "$scratch"
  [ $status = 0 ] || die "no schemas of STIX: npm cannot fetch $STIX_PACKAGE, or it is another file than it was"
}
# stix_unpacked FOLDER
stix_unpacked() {
  local file
  npm pack "$STIX_PACKAGE" --ignore-scripts --pack-destination "$1" || return
  file=$(echo "$1"/*.tgz)
  [ "$(openssl dgst -sha512 -binary "$file" | base64 -w 0)" = "$STIX_SHA512" ] || { echo "the digest of $file is another"; return 1; }
  tar -xzf "$file" -C "$1" package/src/stix2-schemas
}
