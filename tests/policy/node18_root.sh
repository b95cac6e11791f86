#!/usr/bin/env bash
# Runs every check that is written for Node in a root of Debian 12 that has Debian's own Node and no other: npm installs
# what package-lock.json pins and refuses what wants a newer Node, then buf, eslint, the STIX schemas, the exports,
# the manifests, the pages and the client for Node. What they look at is written by the programs of BUILD outside. Needs
# root.
# usage: node18_root.sh BUILD, for example build/check; it has accordctl, stix_test, exchange_test and pages_test
set -euo pipefail
build=$(realpath "${1:?usage: node18_root.sh BUILD}")
cd "$(dirname "$0")/../.."
die() { printf 'node18: %s\n' "$*" >&2; exit 1; }
[ "$(id -u)" = 0 ] || die 'needs root, for a root of its own'
. tests/kube/tools.sh
debian_kubectl
stix_schemas
work=$(mktemp -d "${TMPDIR:-/tmp}/accord-node18.XXXXXX")
trap 'rm -rf --one-file-system "$work"' EXIT
root=$work/root
quiet() { "$@" >"$work/log" 2>&1 || { tail -n 30 "$work/log" >&2; die "failed: $*"; }; }

echo 'node18: making a root'
quiet mmdebstrap --variant=minbase --include=nodejs,npm,chromium,poppler-utils,ca-certificates \
  --dpkgopt=force-unsafe-io --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' bookworm "$root"
mkdir -p "$root/accord" "$work/in"/{stix,exchange,pages}
git ls-files -z | tar --null -T - -c | tar -x -C "$root/accord"

ACCORD_STIX_BUNDLES=$work/in/stix quiet "$build/test/stix_test" --gtest_filter=StixBundle.MarksEveryObjectOfEveryKind
ACCORD_EXCHANGE_OUT=$work/in/exchange quiet "$build/test/exchange_test" --gtest_filter='ExportedFiles.*'
ACCORD_PAGES_OUT=$work/in/pages quiet "$build/test/pages_test" --gtest_filter='PageFiles.*'
cp -r "$STIX_SCHEMAS" "$work/in/stix-schemas"
# protoc and tsc make it of the protos; it is made here, and run in the root.
tree=$(mktemp -d build/node18-client.XXXXXX)
quiet clients/node/build.sh --tree "$tree"
mv "$tree" "$work/in/client"
cp -r k8s "$work/k8s"
rm -rf "$work/k8s/overlays/dev/pki"
quiet "$work/k8s/overlays/dev/pki.sh" "$build/bin/accordctl"
for overlay in dev production; do "$KUBECTL" kustomize "$work/k8s/overlays/$overlay" >"$work/in/$overlay.yaml"; done
# Packages come by the npm of this machine, which knows the way to a registry; the root has no network to ask.
mkdir "$work/fetched"
cp package.json package-lock.json "$work/fetched/"
(cd "$work/fetched" && quiet npm ci --ignore-scripts --no-audit --no-fund --cache "$work/in/npm")
mv "$work/in" "$root/accord/in"

cat >"$root/accord/inside.sh" <<'I'
set -euo pipefail
cd /accord
case $(node --version) in v18.*) ;; *) echo "this is Node $(node --version)" >&2; exit 1;; esac
# npm is a script of it; nothing else here is a Node.
[ "$(find / -xdev -type f \( -name node -o -name nodejs \) -perm /111)" = "$(readlink -f /usr/bin/node)" ]
npm ci --offline --engine-strict --ignore-scripts --no-audit --no-fund --cache in/npm
node_modules/.bin/buf lint protos
node_modules/.bin/eslint --max-warnings 0 eslint.config.mjs tests clients
node tests/stix/validate.mjs in/stix-schemas in/stix
node tests/exchange/validate.mjs in/exchange
node tests/exchange/hsds.mjs in/exchange
for overlay in dev production; do
  node tests/kube/check.mjs "$overlay" "in/$overlay.yaml"
  node tests/kube/check.mjs --self-check "$overlay" "in/$overlay.yaml"
done
node tests/pages/check.mjs in/pages
node --test in/client/src/*_test.mjs
echo "node18: all of it runs on Node $(node --version) and npm $(npm --version)"
I
# The mounts go with the namespace.
unshare --mount --net bash -c '
  set -e
  ip link set lo up 2>/dev/null || true
  mount -t proc proc "$1/proc"; mount --rbind /dev "$1/dev"
  exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 chroot "$1" bash /accord/inside.sh' - "$root"
