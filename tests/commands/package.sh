# `accord package`: what an agency's developer is given. Sourced by `accord`.
# shellcheck shell=bash disable=SC2154

cmd_package() {
  help 'usage: ./accord package
Makes in build/package, without compiling anything:
  accord-protos-VERSION.zip      the protos that a client needs
  accord.binpb                   the same as a descriptor set, with comments
  accord-reference-VERSION.zip   the reference of the API, as HTML and Markdown
  SHA256SUMS                     their sums' "$@"
  [ $# = 0 ] || die "package: it takes no argument, and not $1"
  cmd_setup
  clients/reference/package.py build/package
}
