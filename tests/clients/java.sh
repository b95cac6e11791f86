#!/usr/bin/env bash
# The package of the Java client has the version of this tree and is made the same twice, its project compiles by
# Debian's jars, and its tests pass. Only some protos are compiled, unless `all` asks for them, which takes minutes.
# usage: java.sh [all]
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d "${TMPDIR:-/tmp}/accord-java.XXXXXX")
trap 'rm -rf "$work"' EXIT
die() { echo "java: $*" >&2; exit 1; }
. tests/clients/java_package.sh
version=$(sed -n 's/^project(accord VERSION \([0-9.]*\).*/\1/p' CMakeLists.txt)
package=accord-client-java-$version

clients/java/build.py "$work/package" >/dev/null
[ -e "$work/package/$package.zip" ] || die "the package has another version than $version"
clients/java/build.py "$work/again" >/dev/null
cmp "$work"/package/*.zip "$work"/again/*.zip || die 'the same tree made another package'
/usr/bin/python3 -m zipfile -e "$work/package/$package.zip" "$work/unpacked"
[ "$(xmllint --xpath "string(/*[local-name()='project']/*[local-name()='version'])" "$work/unpacked/$package/pom.xml")" = \
  "$version" ] || die "pom.xml has another version than $version"
[ ! -e "$work/unpacked/$package/src/test" ] || die 'the package holds tests'
/usr/bin/python3 -B -m unittest discover -s clients/java -p '*_test.py'

if [ "${1:-}" = all ]; then JAVA_PROTOS=(); fi
java_client "$work" "${JAVA_PROTOS[@]}"
# Each file of the project is one of the package, where no other proto is compiled.
for file in clients/java/src/main/java/example/accord/client/*.java; do
  cmp "$file" "$work/unpacked/$package/${file#clients/java/}" || die "the package has another $file"
done
mapfile -t tests < <(find "$work/tree/src/test" -name '*.java')
java_compiled "$work/classes" "$java_path" "${tests[@]}"
mapfile -t classes < <(cd clients/java/src/test/java && find . -name '*Test.java' ! -name GatewayTest.java |
  sed 's|^\./||; s|/|.|g; s|\.java$||' | sort)
java_run "$work" org.junit.runner.JUnitCore "${classes[@]}"
