#!/usr/bin/env bash
# This lets the calendar of referrals run as fast as time again, in what `accord run` started: what is typed after the
# case falls due as it would in life, and nothing climbs to a supervisor within seconds.
# usage: slow.sh DIR
set -euo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
say() { printf '%s\n' "$*"; }
die() { printf 'accord: %s\n' "$*" >&2; exit 1; }
. "$ROOT/k8s/local/stack.sh"
dir=$1
stack_load
sed -i 's/^unsafe_calendar_speed: .*/unsafe_calendar_speed: 1/' "$dir/config/protocols.textproto"
end_process protocols TERM 15
stack_start protocols
stack_ready
