#!/usr/bin/env bash
# Makes the keys and certificates that this overlay's generators read, once: usage: pki.sh ACCORDCTL
# Beside them pki/first-administrator.key, with which the first call is made. For development only.
set -euo pipefail
ctl=$(realpath "${1:?usage: pki.sh PATH-OF-ACCORDCTL}")
cd "$(dirname "$0")"
[ ! -e pki/first-administrator.crt ] || { echo "pki is there already"; exit 0; }
"$ctl" pki init --out pki --host localhost --host gateway
"$ctl" pki csr --out pki/first-administrator
"$ctl" pki sign --ca pki --csr pki/first-administrator/client.csr --agency co-pahtco --system console --days 365 \
  --out pki/first-administrator.crt
mv pki/first-administrator/client.key pki/first-administrator.key
rm -r pki/first-administrator
