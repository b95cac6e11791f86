#!/usr/bin/env bash
# This checks who may include whom: protos <- common <- services/<one>; clients use common and protos, and clients/cpp
# protos alone; only common/storage and *_store know SOCI; store code sees no gRPC; only tests see testing/; a state
# refuses only by its lifecycle; no folders that include each other; no unfinished-work marks.
# usage: layers_test.sh [ROOT] | --self-check
set -euo pipefail
edges=$(mktemp) scratch=
trap 'rm -rf "$edges" ${scratch:+"$scratch"}' EXIT

cc_files() { find "$@" -type f \( -name '*.h' -o -name '*.cc' \) 2>/dev/null | sort; }
# breaches RULE PATTERN FILE...: each matching line is one breach.
breaches() {
  local rule=$1 pattern=$2; shift 2
  [ $# -gt 0 ] || return 0
  grep -HnE -- "$pattern" "$@" /dev/null | sed "s|^|$rule: |" || true
}

# pairs FILE...: it prints, for each include of a folder's neighbour, the folder that both stand in, and the two.
pairs() {
  awk 'BEGIN { OFS = " " }
    /^ *# *include *"(common|services|clients)\// {
      split($0, quoted, "\""); n = split(FILENAME, from, "/"); m = split(quoted[2], to, "/"); above = ""
      for (i = 1; i < n && i < m && from[i] == to[i]; ++i) above = above from[i] "/"
      if (i < n && i < m && above != "") print above, from[i], to[i]
    }' "$@" /dev/null | sort -u
}
# circles FILE...: it prints folders beside each other that include each other, directly or by way of others.
circles() {
  local above
  # A feed tells whoever calls, and whoever serves calls holds the feed.
  pairs "$@" | grep -vx 'common/host/ watching calls' >"$edges" || true
  while read -r above; do
    # tsort names the folders of a circle, one a line, after a line that says that there is one.
    grep "^$above " "$edges" | cut -d' ' -f2,3 | tsort 2>&1 >/dev/null |
      sed -n "s|^tsort: \([^-]\)|folders in a circle: $above\1|p" || true
  done < <(cut -d' ' -f1 "$edges" | sort -u)
}

check() {
  cd "$1"
  local files other service
  mapfile -t files < <(cc_files common)
  breaches 'common includes a service or client' '^ *# *include *"(services|clients|tests)/' "${files[@]}"
  mapfile -t files < <(cc_files clients)
  breaches 'a client includes a service' '^ *# *include *"(services|tests)/' "${files[@]}"
  mapfile -t files < <(cc_files clients/cpp | grep -vE '/testing/|_test\.cc$' || true)
  breaches 'the C++ client includes what agencies do not get' '^ *# *include *"(common|clients)/' "${files[@]}"
  for service in services/*/; do
    [ -d "$service" ] || continue
    mapfile -t files < <(cc_files "$service")
    breaches 'a service includes another service or a client' \
      '^ *# *include *"(services|clients|tests)/' "${files[@]}" | grep -vF "\"${service%/}/" || true
    # A path relative to the including file is a way around the check.
    breaches 'an include climbs out of its folder' '^ *# *include *"\.\./' "${files[@]}"
  done

  mapfile -t files < <(cc_files common services clients | grep -vE '/testing/|_test\.cc$' || true)
  breaches 'deployed code includes what is for tests' '^ *# *include *"[^"]*/testing/' "${files[@]}"
  mapfile -t files < <(cc_files common services clients | grep -vE '^common/storage/|_store(_test)?\.(h|cc)$' || true)
  breaches 'SOCI outside common/storage and *_store' '\bsoci::|# *include *[<"]soci' "${files[@]}"
  mapfile -t files < <(cc_files common services clients | grep -E '^common/storage/|_store\.(h|cc)$' || true)
  breaches 'store code includes gRPC' '^ *# *include *[<"]grpc' "${files[@]}"
  mapfile -t files < <(cc_files services clients | grep -v '_test\.cc$' || true)
  breaches 'a state refuses without its lifecycle' 'Refuse\(rules::kStateNotPermitted' "${files[@]}"

  mapfile -t files < <(cc_files common services clients | grep -vE '/testing/|_test\.cc$' || true)
  circles "${files[@]}"

  other='TO''DO|FIX''ME'
  grep -rInE --exclude-dir=build --exclude-dir=node_modules --exclude-dir=.git --exclude-dir=.accord \
    --exclude=package-lock.json -- "\\b($other)\\b" . | sed 's|^|unfinished work: |' || true
}

# Every rule must refuse a tree that breaks it and nothing else, and accept one that breaks none.
self_check() {
  local found
  scratch=$(mktemp -d)
  plant() { mkdir -p "$scratch/$(dirname "$1")"; printf '%s\n' "$2" >"$scratch/$1"; }
  clean() { rm -rf "${scratch:?}"/*; mkdir -p "$scratch"/{common/storage,services/{a,b},clients}; }
  expect() {
    found=$(check "$scratch")
    if [ -n "$1" ] && ! grep -q "^$1" <<<"$found"; then echo "self-check: not refused: $1"; exit 1; fi
    if [ -z "$1" ] && [ -n "$found" ]; then echo "self-check: refused without reason: $found"; exit 1; fi
    clean
  }
  clean
  plant common/x.h '#include "services/a/a.h"'; expect 'common includes'
  plant clients/x.cc '#include "services/a/a.h"'; expect 'a client includes'
  plant clients/cpp/x.cc '#include "common/a/a.h"'; expect 'the C++ client includes'
  plant services/a/x.cc '#include "services/b/b.h"'; expect 'a service includes'
  plant services/a/x.cc '#include "../b/b.h"'; expect 'an include climbs'
  plant services/a/b/x.cc '#include "services/a/testing/y.h"'; expect 'deployed code includes'
  plant services/a/x.cc 'soci::session s;'; expect 'SOCI outside'
  plant services/a/x_store.cc '#include <grpcpp/grpcpp.h>'; expect 'store code'
  plant common/storage/x.h '#include "grpcpp/support/status.h"'; expect 'store code'
  plant services/a/x.cc 'return Refuse(rules::kStateNotPermitted, "It has ended.");'; expect 'a state refuses'
  plant services/a/x/y.h '#include "services/a/y/z.h"'
  plant services/a/y/z.h '#include "services/a/z/x.h"'
  plant services/a/z/x.cc '#include "services/a/x/y.h"'; expect 'folders in a circle: services/a/'
  plant services/a/x.cc "// TO""DO: later"; expect 'unfinished work'
  plant services/a/x_store.cc '#include <soci/soci.h>'
  plant services/a/x.cc '#include "services/a/x_store.h"'
  plant services/a/b/x_test.cc '#include "services/a/testing/y.h"'
  plant clients/cpp/x_test.cc '#include "common/testing/y.h"'
  plant services/b/x.cc '// the association of societies'
  plant services/b/x/y.cc '#include "services/b/y/z.h"'
  plant services/b/y/z.h '#include "services/b/z.h"'
  plant services/b/z.h '#include "services/b/x/y.h"'; expect ''
  echo 'self-check: every rule can fail'
}

if [ "${1:-}" = --self-check ]; then self_check; exit; fi
root=${1:-$(cd "$(dirname "$0")/../.." && pwd)}
found=$(check "$root")
[ -z "$found" ] || { printf '%s\n' "$found"; exit 1; }
echo 'layers: no breach'
