#!/usr/bin/env bash
# The package of the C++ client has the version of this tree and is made the same twice. Whoever has nothing else installs
# it, and a program that says find_package(Accord) is built on what was installed. Only some protos are compiled, so that
# this takes a minute.
# usage: cpp.sh
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d "${TMPDIR:-/tmp}/accord-cpp.XXXXXX")
trap 'rm -rf "$work"' EXIT
die() { echo "cpp: $*" >&2; exit 1; }

# built FOLDER OPTION...: it configures FOLDER and compiles it into FOLDER-built.
built() {
  local folder=$1; shift
  cmake -G Ninja -S "$folder" -B "$folder-built" -DCMAKE_CXX_COMPILER_LAUNCHER=ccache "$@" >"$work/said" 2>&1 &&
    CCACHE_BASEDIR=$work CCACHE_NOHASHDIR=1 cmake --build "$folder-built" >>"$work/said" 2>&1 ||
    { tail -n 40 "$work/said" >&2; die "$folder does not build"; }
}

version=$(sed -n 's/^project(accord VERSION \([0-9.]*\).*/\1/p' CMakeLists.txt)
package=accord-client-cpp-$version
clients/cpp/build.py "$work/made" >/dev/null
[ -e "$work/made/$package.zip" ] || die "the package has another version than $version"
clients/cpp/build.py "$work/again" >/dev/null
cmp "$work"/made/*.zip "$work"/again/*.zip || die 'the same tree made another package'

/usr/bin/python3 -m zipfile -e "$work/made/$package.zip" "$work"
built "$work/$package" -DCMAKE_CXX_FLAGS=-O0 "-DCMAKE_INSTALL_PREFIX=$work/installed" \
  '-DACCORD_PROTOS=accord/protocols/v1/referral_service.proto;accord/protocols/v1/changes.proto'
cmake --install "$work/$package-built" >/dev/null
# What the program is built on is what was installed, and nothing of the sources.
mv "$work/$package/example" "$work/example"
rm -rf "${work:?}/$package" "$work/$package-built"
built "$work/example" -DCMAKE_CXX_FLAGS='-O0 -Wall -Wextra -Werror' "-DCMAKE_PREFIX_PATH=$work/installed"
said=$(env -i "$work/example-built/list_referrals" 2>&1) && die 'the program runs without settings'
grep -q 'the setting address is missing' <<<"$said" || die "the program says: $said"
echo "cpp: $package installs, and a program is built on it"
