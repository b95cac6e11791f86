# This is an installation for training on one machine: made-up people and cases, and a reset each night. `accord`
# sources it after stack.sh; it works in $dir.
# shellcheck shell=bash disable=SC2154
# A new one is made at the hour in Ontario when it disturbs people least.
TRAINING_RESET=03:00

# A folder is for training or for something else, and stays so.
training_folder() {
  [ -e "$dir/stack.env" ] || return 0
  local kept
  # shellcheck disable=SC1091
  kept=$(training=0; . "$dir/stack.env"; echo "$training")
  [ "$kept" = "$1" ] || die "$dir holds an installation that is $([ "$kept" = 1 ] || echo 'not ')for training: name another --dir"
}

# Removes everything but the logs: records, people, certificates, keys and the log of what was done.
training_clear() {
  resetting=${resetting:-0} stack_down quiet
  rm -rf "${dir:?}"/{data,clients,config,pki,case,postgres,accordctl.yaml,seeded}
}

# The case makes agencies, people, a protocol, referrals, a prosecution, courses and reports, all of them made up.
# What it types is not kept in logs: it looks there for a number that no process may write down, and types it itself.
training_seed() {
  [ ! -e "$dir/seeded" ] || return 0
  say "making people and cases up; the steps are in $dir/seed.log"
  tests/case/run.sh --bin "$(binaries)" --dir "$dir" --real-time >"$dir/seed.log" 2>&1 ||
    { tail -n 15 "$dir/seed.log" >&2
      die "the people and cases could not be made, and nothing of $dir is for use; every step is in $dir/seed.log.
  ./accord up --training --dir $dir     makes them anew, from the beginning
  ./accord down --dir $dir              stops what runs"; }
  touch "$dir/seeded"
}

# Says whether people and cases were begun, and not completed. Then some are there, and the rest cannot be added.
half_seeded() { [ -e "$dir/case" ] && [ ! -e "$dir/seeded" ]; }

# Prints the seconds until the next reset, which the calendar of Ontario says.
until_reset() {
  local now next
  now=$(date +%s)
  next=$(TZ=America/Toronto date -d "today $TRAINING_RESET" +%s)
  [ "$next" -gt "$now" ] || next=$(TZ=America/Toronto date -d "tomorrow $TRAINING_RESET" +%s)
  echo $((next - now))
}

# Runs until it is ended. `accord up --training` starts it in a session of its own.
training_nights() {
  local sleeper=''
  trap 'kill "$sleeper" 2>/dev/null; exit 0' TERM
  while :; do
    sleep "$(until_reset)" &
    sleeper=$!
    wait $sleeper
    resetting=1 "$ROOT/accord" up --training --reset --dir "$dir" || say "the reset failed; the next one is tomorrow"
  done
}

# Does what `accord up --training` does once its options are read.
training_up() {
  if half_seeded; then
    say "people and cases were not made to their end under $dir: all of it is made anew"
    reset=1
  fi
  if [ "$reset" = 1 ]; then
    if [ -e "$dir/stack.env" ]; then stack_load; fi
    training_clear
  fi
  stack_up
  training_seed
  [ "${resetting:-0}" = 1 ] || stack_alive nightly >/dev/null ||
    launch nightly "$ROOT/accord" up --training --nights --dir "$dir"
  training_next
}

training_next() {
  cat <<T

A training environment is up: 127.0.0.1:$port. Nobody in it exists, every page and table says so, and each night at
$TRAINING_RESET in Ontario all of it is made anew. Its certificates open no gateway for real records, nor theirs this one.
  alias ctl='$(binaries)/accordctl --config $dir/accordctl.yaml'
  ctl --context ps-york --actor member --purpose criminal_investigation dashboard
  ./accord up --training --reset --dir $dir     now and not tonight
  ./accord down --dir $dir
T
}
