#!/usr/bin/env bash
# Whoever has what `./accord package` makes, and nothing else of this tree, generates messages in every language whose
# generator is part of protoc, and stubs in those whose plugin Debian has. The code stands where the options of the
# protos say, and Python's is loaded as well.
# usage: generate.sh
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d "${TMPDIR:-/tmp}/accord-generate.XXXXXX")
trap 'rm -rf "$work"' EXIT
die() { echo "generate: $*" >&2; exit 1; }

clients/reference/package.py "$work/package" >/dev/null
(cd "$work/package" && sha256sum --check --strict --quiet SHA256SUMS) || die 'the sums are not those of the files'
/usr/bin/python3 -m zipfile -e "$work"/package/accord-protos-*.zip "$work/unpacked"
cd "$work/unpacked/protos"
[ ! -e google ] || die 'the protos of google come with the languages'
mapfile -t protos < <(find accord -name '*.proto' | sort)
[ "${#protos[@]}" -gt 50 ] || die "there are only ${#protos[@]} protos"

# generate LANGUAGE [OPTION]: protoc writes what it makes of all protos at once to $work/LANGUAGE.
generate() {
  mkdir "$work/$1"
  protoc -I . -I /usr/include "--$1_out=$work/$1" "${@:2}" "${protos[@]}" || die "protoc makes no $1 of the protos"
}
# stubs LANGUAGE: gRPC's plugin writes what it makes of all protos beside the messages.
stubs() {
  protoc -I . -I /usr/include "--plugin=protoc-gen-grpc=$(command -v "grpc_$1_plugin")" "--grpc_out=$work/$1" \
    "${protos[@]}" || die "gRPC's plugin makes no $1 of the protos"
}
# has FILE TEXT: the file was made, and a line of it is this text.
has() { grep -qxF -- "$2" "$work/$1" || die "$1 has no line: $2"; }
# made LANGUAGE PATTERN: each proto became one file of this form.
made() {
  local count
  count=$(find "$work/$1" -name "$2" | wc -l)
  [ "$count" = "${#protos[@]}" ] || die "$1 has $count files $2 of ${#protos[@]} protos"
}

generate cpp; stubs cpp
made cpp '*.grpc.pb.h'
find "$work/cpp" -name '*.grpc.pb.*' -delete
made cpp '*.pb.h'; made cpp '*.pb.cc'
has cpp/accord/protocols/v1/referral_service.pb.h 'namespace protocols {'

generate csharp --csharp_opt=base_namespace=
made csharp '*.cs'
has csharp/Accord/Protocols/V1/ReferralService.cs 'namespace Accord.Protocols.V1 {'
has csharp/Accord/Prosecution/V1/Status.cs 'namespace Accord.Prosecution.V1 {'

generate java
has java/example/accord/protocols/v1/Referral.java 'package example.accord.protocols.v1;'
has java/example/accord/protocols/v1/CreateReferralRequest.java 'package example.accord.protocols.v1;'

generate php; stubs php
has php/Accord/Protocols/V1/ReferralServiceClient.php 'namespace Accord\Protocols\V1;'
has php/Accord/Protocols/V1/Referral.php 'namespace Accord\Protocols\V1;'
# Two files whose names differ only in upper and lower case are one file on some systems.
same=$(find "$work/php" "$work/java" -type f | tr '[:upper:]' '[:lower:]' | sort | uniq -d)
[ -z "$same" ] || die "some disks take these for one file: $same"

generate ruby
made ruby '*_pb.rb'
stubs ruby
has ruby/accord/protocols/v1/referral_service_services_pb.rb '  module Protocols'
has ruby/accord/protocols/v1/referral_service_pb.rb 'module Accord'
has ruby/accord/protocols/v1/referral_service_pb.rb '  module Protocols'

generate python; stubs python
made python '*_pb2.py'; made python '*_pb2_grpc.py'
PYTHONPATH=$work/python /usr/bin/python3 - "$work/python" <<'PYTHON'
import importlib
import pathlib
import sys

root = pathlib.Path(sys.argv[1])
for path in sorted(root.rglob("*_pb2*.py")):
    importlib.import_module(".".join(path.relative_to(root).with_suffix("").parts))
from accord.protocols.v1 import referral_service_pb2_grpc, resources_pb2
assert callable(referral_service_pb2_grpc.ReferralServiceStub)
referral = resources_pb2.Referral(name="agencies/cas-york/referrals/a", lawful_basis="CYFSA, s. 125")
assert resources_pb2.Referral.FromString(referral.SerializeToString()) == referral
PYTHON
echo "generate: ${#protos[@]} protos in C++, C#, Java, PHP, Python and Ruby"
