#!/usr/bin/env bash
# The types of the Python client hold, in the wheel and in a program that uses it.
# usage: types.sh
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d "${TMPDIR:-/tmp}/accord-types.XXXXXX")
trap 'rm -rf "$work"' EXIT
. tests/clients/wheel.sh
python_client "$work"
cp -r clients/python/{mypy.ini,typing_stubs,use_of_types.py} "$work"
cd "$work"
mypy --config-file mypy.ini use_of_types.py site/accord_client
