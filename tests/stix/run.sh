#!/usr/bin/env bash
# This checks the bundles that stix_test makes, of every kind under every marking, against the public schemas.
# usage: run.sh STIX_TEST
set -euo pipefail
cd "$(dirname "$0")/../.."
die() { printf 'stix: %s\n' "$*" >&2; exit 1; }
. tests/commands/npm.sh
command -v npm >/dev/null || die 'npm is missing: run ./accord setup'
node_modules
stix_schemas
bundles=$(mktemp -d "${TMPDIR:-/tmp}/accord-stix.XXXXXX")
trap 'rm -rf "$bundles"' EXIT
ACCORD_STIX_BUNDLES=$bundles "$1" --gtest_filter=StixBundle.MarksEveryObjectOfEveryKind --gtest_brief=1
node tests/stix/validate.mjs "$STIX_SCHEMAS" "$bundles"
