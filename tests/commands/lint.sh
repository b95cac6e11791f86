# These are `accord lint`, `format` and `tidy`. `accord` sources them.
# shellcheck shell=bash disable=SC2154

# shellcheck disable=SC1091
. "$ROOT/tests/commands/npm.sh"
buf() { node_modules; node_modules/.bin/buf "$@"; }

tracked_cc() { git ls-files -z -- '*.h' '*.cc'; }

# tracked_scripts SUFFIX INTERPRETER: it prints files that end so, and those that begin by naming that interpreter.
tracked_scripts() {
  # git grep exits with 1 where it finds nothing, which is no fault here.
  { git ls-files -- "*.$1"
    git grep -IlE "^#! ?/.*[/ ]$2\$" -- ':!*.*' || true
    git grep -IlE "^#! ?/.*[/ ]$2\$" -- '.ci' || true; } | sort -u
}

# Prints the commit that the present one is compared with: the main branch, or on the main branch its parent. There may
# be none.
base_commit() {
  local ref head
  head=$(git rev-parse HEAD 2>/dev/null) || return 0
  for ref in origin/main main; do
    ref=$(git merge-base HEAD "$ref" 2>/dev/null) && [ "$ref" != "$head" ] && { echo "$ref"; return; }
  done
  git rev-parse -q --verify HEAD^ || true
}

breaking() {
  local base old
  base=$(base_commit)
  if [ -z "$base" ] || [ -z "$(git ls-tree "$base" protos)" ]; then say "buf breaking: nothing to compare with"; return; fi
  old=$(mktemp -d)
  git archive "$base" protos | tar -x -C "$old"
  local status=0
  buf breaking protos --against "$old/protos" || status=$?
  rm -rf "$old"
  return $status
}

clang_format() { tracked_cc | xargs -0 -r -n 50 -P "$CORES" clang-format --dry-run -Werror; }
bash_syntax() { local file; for file in $(tracked_scripts sh bash); do bash -n "$file" || return 1; done; }
# What they let pass on purpose stands in .shellcheckrc, .codespellrc and eslint.config.mjs; pyflakes has no such file.
lint_shell() { tracked_scripts sh bash | xargs -r -d '\n' shellcheck; }
lint_python() { tracked_scripts py python3 | xargs -r -d '\n' pyflakes3; }
lint_node() { node_modules; git ls-files -z -- '*.mjs' | xargs -0 -r node_modules/.bin/eslint --max-warnings 0; }
lint_words() { git ls-files -z | xargs -0 -r codespell; }

cmd_lint() {
  help 'usage: ./accord lint
Installs the linters that are missing, runs all of them and says of each whether it found something:
  buf             lint and format of protos, and what breaks callers of the main branch
  clang-format    C++
  shellcheck      shell, after bash -n
  pyflakes        Python
  eslint          what is written for Node (*.mjs)
  codespell       usual misspellings, in every file' "$@"
  # shellcheck disable=SC2086
  install $LINT_PACKAGES
  command -v npm >/dev/null || install nodejs npm
  local failures=0
  check() { local what=$1; shift; if "$@"; then say "ok      $what"; else say "FAILED  $what"; failures=$((failures + 1)); fi; }
  buf --version >/dev/null || die "buf does not run"
  check 'buf lint' buf lint protos
  check 'buf format' buf format -d --exit-code protos
  check 'buf format of common/wire' buf format -d --exit-code common/wire
  check 'buf breaking' breaking
  check 'clang-format' clang_format
  check 'bash -n' bash_syntax
  check 'shellcheck' lint_shell
  check 'pyflakes' lint_python
  check 'eslint' lint_node
  check 'codespell' lint_words
  [ $failures = 0 ] || die "$failures checks failed; ./accord format repairs the form"
}

cmd_format() {
  help 'usage: ./accord format
Rewrites tracked C++ with clang-format and protos with buf format.' "$@"
  tracked_cc | xargs -0 -r clang-format -i
  buf format -w protos
  buf format -w common/wire
}

cmd_tidy() {
  help 'usage: ./accord tidy [--all] [--preset PRESET]
clang-tidy over C++ that differs from the main branch, with the compile commands of a build (tsan: dev and release
compile files together, so that their commands name few of them).' "$@"
  local preset=tsan all=0
  while [ $# -gt 0 ]; do case $1 in
    --all) all=1; shift;; --preset) need "$@"; preset=$2; shift 2;; *) wrong_option tidy "$1" --all --preset;;
  esac; done
  # What protoc writes must exist before anything is read that includes it.
  cmd_build "$preset" accord_protos accord_wire
  tidy_changed "$preset" $all
}

tidy_changed() {
  local preset=$1 all=$2 base files=()
  base=$(base_commit)
  if [ "$all" = 1 ] || [ -z "$base" ]; then mapfile -t files < <(git ls-files '*.cc')
  else mapfile -t files < <(git diff --name-only --diff-filter=d "$base" -- '*.cc'); fi
  [ ${#files[@]} -gt 0 ] || { say 'no C++ changed'; return; }
  printf '%s\0' "${files[@]}" | xargs -0 -n 1 -P "$CORES" clang-tidy --quiet -p "build/$preset" ||
    die "clang-tidy objects to something in ${#files[@]} files"
  say "clang-tidy objects to nothing in ${#files[@]} files"
}
