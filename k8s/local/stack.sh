# This starts and stops the real processes of Accord on one machine. `accord` sources it; it works in $dir with binaries
# of build/$preset. The folder has pki, clients, config, data, logs, pids, stack.env and accordctl.yaml.
# shellcheck shell=bash disable=SC2154
# These are the folders of services/ with a process, the gateway last.
BACKENDS=$(cd "$ROOT/services" && for main in */main.cc; do dirname "$main"; done | grep -vx gateway | tr '\n' ' ')
SERVICES="${BACKENDS}gateway"

# Prints where the programs are: ACCORD_BIN_DIR if it is set, otherwise the build of the preset.
binaries() { echo "${ACCORD_BIN_DIR:-$ROOT/build/$preset/bin}"; }
ctl() { "$(binaries)/accordctl" "$@"; }
raise_nofile() { ulimit -n "$(ulimit -Hn)" 2>/dev/null || ulimit -n 65536 2>/dev/null || true; }

port_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
# Prints a base port with all of base..base+19 free, below the ports that the kernel assigns.
free_ports() {
  local base i
  while :; do
    base=$((20000 + RANDOM % 600 * 20))
    for ((i = 0; i < 20; i++)); do port_taken $((base + i)) && continue 2; done
    echo $base; return
  done
}

# Prints field 22 of /proc/PID/stat. With it a pid file never names a stranger that got the same pid.
start_time() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20; }
# Prints the pid if the process that we started still lives.
stack_alive() {
  local pid started
  [ -e "$dir/pids/$1" ] && read -r pid started <"$dir/pids/$1" || return 1
  [ "$(start_time "$pid")" = "$started" ] && [ "$(sed 's/.*) //' "/proc/$pid/stat" 2>/dev/null | cut -c1)" != Z ] && echo "$pid"
}

# launch NAME COMMAND...: it runs in a session of its own, so that it outlives this script and its terminal.
launch() {
  local name=$1 pid; shift
  printf '%s starting %s\n' "$(date -u +%FT%TZ)" "$name" >>"$dir/logs/$name.log"
  setsid "$@" </dev/null >>"$dir/logs/$name.log" 2>&1 &
  pid=$!
  disown $pid
  echo "$pid $(start_time $pid)" >"$dir/pids/$name"
}

stack_start() {
  stack_alive "$1" >/dev/null && return
  raise_nofile
  case $1 in
    postgres) launch postgres "$ROOT/k8s/local/postgres.sh" run "$dir/postgres" leader;;
    *) [ -e "$dir/config/$1.textproto" ] || die "no process is called $1; there are: $SERVICES"
      launch "$1" "$(binaries)/accord-$1" --config "$dir/config/$1.textproto";;
  esac
}

# end_process NAME SIGNAL SECONDS: it signals, waits, and kills what did not end.
end_process() {
  local pid i
  pid=$(stack_alive "$1") || { rm -f "$dir/pids/$1"; return 0; }
  kill -"$2" "$pid" 2>/dev/null || true
  for ((i = 0; i < $3 * 20; i++)); do stack_alive "$1" >/dev/null || break; sleep 0.05; done
  if stack_alive "$1" >/dev/null; then say "$1 did not end within $3 s: killed"; kill -9 "$pid" 2>/dev/null || true; fi
  rm -f "$dir/pids/$1"
}

stack_down() {
  local name
  # A reset that is in progress ends what it resets, and not itself.
  [ "${resetting:-0}" = 1 ] || end_process nightly TERM 15
  for name in gateway $BACKENDS; do end_process "$name" TERM 15; done
  end_process postgres INT 15
  [ "${1:-}" = quiet ] || say "everything under $dir is stopped"
}

stack_kill() {
  local pid
  pid=$(stack_alive "$1") || die "$1 does not run under $dir"
  # The process may still be writing to a disk, and its ports are free only when it is gone.
  kill -9 "$pid"; while stack_alive "$1" >/dev/null; do sleep 0.02; done
  rm -f "$dir/pids/$1"; say "$1 ($pid) is killed; ./accord start $1 --dir $dir brings it back"
}

# Succeeds if all of them run.
stack_status() {
  local name pid all=0
  say "under $dir:"
  for name in $SERVICES; do
    if pid=$(stack_alive "$name"); then say "$name  runs, pid $pid"; else say "$name  does not run"; all=1; fi
  done
  return $all
}

stack_save() {
  printf 'port=%q database=%q preset=%q training=%q\n' "$port" "$database" "$preset" "${training:-0}" >"$dir/stack.env"
}
stack_load() {
  [ -e "$dir/stack.env" ] || die "nothing was started under $dir; ./accord up --dir $dir"
  # shellcheck disable=SC1091
  . "$dir/stack.env"
}

# `accordctl status` asks through the gateway, again and again until it succeeds; no fixed sleeps.
stack_ready() {
  local name
  ctl --config "$dir/accordctl.yaml" --context admin status --wait 120 >"$dir/logs/status.log" 2>&1 && return
  cat "$dir/logs/status.log" >&2
  for name in $SERVICES; do
    stack_alive "$name" >/dev/null || { say "$name ended; the end of its log:"; tail -n 15 "$dir/logs/$name.log"; }
  done >&2
  die "not ready after 120 s; logs are under $dir/logs"
}

stack_up() {
  local name i running=0
  if [ -e "$dir/stack.env" ]; then stack_load; fi
  port=${port:-7400}
  mkdir -p "$dir"/{pids,logs,data,config,clients}
  chmod 711 "$dir"
  for name in $SERVICES; do stack_alive "$name" >/dev/null && running=$((running + 1)); done
  if [ $running = "$(wc -w <<<"$SERVICES")" ]; then stack_ready; say "already up under $dir"; return; fi
  for ((i = 0; i <= $(wc -w <<<"$BACKENDS"); i++)); do
    [ $running = 0 ] && port_taken $((port + i)) && die "port $((port + i)) is taken: choose another --base-port"
  done
  stack_save
  stack_keys
  stack_configs
  if [ "$database" = postgres ]; then stack_postgres; fi
  say "starting ${BACKENDS}and the gateway (127.0.0.1:$port) under $dir"
  for name in $SERVICES; do stack_start "$name"; done
  stack_ready
}

stack_next() {
  cat <<T

Accord is up: 127.0.0.1:$port. What to type next, as the first administrator:
  alias ctl='$(binaries)/accordctl --config $dir/accordctl.yaml'
  ctl --context admin list agencies
  ctl --help
  ./accord status --dir $dir; ./accord logs gateway --dir $dir; ./accord down --dir $dir
T
}

# stack_identity FOLDER AGENCY SYSTEM: it makes a certificate that the registry's configuration names.
stack_identity() {
  [ -e "$1/client.crt" ] && return
  ctl pki csr --out "$1"
  local realm=()
  [ "${training:-0}" = 0 ] || realm=(--training)
  ctl pki sign --ca "$dir/pki" --csr "$1/client.csr" --agency "$2" --system "$3" --days 365 "${realm[@]}" \
    --out "$1/client.crt"
}

# Makes, once, the development keys, the certificates of the log and of the first administrator, and the context that
# uses the latter.
stack_keys() {
  local out=$dir/clients/admin
  [ -e "$dir/pki/agency-ca.crt" ] || ctl pki init --out "$dir/pki"
  stack_identity "$dir/clients/sv-audit" sv-audit audit
  [ -e "$out/client.crt" ] && return
  stack_identity "$out" co-pahtco console
  ctl --config "$dir/accordctl.yaml" context set admin --address "127.0.0.1:$port" --server-name localhost \
    --ca-file "$dir/pki/agency-ca.crt" --certificate-file "$out/client.crt" --key-file "$out/client.key" \
    --actor admin --purpose administration
}

# Says where the configuration of a service finds its database.
database_line() {
  if [ "$database" = sqlite ]; then echo "database: \"$dir/data/$1.db\""; return; fi
  echo "database_file: \"$dir/data/$1.dsn\" owner_database_file: \"$dir/data/$1.owner.dsn\""
}

# configure NAME OFFSET <TEMPLATE: the gateway listens at offset 0, and metrics are ten ports further.
configure() {
  sed -e "s|@NAME@|$1|g" -e "s|@LISTEN@|127.0.0.1:$((port + $2))|g" -e "s|@METRICS@|127.0.0.1:$((port + 10 + $2))|g" \
      -e "s|@DIR@|$dir|g" -e "s|@ROOT@|$ROOT|g" -e "s|@DOOR@|127.0.0.1:$port|g" -e "s|@DATABASE@|$(database_line "$1")|g" -e "s|@SPEED@|${speed:-1}|g" \
      -e "s|@SPAN@|${span:-1048576}|g" \
      >"$dir/config/$1.textproto"
}
# The gateway and the registry are told if the installation is for training.
training_line() { [ "${training:-0}" = 0 ] || echo 'training: true'; }
stack_configs() {
  local name offset=0 own
  for name in $BACKENDS; do
    offset=$((offset + 1))
    own=$ROOT/k8s/local/$name.textproto.in
    { cat "$ROOT/k8s/local/host.textproto.in"
      if [ -e "$own" ]; then cat "$own"; else echo "rules_file: \"$ROOT/services/$name/data/rules.textproto\""; fi
      if [ "$name" = registry ]; then training_line; fi
    } | configure "$name" $offset
  done
  offset=0
  { cat "$ROOT/k8s/local/gateway.textproto.in"
    training_line
    for name in $BACKENDS; do
      offset=$((offset + 1))
      echo "backends { name: \"$name\" address: \"127.0.0.1:$((port + offset))\" services: \"accord.$name.v1.*\" }"
    done
  } | configure gateway 0
}

# Starts a PostgreSQL of our own, not the system's, with every service's schema at this version.
stack_postgres() {
  local name pg=$ROOT/k8s/local/postgres.sh
  "$pg" init "$dir/postgres" leader $((port + 9))
  stack_start postgres
  "$pg" wait "$dir/postgres" leader || die "PostgreSQL does not answer, see $dir/logs/postgres.log"
  "$pg" roles "$dir/postgres" leader accord
  for name in $BACKENDS; do
    "$pg" dsn "$dir/postgres" "accord_$name" accord leader >"$dir/data/$name.dsn"
    "$pg" dsn "$dir/postgres" "accord_${name}_owner" accord leader >"$dir/data/$name.owner.dsn"
    "$(binaries)/accord-$name" --config "$dir/config/$name.textproto" --migrate >>"$dir/logs/$name.log" 2>&1 ||
      die "the schema of $name was not made, see $dir/logs/$name.log"
  done
}
