#!/usr/bin/env bash
# Types the commands of docs/training.md, each as it stands there but in a folder and on ports of its own: people and cases
# are made up to their end, a second time without harm, and again after an attempt that was broken off.
# usage: training.sh [PRESET]
set -euo pipefail
cd "$(dirname "$0")/../.."
ROOT=$PWD preset=${1:-release} failures=0
. k8s/local/stack.sh
dir=$(mktemp -d "${TMPDIR:-/tmp}/accord-training.XXXXXX")
base=$(free_ports)
trap './accord down --dir "$dir/stack" >/dev/null 2>&1 || true; rm -rf "$dir"' EXIT
PATH=$(realpath "$(binaries)"):$PATH
fail() { echo "training: $*"; failures=$((failures + 1)); }

# Types a line, and sets said and status.
typed() {
  local line=${1//.accord\/training/$dir\/stack}
  case $line in *' up --training'*) line="$line --dir $dir/stack --base-port $base --preset $preset";; esac
  echo "    $1"
  status=0
  said=$(bash -c "$line" 2>&1) || status=$?
  [ $status = 0 ] || { printf '%s\n' "$said"; fail "exit code $status of: $1"; }
}
# has TEXT...: what was said last contains all of this.
has() { local text; for text in "$@"; do grep -qF -- "$text" <<<"$said" || { printf '%s\n' "$said"; fail "nothing said: $text"; }; done; }

mapfile -t lines < <(sed -nE 's/^    ((\.\/accord|accordctl) .*)$/\1/p' docs/training.md | sed -E 's/ {2,}.*//')
[ ${#lines[@]} -ge 4 ] || fail "docs/training.md shows ${#lines[@]} commands"
for line in "${lines[@]}"; do
  case $line in
    *' up --training')
      typed "$line"; has 'making people and cases up' 'A training environment is up'
      # A second time nothing is made, and nothing is lost.
      typed "$line"; has 'already up' 'A training environment is up'
      grep -q 'making people' <<<"$said" && fail "a second time people are made up again"
      # An attempt that somebody interrupted leaves the folder like this.
      rm "$dir/stack/seeded"
      typed "$line"; has 'were not made to their end' 'making people and cases up' 'A training environment is up';;
    *' dashboard') typed "$line"; has 'TRAINING: people and cases are made up' 'accordctl referral acknowledge agencies/cas-york';;
    *' --reset') typed "$line"; has 'making people and cases up';;
    *' status '*) typed "$line"; has 'gateway  runs';;
    *' down '*) typed "$line"; has 'is stopped'
      [ ! -e "$dir/stack/pids/nightly" ] || fail "the nightly reset goes on";;
    *) fail "nothing here types this command of docs/training.md: $line";;
  esac
done
[ $failures = 0 ] && echo "the ${#lines[@]} commands of docs/training.md did their work"
[ $failures = 0 ]
