#!/usr/bin/env bash
# One real case through the gateway of a running Accord, printed for a person to read. Stops at the first step that
# does not hold. usage: run.sh --bin DIR --dir DIR (what `accord up` made) [--real-time] [--stays] [--pages]
# --real-time leaves out what takes a calendar that runs faster than time. --stays: the processes go on afterwards, and
# the case ends with three commands to type. --pages: at the end every command of the README and of docs is typed, which
# also stops processes and shuts an agency out; it needs SQLite and spans of 256 entries in the log.
# Other files of the case read what is set here.
# shellcheck disable=SC2034
set -euo pipefail
BIN='' DIR='' CLOCKS=1 STAYS=0 PAGES=0
while [ $# -gt 0 ]; do case $1 in
  --bin) BIN=$2; shift 2;; --dir) DIR=$2; shift 2;;
  --real-time) CLOCKS=0; shift;;
  --stays) STAYS=1; shift;;
  --pages) PAGES=1; shift;;
  *) echo "usage: $0 --bin DIR --dir DIR" >&2; exit 2;;
esac; done
[ -x "$BIN/accordctl" ] && [ -e "$DIR/accordctl.yaml" ] || { echo "usage: $0 --bin DIR --dir DIR" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
. "$here/step.sh"
. "$here/parties.sh"
. "$here/referral.sh"
. "$here/prosecution.sh"
. "$here/training.sh"
. "$here/intelligence.sh"
. "$here/supports.sh"
. "$here/summary.sh"

enroll_agencies
agree_protocol
send_referral
work_referral
refuse_outsiders
close_referral
[ $CLOCKS = 0 ] || show_escalation
show_coverage
enroll_crowns
open_prosecution
show_board
enroll_college
import_roster
hold_course
enroll_bureau
share_report
find_conflict
open_support
load_strategy
review_audit
witness_log
# The clocks are right from here on, also for what is typed afterwards.
[ $CLOCKS = 0 ] || ACCORD_BIN_DIR=$BIN "$here/../../k8s/local/slow.sh" "$DIR"
leave_referral
summarize
propose
if [ $PAGES = 1 ]; then
  printf '\nEvery command of README and docs, typed as it stands, and what was seen of its work:\n'
  "$here/typed.py" --bin "$BIN" --dir "$DIR"
fi
