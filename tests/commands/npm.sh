# What package-lock.json pins, again when it changed; no package's own script runs. Sourced in the root of the
# repository, with die() at hand.
# shellcheck shell=bash
node_modules() {
  mkdir -p .accord
  cmp -s package-lock.json node_modules/.accord-lock && return
  npm ci --ignore-scripts --no-audit --no-fund >.accord/npm.log 2>&1 ||
    { tail -n 20 .accord/npm.log >&2; die "npm ci failed, see .accord/npm.log"; }
  cp package-lock.json node_modules/.accord-lock
}
