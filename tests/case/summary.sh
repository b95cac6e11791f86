# This says what the case has shown, and what is worth typing next. run.sh sources it.
# shellcheck shell=bash
summarize() {
  printf '\n%sAll %d steps held. What they have shown:%s\n' "$GREEN" "$STEP" "$OFF"
  show "A society and a police service that share no database signed one protocol, and worked one referral under it."
  show "For an agency that has no part in the referral, the referral does not exist."
  [ "$CLOCKS" = 0 ] || show "A referral that nobody acknowledged went to the supervisor by itself."
  [ "$CLOCKS" = 0 ] || show "For that the calendar of referrals ran 600 times as fast, so that times of what has climbed lie up to hours ahead."
  show "The coordinators see which agencies have no protocol, and which prosecution is nearest to its ceiling."
  show "A roster with one wrong date was refused by its line, and a stranger verified a certificate and learnt no name."
  show "A report went no further than its originator allowed, and was taken back."
  show "Two services after the same telephone were told of each other, and nobody else learnt the number."
  show "A survivor's support is kept by those who give it, and the money of the strategy by the office."
  show "The society read in the log who had seen its records, and checked the log without trusting Accord."
}

# worth SENTENCE CONTEXT ACTOR PURPOSE ARG...: it runs a command, which must hold, and keeps it to be shown.
NEXT=()
worth() {
  local sentence=$1 context=$2 actor=$3 purpose=$4; shift 4
  quietly "$context" "$actor" "$purpose" "$@"
  held
  [ -n "$ANSWER" ] || fail "nothing to see in: $*"
  NEXT+=("$sentence" "accordctl --context $context --actor $actor --purpose $purpose $*")
}

# Each is run before it is shown, even where nothing stays up, because what is proposed must work.
propose() {
  local i
  worth 'see what waits for the police on duty:' ps-york member criminal_investigation dashboard
  worth 'get the file of a referral of your own, to fill in and to send with -f:' \
    cas-york worker child_protection referral create --template
  worth "read who has seen the society's records:" cas-york privacy privacy_review entry list --disclosures-only
  [ "$STAYS" = 1 ] || return 0
  printf '\nThree commands worth typing next, after these two lines:\n'
  show "export PATH=$(printf %q "$BIN"):\$PATH"
  tell "export ACCORD_CONFIG=$(printf %q "$DIR/accordctl.yaml")"
  for ((i = 0; i < ${#NEXT[@]}; i += 2)); do
    printf '\n  To %s\n' "${NEXT[i]}"
    show "${NEXT[i + 1]}"
  done
}
