#!/usr/bin/env bash
# The commands of OpenSSL in docs/api/connect.md, typed as they stand, make a key that only its owner reads and a signing
# request of a form that the registry takes: EC P-256 by name, signed with SHA-256 by that key.
# usage: recipes.sh
set -euo pipefail
page=$(cd "$(dirname "$0")/../.." && pwd)/docs/api/connect.md
work=$(mktemp -d "${TMPDIR:-/tmp}/accord-recipes.XXXXXX")
trap 'rm -rf "$work"' EXIT
die() { echo "recipes: $*" >&2; exit 1; }
mapfile -t commands < <(sed -n 's/^    \(openssl .*\)$/\1/p' "$page")
[ "${#commands[@]}" -gt 0 ] || die "$page shows no command of OpenSSL"
cd "$work"
for command in "${commands[@]}"; do
  bash -c "$command" >said 2>&1 </dev/null || { cat said >&2; die "this fails: $command"; }
done
[ "$(stat -c %a client.key)" = 600 ] || die 'others can read the key'
openssl req -in client.csr -noout -verify >said 2>&1 || die 'the request is not signed by its key'
openssl req -in client.csr -noout -text >said
grep -q 'ASN1 OID: prime256v1' said || die 'the key is not of P-256 by name'
grep -q 'Signature Algorithm: ecdsa-with-SHA256' said || die 'the request is not signed with SHA-256'
[ "$(openssl req -in client.csr -noout -pubkey)" = "$(openssl pkey -in client.key -pubout)" ] || die 'the key is another one'
echo "recipes: every command of OpenSSL works as it stands"
