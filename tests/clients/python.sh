#!/usr/bin/env bash
# The wheel of the Python client passes its tests, has the version of this tree, and is made the same twice.
# usage: python.sh
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d "${TMPDIR:-/tmp}/accord-wheel.XXXXXX")
trap 'rm -rf "$work"' EXIT
die() { echo "python: $*" >&2; exit 1; }
. tests/clients/wheel.sh
python_client "$work"
version=$(sed -n 's/^project(accord VERSION \([0-9.]*\).*/\1/p' CMakeLists.txt)
[ -e "$work/wheel/accord_client-$version-py3-none-any.whl" ] || die "the wheel has another version than $version"
clients/python/build.py "$work/again" >/dev/null
cmp "$work"/wheel/*.whl "$work"/again/*.whl || die 'the same tree made another wheel'
cp clients/python/{fake_gateway,stubs,*_test}.py "$work/site"
cd "$work/site"
/usr/bin/python3 -B -m unittest discover -s . -p '*_test.py'
