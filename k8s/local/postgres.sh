#!/usr/bin/env bash
# This runs a PostgreSQL of our own as Accord wants it: TLS, certificates instead of passwords, a schema and two
# roles for each service (k8s/postgresql/roles.sql), and streaming replicas that acknowledge commits. It serves
# `./accord up --database postgres` and the end-to-end tests, and is an example of what to set on a server that
# is yours.
#
# If ACCORD_PG_NETWORK is a network in CIDR notation, it answers there too, as db.postgres.svc. DIR/pki holds the
# certificates, and DIR/NODE holds a server's data, its port and its log.
set -euo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

usage() {
  cat <<'T'
usage: postgres.sh COMMAND DIR ...
  init DIR NODE PORT [off]       keys, and a server's data; `off`: without fsync, for tests that it slows down
  run DIR NODE                   becomes the server; SIGINT ends it
  wait DIR NODE                  until it answers
  roles DIR NODE [DATABASE]      the database, schemas and roles of every service
  dsn DIR ROLE DATABASE NODE...  prints the DSN of a role, whichever of the nodes leads
  replica DIR NODE FROM PORT     data of a new replica of FROM
  follow DIR NODE REPLICA        commits on NODE wait for REPLICA; `-` for none
  promote DIR NODE               a replica becomes the server that leads
  kill DIR NODE                  SIGKILL to all of its processes at once
  sql DIR NODE DATABASE ...      psql as the superuser; also: dump, restore (pg_dump, pg_restore)
T
  exit 2
}
die() { printf 'postgres.sh: %s\n' "$*" >&2; exit 1; }

BIN=$(find /usr/lib/postgresql -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1)
[ -n "$BIN" ] || die 'PostgreSQL is not installed: ./accord setup'
# PostgreSQL refuses to run as root.
AS=(); [ "$(id -u)" != 0 ] || AS=(setpriv --reuid postgres --regid postgres --clear-groups)
owned() { [ ${#AS[@]} = 0 ] || chown -R postgres:postgres "$@"; }
port() { cat "$DIR/$1.port"; }

# certificate NAME EXTENSION: it makes DIR/pki/NAME.crt and .key, signed by the database's own authority.
certificate() {
  # It becomes part of a path and of a subject.
  [[ $1 =~ ^[a-z][a-z0-9_]*$ ]] || die "no name for a certificate: $1"
  local out=$DIR/pki/$1
  openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout "$out.key" -subj "/CN=$1" 2>/dev/null |
    openssl x509 -req -CA "$DIR/pki/ca.crt" -CAkey "$DIR/pki/ca.key" -set_serial "0x$(openssl rand -hex 8)" -days 365 \
      -extfile <(echo "$2") -out "$out.crt" 2>/dev/null
  chmod 600 "$out.key"
}
role_certificates() {
  local role
  for role in postgres replica $(services | sed 's/.*/accord_& accord_&_owner/'); do
    [ -e "$DIR/pki/$role.crt" ] || certificate "$role" 'extendedKeyUsage=clientAuth'
  done
}
keys() {
  mkdir -p "$DIR/pki"
  # A service that was added since gets its own certificates.
  if [ -e "$DIR/server/ca.crt" ]; then role_certificates; return; fi
  chmod 711 "$DIR" "$DIR/pki"
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout "$DIR/pki/ca.key" -subj '/CN=Accord database CA' \
    -days 365 -out "$DIR/pki/ca.crt" 2>/dev/null
  chmod 600 "$DIR/pki/ca.key"
  certificate server 'subjectAltName=IP:127.0.0.1,DNS:localhost,DNS:db.postgres.svc'
  role_certificates
  # The server reads its key as its own user, and the replica the one that it follows with.
  mkdir "$DIR/server"; chmod 711 "$DIR/server"
  cp "$DIR/pki"/{ca.crt,server.crt,server.key,replica.crt,replica.key} "$DIR/server"
  owned "$DIR/server"
}
services() { sed -n "s/^  ('\([a-z]*\)', 'select.*/\1/p" "$ROOT/k8s/postgresql/roles.sql"; }

tls() { echo "sslmode=verify-full sslrootcert=$1/ca.crt sslcert=$1/$2.crt sslkey=$1/$2.key"; }

# configure NODE FSYNC: it sets what a server of Accord's differs in from PostgreSQL's defaults.
configure() {
  cat >>"$DIR/$1/postgresql.conf" <<T
listen_addresses = '$([ -n "${ACCORD_PG_NETWORK:-}" ] && echo 0.0.0.0 || echo 127.0.0.1)'
unix_socket_directories = ''
fsync = $2
max_connections = ${ACCORD_PG_CONNECTIONS:-200}
ssl = on
ssl_ca_file = '$DIR/server/ca.crt'
ssl_cert_file = '$DIR/server/server.crt'
ssl_key_file = '$DIR/server/server.key'
ssl_min_protocol_version = 'TLSv1.3'
wal_level = replica
max_wal_senders = 4
hot_standby = on
# A dead client holds its locks no longer than this.
tcp_keepalives_idle = 5
tcp_keepalives_interval = 2
tcp_keepalives_count = 3
# A log that is read by others must not hold the values of statements.
log_min_error_statement = panic
log_error_verbosity = terse
T
  cat >"$DIR/$1/pg_hba.conf" <<'T'
# No passwords: the certificate names the role.
hostssl all         all     127.0.0.1/32 cert clientcert=verify-full
hostssl replication replica 127.0.0.1/32 cert clientcert=verify-full
T
  [ -z "${ACCORD_PG_NETWORK:-}" ] || echo "hostssl accord all $ACCORD_PG_NETWORK cert clientcert=verify-full" >>"$DIR/$1/pg_hba.conf"
}

cmd_init() {
  local node=$1
  keys
  mkdir -p "$DIR/$node"; owned "$DIR/$node"
  echo "$2" >"$DIR/$node.port"
  [ ! -e "$DIR/$node/PG_VERSION" ] || return 0
  (cd / && "${AS[@]}" "$BIN/initdb" -D "$DIR/$node" -U postgres -E UTF8 --locale=C.UTF-8 --auth=reject ${3:+--no-sync} >"$DIR/$node.initdb.log" 2>&1) ||
    die "initdb failed, see $DIR/$node.initdb.log"
  configure "$node" "${3:-on}"
  owned "$DIR/$node"
}

cmd_run() {
  cd /
  exec "${AS[@]:-setpriv}" ${ACCORD_PG_DIES_WITH_PARENT:+--pdeathsig INT} "$BIN/postgres" -D "$DIR/$1" -p "$(port "$1")"
}

cmd_wait() {
  local i
  for ((i = 0; i < 600; i++)); do
    cmd_sql "$1" postgres -c 'select 1' >/dev/null 2>&1 && return
    sleep 0.1
  done
  die "PostgreSQL does not answer, see $DIR/$1.log"
}

superuser() { echo "host=127.0.0.1 port=$(port "$1") dbname=$2 user=postgres $(tls "$DIR/pki" postgres)"; }
cmd_sql() { local node=$1 database=$2; shift 2; "$BIN/psql" -XqAt -v ON_ERROR_STOP=1 -d "$(superuser "$node" "$database")" "$@"; }
cmd_dump() { local node=$1 database=$2; shift 2; "$BIN/pg_dump" -d "$(superuser "$node" "$database")" "$@"; }
cmd_restore() { local node=$1 database=$2; shift 2; "$BIN/pg_restore" -d "$(superuser "$node" "$database")" "$@"; }

cmd_roles() {
  cmd_sql "$1" postgres -v database="${2:-accord}" -f "$ROOT/k8s/postgresql/roles.sql" >/dev/null
}

cmd_dsn() {
  local role=$1 database=$2 node hosts=''
  shift 2
  for node in "$@"; do hosts+="${hosts:+,}127.0.0.1:$(port "$node")"; done
  printf 'postgresql://%s@%s/%s?sslmode=verify-full&sslrootcert=%s&sslcert=%s&sslkey=%s' "$role" "$hosts" "$database" \
    "$DIR/pki/ca.crt" "$DIR/pki/$role.crt" "$DIR/pki/$role.key"
  # The client finds whichever server leads, and notices within seconds that a server is gone.
  printf '&target_session_attrs=read-write&connect_timeout=2&tcp_user_timeout=5000&keepalives_idle=5&keepalives_interval=2&keepalives_count=3\n'
}

cmd_replica() {
  local node=$1 from=$2
  echo "$3" >"$DIR/$node.port"
  cmd_sql "$from" postgres -c "do \$\$ begin if not exists (select from pg_roles where rolname = 'replica') then create role replica login replication; end if; end \$\$"
  rm -rf "${DIR:?}/$node"; mkdir "$DIR/$node"; chmod 700 "$DIR/$node"; owned "$DIR/$node"
  (cd / && "${AS[@]}" "$BIN/pg_basebackup" -D "$DIR/$node" -R -X stream -c fast \
      -d "host=127.0.0.1 port=$(port "$from") user=replica application_name=$node $(tls "$DIR/server" replica)") ||
    die "pg_basebackup from $from failed"
  # A server that waits for a replica of its own would wait for ever after its promotion.
  "${AS[@]}" sed -i '/^synchronous_standby_names/d' "$DIR/$node/postgresql.auto.conf"
}

cmd_follow() {
  local names=$2
  [ "$names" != - ] || names=''
  cmd_sql "$1" postgres -c "alter system set synchronous_standby_names = '$names'"
  cmd_sql "$1" postgres -c 'select pg_reload_conf()' >/dev/null
  [ -n "$names" ] || return 0
  for ((i = 0; i < 600; i++)); do
    [ "$(cmd_sql "$1" postgres -c "select count(*) from pg_stat_replication where sync_state = 'sync'")" = 1 ] && return
    sleep 0.1
  done
  die "$2 does not follow $1, see $DIR/$2.log"
}

cmd_promote() { (cd / && "${AS[@]}" "$BIN/pg_ctl" promote -D "$DIR/$1" -w -t 60 >/dev/null); }

# Both are stopped first, so that no process sees another's death and does one thing more.
cmd_kill() {
  local postmaster shm
  postmaster=$(head -n 1 "$DIR/$1/postmaster.pid")
  shm=$(sed -n 7p "$DIR/$1/postmaster.pid" | awk '{ print $2 }')
  kill -STOP "$postmaster"
  # shellcheck disable=SC2046
  kill -KILL $(cat "/proc/$postmaster/task"/*/children) "$postmaster"
  ipcrm -m "$shm" 2>/dev/null || true
}

[ $# -ge 2 ] || usage
command=$1 DIR=$(realpath -m "$2"); shift 2
case $command in
  init|run|wait|roles|dsn|replica|follow|promote|kill|sql|dump|restore) "cmd_$command" "$@";;
  *) usage;;
esac
