#!/usr/bin/env bash
# This makes the npm package of the Node client: what stands here, the code that protoc-gen-es makes of the protos, and the
# types that tsc reads from the comments, which it checks.
# usage: build.sh OUT            writes accord-client-VERSION.tgz into the folder OUT, where an earlier one goes
#        build.sh --tree FOLDER  writes what the package is made of into an empty folder, and the tests
# FOLDER lies in this repository, so that Node finds the packages that package-lock.json pins.
set -euo pipefail
cd "$(dirname "$0")/../.."
die() { echo "node client: $*" >&2; exit 1; }
. tests/commands/npm.sh
command -v npm >/dev/null || die 'npm is missing: run ./accord setup'

# These are the protos that an agency's developer needs.
shipped() {
  /usr/bin/python3 -B -c '
import sys
sys.path.insert(0, "clients/reference")
from contract import shipped
print(*shipped(), sep="\n")'
}

# tree FOLDER makes the package in the folder.
tree() {
  local names
  node_modules
  mkdir -p "$1/gen"
  cp clients/node/{package.json,tsconfig.json,README.md} LICENSE "$1"
  cp -r clients/node/src "$1"
  mapfile -t names < <(shipped)
  # google.rpc comes too: no package of npm has it for protobuf-es, whose messages of one name do not clash.
  protoc -I protos -I common/wire -I /usr/include --plugin=protoc-gen-es=node_modules/.bin/protoc-gen-es \
    --es_out="$1/gen" --es_opt=target=js+dts,import_extension=js "${names[@]}" google/rpc/error_details.proto ||
    die 'protoc-gen-es makes no code'
  node_modules/.bin/tsc --project "$1" --typeRoots node_modules/@types || die 'tsc objects to the types'
}

# packed FOLDER OUT packs the folder into OUT.
packed() {
  rm -f "$2"/accord-client-*.tgz
  npm pack "./$1" --ignore-scripts --silent --pack-destination "$2" >/dev/null || die 'npm packs nothing'
}

case ${1:-} in
  --tree) [ $# = 2 ] || die 'usage: build.sh --tree FOLDER'; tree "$2";;
  ''|-*) die 'usage: build.sh OUT, or build.sh --tree FOLDER';;
  *) mkdir -p build "$1"
    work=$(mktemp -d build/node-client.XXXXXX)
    trap 'rm -rf "$work"' EXIT
    tree "$work"
    packed "$work" "$1"
    for file in "$1"/accord-client-*.tgz; do printf "%9d  %s\n" "$(stat -c %s "$file")" "$file"; done;;
esac
