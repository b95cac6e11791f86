#!/usr/bin/python3
"""This is how an agency's own system calls Accord from Python with grpcio and protoc's messages only,
without stubs.

    protoc -I protos -I /usr/include --python_out=OUT protos/accord/*/v1/*.proto
    PYTHONPATH=OUT clients/python/list_referrals.py --address HOST:PORT --ca CA --certificate CRT --key KEY \\
        --actor worker --purpose child_protection

The messages of google.rpc come with PyPI's googleapis-common-protos.
"""
import argparse
import pathlib
import sys

import accord_rules
import grpc
from accord.protocols.v1 import referral_service_pb2, resources_pb2
from google.rpc import error_details_pb2, status_pb2


def connect(address, ca, certificate, key):
    """This gives a channel with the system's own certificate; `address` is host:port."""
    read = lambda path: pathlib.Path(path).read_bytes()
    credentials = grpc.ssl_channel_credentials(read(ca), read(key), read(certificate))
    return grpc.secure_channel(address, credentials)


def call(channel, path, request, response_type, actor, purpose, timeout=10):
    """This gives the answer of one call. `actor` is the person on whose behalf it is made, and `purpose`
    the reason; both are checked and recorded."""
    method = channel.unary_unary(path, request_serializer=type(request).SerializeToString,
                                 response_deserializer=response_type.FromString)
    return method(request, timeout=timeout, metadata=[("accord-actor", actor), ("accord-purpose", purpose)])


def rule_of(error):
    """This gives the rule that a refusal names, for example ROLE_NOT_PERMITTED; it is empty if it
    names none."""
    for key, value in error.trailing_metadata():
        if key == "grpc-status-details-bin":
            for detail in status_pb2.Status.FromString(value).details:
                info = error_details_pb2.ErrorInfo()
                if detail.Is(info.DESCRIPTOR) and detail.Unpack(info):
                    return info.reason
    return ""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("address", "ca", "certificate", "key", "actor", "purpose"):
        parser.add_argument(f"--{name}", required=True)
    options = parser.parse_args()
    channel = connect(options.address, options.ca, options.certificate, options.key)
    try:
        answer = call(channel, "/accord.protocols.v1.ReferralService/ListReferrals",
                      referral_service_pb2.ListReferralsRequest(page_size=50),
                      referral_service_pb2.ListReferralsResponse, options.actor, options.purpose)
    except grpc.RpcError as error:
        rule = rule_of(error)
        again = " Try again later." if rule in accord_rules.RETRY else ""
        sys.exit(f"{error.code().name} {rule}: {error.details()}{again}")
    for referral in answer.referrals:
        print(referral.name, resources_pb2.ReferralState.Name(referral.state))
    print(f"{len(answer.referrals)} referrals")


if __name__ == "__main__":
    main()
