#!/usr/bin/env bash
# Compiles Accord on Debian 13 and runs its tests there, in a root of its own without a network. Needs root.
# usage: debian13.sh DIR PACKAGE...    DIR keeps what the compiler made for the next time; the packages are those of setup
set -euo pipefail
[ $# -ge 2 ] || { sed -n '/^# usage/s/^# //p' "$0" >&2; exit 2; }
die() { printf 'debian13: %s\n' "$*" >&2; exit 1; }
[ "$(id -u)" = 0 ] || die 'needs root, for a root of its own'
cache=$(realpath -m "$1"); shift
cd "$(dirname "$0")/../.."
work=$(mktemp -d "${TMPDIR:-/tmp}/accord-debian13.XXXXXX")
# Mounts below it exist only in the namespace of the build, so nothing but our own files is removed here.
trap 'rm -rf --one-file-system "$work"' EXIT
root=$work/root

echo 'debian13: making a root'
# No database starts by itself there either.
mmdebstrap --variant=minbase --include="$(IFS=,; echo "$*")" --dpkgopt=force-unsafe-io \
  --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' \
  --essential-hook='mkdir -p "$1/etc/postgresql-common/createcluster.d"' \
  --essential-hook='echo "create_main_cluster = false" >"$1/etc/postgresql-common/createcluster.d/accord.conf"' \
  trixie "$root" >"$work/log" 2>&1 || { tail -n 30 "$work/log" >&2; die 'mmdebstrap failed'; }
mkdir -p "$root/accord" "$root/ccache" "$cache"
printf '127.0.0.1 localhost\n::1 localhost\n' >"$root/etc/hosts"
git ls-files -z | tar --null -T - -c | tar -x -C "$root/accord"

cat >"$root/accord/inside.sh" <<'I'
set -euo pipefail
. /etc/os-release
[ "$VERSION_ID" = 13 ] || { echo "this is $PRETTY_NAME"; exit 1; }
cd /accord
ulimit -n "$(ulimit -Hn)"
cmake --preset release -DACCORD_COMMIT=debian13
ninja -C build/release
# Tests of the repository itself, and those that use npm's packages, Java's and linters, find none of these there, so
# they are left out.
ctest --test-dir build/release --output-on-failure --no-tests=error -j $((2 * $(nproc))) \
  -E '^(policy_|stix_schemas|exchange_schemas|clients_node|clients_java|clients_types)'
I
unshare --mount --net bash -c '
  set -e
  ip link set lo up
  mount -t proc proc "$1/proc"; mount --rbind /dev "$1/dev"; mount --bind "$2" "$1/ccache"
  exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 CCACHE_DIR=/ccache \
    chroot "$1" bash /accord/inside.sh' - "$root" "$cache"
