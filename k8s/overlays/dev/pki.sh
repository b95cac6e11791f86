#!/usr/bin/env bash
# Makes the keys and certificates that this overlay's generators read, once: usage: pki.sh ACCORDCTL
# Beside them pki/first-administrator.key, with which the first call is made. For development only.
set -euo pipefail
ctl=$(realpath "${1:?usage: pki.sh PATH-OF-ACCORDCTL}")
cd "$(dirname "$0")"
[ ! -e pki/audit-log.crt ] || { echo "pki is there already"; exit 0; }
"$ctl" pki init --out pki --host localhost --host gateway
# identity NAME AGENCY SYSTEM: it makes a certificate that the registry's configuration names.
identity() {
  "$ctl" pki csr --out "pki/$1"
  "$ctl" pki sign --ca pki --csr "pki/$1/client.csr" --agency "$2" --system "$3" --days 365 --out "pki/$1.crt"
  mv "pki/$1/client.key" "pki/$1.key"
  rm -r "pki/$1"
}
identity first-administrator co-pahtco console
identity audit-log sv-audit audit
