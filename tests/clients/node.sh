#!/usr/bin/env bash
# The npm package of the Node client passes its tests, has the version of this tree, and its types hold in TypeScript.
# usage: node.sh
set -euo pipefail
cd "$(dirname "$0")/../.."
die() { echo "node: $*" >&2; exit 1; }
mkdir -p build
work=$(mktemp -d build/node-tests.XXXXXX)
trap 'rm -rf "$work"' EXIT
. tests/clients/npm_package.sh
node_client "$work"
version=$(sed -n 's/^project(accord VERSION \([0-9.]*\).*/\1/p' CMakeLists.txt)
[ -e "$work/packed/accord-client-$version.tgz" ] || die "the package has another version than $version"
[ -z "$(find "$work/node_modules/accord-client" -name '*_test*' -o -name 'fake_*')" ] || die 'the package holds tests'
cp clients/node/use_of_types.mts "$work"
node_modules/.bin/tsc --noEmit --strict --target ES2022 --module NodeNext --moduleResolution NodeNext \
  --types node --typeRoots node_modules/@types "$work/use_of_types.mts" || die 'the types do not hold'
# The tests and the gateway that they play are in no package.
cp clients/node/src/{*_test,fake_*}.mjs "$work/node_modules/accord-client/src"
node --test "$work"/node_modules/accord-client/src/*_test.mjs
