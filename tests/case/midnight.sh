#!/usr/bin/env bash
# The case, carried across midnight in Ontario, whatever the hour is: the clocks are right, but a copy of the zone files
# lets the day of America/Toronto end a few seconds after the case begins.
# usage: midnight.sh [--preset release] SECONDS...
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
preset=release
[ "${1:-}" != --preset ] || { preset=$2; shift 2; }
[ $# -gt 0 ] || { echo "usage: $0 [--preset release] SECONDS..." >&2; exit 2; }
for seconds in "$@"; do
  [[ $seconds =~ ^[1-5]?[0-9]$ ]] || { echo "$0: SECONDS are whole numbers from 0 to 59, and not $seconds" >&2; exit 2; }
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# end_of_day SECONDS: it waits for the second of a minute from which so many are left, and sets the zone so that this
# minute is the last of the day. Zones differ from UTC by whole minutes alone.
end_of_day() {
  local now offset sign=''
  until [ $((10#$(date +%S))) = $((60 - $1)) ]; do sleep 0.1; done
  now=$(date +%s)
  offset=$(((86400 - $1 - now % 86400) / 60))
  [ $offset -gt -720 ] || offset=$((offset + 1440))
  [ $offset -le 720 ] || offset=$((offset - 1440))
  [ $offset -ge 0 ] || { sign=-; offset=$((-offset)); }
  printf 'Zone America/Toronto %s%d:%02d - EST\n' "$sign" $((offset / 60)) $((offset % 60)) >"$work/zone"
  rm -f "$work/zones/America/Toronto"
  zic -d "$work/zones" "$work/zone"
}

cp -a /usr/share/zoneinfo "$work/zones"
for seconds in "$@"; do
  end_of_day "$seconds"
  echo "the case begins at $(TZDIR=$work/zones TZ=America/Toronto date '+%F %T') in Ontario"
  if ! TZDIR=$work/zones "$root/accord" run --once --preset "$preset" --built >"$work/log" 2>&1; then
    cat "$work/log"
    echo "the case does not hold with midnight $seconds s after its beginning"
    exit 1
  fi
  echo "the case held until $(TZDIR=$work/zones TZ=America/Toronto date '+%F %T')"
done
