# The tests of the Node client share this. It is sourced in the root of the repository.
# shellcheck shell=bash

# node_client FOLDER: it makes the package as npm installs it, for programs in FOLDER. It lies in this repository, so
# that Node finds the packages that package-lock.json pins.
node_client() {
  local installed=$1/node_modules/accord-client
  clients/node/build.sh "$1/packed" >/dev/null
  mkdir -p "$installed"
  tar -xzf "$1"/packed/accord-client-*.tgz -C "$installed" --strip-components=1
}
