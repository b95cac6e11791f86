#!/usr/bin/env bash
# This checks the files that exchange_test writes, of harmless texts and of hostile ones, against the
# project's own rules, and against the schemas of 360Giving, IATI and HSDS 3 where these lie beside this
# checkout, in ../shared/schemas. The one of HSDS is schema/compiled/service.json of
# openreferral/specification, as hsds-service.json.
# usage: run.sh EXCHANGE_TEST
set -euo pipefail
cd "$(dirname "$0")/../.."
die() { printf 'exchange: %s\n' "$*" >&2; exit 1; }
. tests/commands/npm.sh
for tool in npm xmllint; do command -v "$tool" >/dev/null || die "$tool is missing: run ./accord setup"; done
node_modules
files=$(mktemp -d "${TMPDIR:-/tmp}/accord-exchange.XXXXXX")
trap 'rm -rf "$files"' EXIT
ACCORD_EXCHANGE_OUT=$files "$1" --gtest_filter='ExportedFiles.*' --gtest_brief=1
# A file that is not XML at all is reported without any schema.
xmllint --noout --nonet "$files"/*.xml
schemas=../shared/schemas
if [ -f "$schemas/hsds-service.json" ]; then
  node tests/exchange/hsds.mjs "$files" "$schemas/hsds-service.json"
else
  node tests/exchange/hsds.mjs "$files"
  echo "exchange: there is no $schemas/hsds-service.json, so only the project's own rules were applied to the directory"
fi
# Either all of the schemas are there or none is meant to be, because a missing file is no reason to check less
# in silence.
if [ -d "$schemas" ]; then
  node tests/exchange/validate.mjs "$files" "$schemas"
else
  node tests/exchange/validate.mjs "$files"
  echo "exchange: there are no third-party schemas in $schemas, so only the project's own rules were applied"
  exit 0
fi
xsd=$schemas/iati-activities-schema.xsd
xmllint --noout --nonet --schema "$xsd" "$files"/*.xml 2>"$files/told" || { cat "$files/told" >&2; die 'IATI refuses a file'; }
# A schema that lets everything pass proves nothing.
refused=0
for change in 's|<activity-date[^/]*/>||' 's|<iati-identifier>.*</iati-identifier>||' 's|<activity-status[^>]*/>||' \
  's|iso-date="2016-06-30"|iso-date="2016-06-31"|' 's| role="2"||' 's|<title>|<name>|; s|</title>|</name>|' \
  's|<period-end iso-date="2016-02-28"/>||' 's| measure="1"||' 's|<recipient-country code="CA"/>|<country/>|'; do
  sed -z "$change" "$files/initiatives.xml" >"$files/changed.xml"
  ! cmp -s "$files/initiatives.xml" "$files/changed.xml" || die "nothing is changed by $change"
  ! xmllint --noout --nonet --schema "$xsd" "$files/changed.xml" 2>"$files/told" || die "IATI lets pass: $change"
  # It is refused for what it says, and not because the schema cannot be read.
  grep -q 'fails to validate' "$files/told" || { cat "$files/told" >&2; die 'the schema cannot be applied'; }
  refused=$((refused + 1))
done
echo "exchange: IATI takes every file and refuses $refused changed ones"
