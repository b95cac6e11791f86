# These commands of `accord` start, stop and look at the processes of one machine. `accord` sources them after stack.sh
# and training.sh. Each of them says in its help what it does.
# shellcheck shell=bash disable=SC2034,SC2154

# stack_options COMMAND OPTIONS WORD...: it sets dir, port, database and others from what was typed behind the command.
# It takes no option but those; words that are no options are kept in names.
stack_options() {
  local of=$1 taken=$2; shift 2
  dir='' port='' database=sqlite foreground=0 preset=release once=0 keep=0 built=0 training=0 reset=0 nights=0 names=()
  while [ $# -gt 0 ]; do
    # shellcheck disable=SC2086
    case $1 in -*) case " $taken " in *" $1 "*) ;; *) wrong_option "$of" "$1" $taken;; esac;; esac
    case $1 in
      --dir) need "$@"; dir=$(realpath -m "$2"); shift 2;;
      # The processes and their metrics take twenty ports.
      --base-port) need "$@"; whole_number "$1" "$2" 1 65516; port=$((10#$2)); shift 2;;
      --database) need "$@"; database=$2; shift 2;;
      --preset) need "$@"; preset=$2; shift 2;;
      --training) training=1; shift;; --reset) reset=1; shift;; --nights) nights=1; shift;;
      --foreground) foreground=1; shift;; --once) once=1; shift;; --keep) keep=1; shift;; --built) built=1; shift;;
      *) names+=("$1"); shift;;
    esac
  done
  case $database in sqlite|postgres) ;; *) die "--database is sqlite or postgres";; esac
}

# no_names COMMAND: a word that the command does not take is reported, and nothing is done.
no_names() { [ ${#names[@]} = 0 ] || wrong_use "$1: it takes no name, and not ${names[0]}"; }
# one_name COMMAND: exactly one process is named; what nearly names one is answered with it.
one_name() {
  local known=" $SERVICES postgres nightly " near=''
  [ ${#names[@]} = 1 ] || wrong_use "$1: name one process of: $SERVICES"
  case $known in *" ${names[0]} "*) return 0;; esac
  # shellcheck disable=SC2086
  near=$(nearest_command "${names[0]}" $known)
  wrong_use "$1: no process is called ${names[0]}${near:+; did you mean $near?}; there are: $SERVICES"
}

# stack_runs FOLDER: it says whether a process that was started there runs.
stack_runs() {
  local dir=$1 name
  for name in $SERVICES postgres nightly; do if stack_alive "$name" >/dev/null; then return 0; fi; done
  return 1
}
# Prints the folders under .accord of what runs, one on each line.
running_folders() {
  local each
  for each in "$STATE"/*/pids; do if [ -d "$each" ] && stack_runs "${each%/pids}"; then echo "${each%/pids}"; fi; done
}

# Without --dir the folder is that of what runs or, if nothing does, the one that was started last.
found_dir() {
  local running last
  [ -z "$dir" ] || return 0
  mapfile -t running < <(running_folders)
  [ ${#running[@]} -le 1 ] || die "name one with --dir, for these run: ${running[*]}"
  # shellcheck disable=SC2012
  last=$(ls -t "$STATE"/*/stack.env 2>/dev/null | head -n 1 || true)
  dir=${running[0]:-${last:+$(dirname "$last")}}
  dir=${dir:-$STATE/dev}
}

# Ends if nothing was ever started there, and says what runs elsewhere.
started() {
  local running
  [ ! -e "$dir/stack.env" ] || return 0
  running=$(running_folders | paste -sd' ')
  [ -n "$running" ] || die "nothing was started under $dir, and nothing runs under $STATE"
  die "nothing was started under $dir; these run: $running"
}

cmd_up() {
  help 'usage: ./accord up [--dir DIR] [--base-port 7400] [--database sqlite|postgres] [--preset release] [--foreground]
                   [--training [--reset]]
Starts the gateway and every service on loopback, with keys, data and logs under DIR (.accord/dev), and
waits until a call through the gateway succeeds. Where the programs of the preset are built, nothing is compiled, also if
a source has changed since: ./accord build does that. --foreground stays and stops them on Ctrl-C.
  --training  an installation for training under DIR (.accord/training, port 7600): made-up people and cases, keys and
              a trust domain of its own, a mark on every page and table, and all of it anew each night
  --reset     makes the installation for training anew at once' "$@"
  stack_options up '--dir --base-port --database --preset --foreground --training --reset --nights' "$@"
  no_names up
  [ $training = 0 ] || { dir=${dir:-$STATE/training}; port=${port:-7600}; }
  [ $reset = 0 ] || [ $training = 1 ] || die "up: only an installation for training is reset"
  dir=${dir:-$STATE/dev}
  training_folder $training
  if [ $nights = 1 ]; then training_nights; fi
  [ -x "$(binaries)/accord-gateway" ] || cmd_build "$preset" processes accordctl
  if [ $training = 1 ]; then training_up; else stack_up; stack_next; fi
  if [ $foreground = 1 ]; then
    trap 'stack_down; exit 0' INT TERM
    say 'Ctrl-C stops everything'
    while stack_alive gateway; do sleep 1; done
    stack_down; die "the gateway ended, see $dir/logs/gateway.log"
  fi
}
cmd_down() {
  help 'usage: ./accord down [--dir DIR]
Ends the processes that `up` or `run` started there, by their pid files; data stays. Without --dir, those that run.' "$@"
  stack_options down '--dir' "$@"; no_names down; found_dir; started
  if stack_runs "$dir"; then stack_down; else say "nothing runs under $dir"; fi
}
cmd_status() {
  help 'usage: ./accord status [--dir DIR]
Says which processes run. Exit code 0 if all of them do, otherwise 1.' "$@"
  stack_options status '--dir' "$@"; no_names status; found_dir; started; stack_status
}
cmd_logs() {
  help 'usage: ./accord logs NAME [--dir DIR]
Prints the log of the gateway or a service, and follows it on a terminal.' "$@"
  stack_options logs '--dir' "$@"; found_dir; started
  [ ${#names[@]} = 1 ] && [ -e "$dir/logs/${names[0]}.log" ] || die "logs: name one of $(find "$dir/logs" -name '*.log' -printf '%f ' 2>/dev/null | sed 's/\.log / /g')"
  if [ -t 1 ]; then tail -n 100 -f "$dir/logs/${names[0]}.log"; else cat "$dir/logs/${names[0]}.log"; fi
}
cmd_kill() {
  help 'usage: ./accord kill NAME [--dir DIR]
kill -9 of one process, to see what the others do. `./accord start NAME` brings it back.' "$@"
  stack_options kill '--dir' "$@"; one_name kill; found_dir; started
  stack_kill "${names[0]}"
}
cmd_start() {
  help 'usage: ./accord start NAME [--dir DIR]
Starts one process again and waits until the gateway answers.' "$@"
  stack_options start '--dir' "$@"; one_name start; found_dir; started
  stack_load; stack_start "${names[0]}"; stack_ready
}
