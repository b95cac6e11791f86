#!/usr/bin/env bash
# This checks the pages that accordctl writes in a real Chromium, by axe-core, outlines, keys and paper. What must hold
# stands in docs/accessibility.md.
# usage: run.sh PAGES_TEST
set -euo pipefail
program=$(realpath "${1:?usage: run.sh PAGES_TEST}")
cd "$(dirname "$0")/../.."
die() { printf 'pages: %s\n' "$*" >&2; exit 1; }
. tests/commands/npm.sh
for tool in npm chromium pdftotext; do command -v $tool >/dev/null || die "$tool is missing: ./accord test installs it"; done
node_modules
pages=$(mktemp -d "${TMPDIR:-/tmp}/accord-pages.XXXXXX")
trap 'rm -rf "$pages"' EXIT
ACCORD_PAGES_OUT=$pages "$program" --gtest_filter='PageFiles.*' --gtest_brief=1
node tests/pages/check.mjs "$pages"
