# The tests of the Python client share this. It is sourced in the root of the repository.
# shellcheck shell=bash

# python_client FOLDER: it puts what the wheel installs below FOLDER/site, for Debian's own Python.
python_client() {
  clients/python/build.py "$1/wheel" >/dev/null
  /usr/bin/python3 -m zipfile -e "$1"/wheel/accord_client-*.whl "$1/site"
  # Elsewhere google.rpc comes with googleapis-common-protos, which the wheel asks for and Debian does not have.
  protoc -I common/wire -I /usr/include "--python_out=$1/site" "--pyi_out=$1/site" google/rpc/status.proto \
    google/rpc/error_details.proto
}
