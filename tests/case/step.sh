# This runs, checks and shows a step of the case. run.sh sources it; it needs BIN and DIR.
# shellcheck shell=bash
if [ -t 1 ]; then BOLD=$'\e[1m' DIM=$'\e[2m' GREEN=$'\e[32m' RED=$'\e[31m' OFF=$'\e[0m'; else BOLD='' DIM='' GREEN='' RED='' OFF=''; fi
STEP=0 ANSWER='' ERRORS='' STATUS=0
WORK=$DIR/case
mkdir -p "$WORK"

step() { STEP=$((STEP + 1)); printf '\n%s%2d. %s%s\n' "$BOLD" "$STEP" "$*" "$OFF"; }
tell() { printf '      %s\n' "$*"; }
# Shows whole lines, as people read them, and leaves the folder of this run out of file names.
show() { tell "${*//$DIR\//}"; }
ok() { printf '    %sok%s\n' "$GREEN" "$OFF"; }
fail() {
  printf '    %sFAILED: %s%s\n' "$RED" "$*" "$OFF" >&2
  [ -z "$ANSWER" ] || printf 'answer: %s\n' "${ANSWER:0:2000}" >&2
  [ -z "$ERRORS" ] || printf 'errors: %s\n' "${ERRORS:0:2000}" >&2
  exit 1
}

# as CONTEXT ACTOR PURPOSE ARG...: it runs accordctl, and sets ANSWER, ERRORS and STATUS.
quietly() {
  local context=$1 actor=$2 purpose=$3; shift 3
  STATUS=0
  ANSWER=$("$BIN/accordctl" --config "$DIR/accordctl.yaml" --context "$context" --actor "$actor" \
    --purpose "$purpose" "$@" 2>"$WORK/stderr") || STATUS=$?
  ERRORS=$(cat "$WORK/stderr")
}
as() {
  local word line="accordctl --context $1 --actor $2 --purpose $3"
  for word in "${@:4}"; do
    case $word in *[!A-Za-z0-9_./:=,@-]*) word="'$word'";; esac
    line+=" $word"
  done
  printf '    %s$ %s%s\n' "$DIM" "${line//$DIR\//}" "$OFF"
  quietly "$@"
}
held() { [ "$STATUS" = 0 ] || fail "exit code $STATUS"; }
# refused WORD: it expects that the call failed, and says why with this word.
refused() {
  [ "$STATUS" != 0 ] || fail "this should have been refused with $1"
  grep -q "$1" <<<"$ANSWER$ERRORS" || fail "refused, but not with $1"
  show "$(head -n 1 <<<"${ERRORS:-$ANSWER}")"
}
# field NAME: it prints a field of the JSON answer, in snake_case or camelCase; the resource may be wrapped.
field() {
  local camel
  camel=$(sed -E 's/_([a-z])/\U\1/g' <<<"$1")
  jq -r --arg s "$1" --arg c "$camel" '(.[$s] // .[$c]) | values' <<<"$ANSWER" 2>/dev/null | head -n 1
}
# expect NAME VALUE: an enum value is compared without its prefix and case.
expect() {
  local value
  value=$(field "$1")
  case ${value^^} in "${2^^}"|*_"${2^^}") show "$1: $value";; *) fail "$1 is '$value', not $2";; esac
}
# Asks until the answer holds eight times in a row, for at most 30 seconds. Policy reaches each gateway on a stream of
# its own, and there may be several behind a Service.
eventually() {
  local end=$((SECONDS + 30)) held=0
  while [ $held -lt 8 ]; do
    quietly "$@"
    if [ "$STATUS" = 0 ]; then held=$((held + 1)); continue; fi
    held=0
    [ $SECONDS -lt $end ] || fail "still refused after 30 s"
    sleep 0.1
  done
}
