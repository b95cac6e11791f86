# `accord package` makes what an agency's developer is given. `accord` sources this.
# shellcheck shell=bash disable=SC2154

cmd_package() {
  help 'usage: ./accord package
Makes in build/package, without compiling anything:
  accord-protos-VERSION.zip      the protos that a client needs
  accord.binpb                   the same as a descriptor set, with comments
  accord-reference-VERSION.zip   the reference of the API, as HTML and Markdown
  accord_client-VERSION-py3-none-any.whl   the client for Python
  accord-client-VERSION.tgz      the client for Node
  accord-client-cpp-VERSION.zip  the client for C++, as sources that CMake installs
  accord-client-java-VERSION.zip the client for Java, as a project that Maven installs
  SHA256SUMS                     their sums' "$@"
  [ $# = 0 ] || die "package: it takes no argument, and not $1"
  cmd_setup
  clients/reference/package.py build/package
  clients/python/build.py build/package
  clients/node/build.sh build/package
  clients/cpp/build.py build/package
  clients/java/build.py build/package
  (cd build/package && sha256sum accord_client-*.whl accord-client-*.tgz accord-client-cpp-*.zip \
    accord-client-java-*.zip >>SHA256SUMS)
}
