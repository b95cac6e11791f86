// The names of RPCs: member functions of the stubs that gRPC generates, such
// as `&ReferralService::Stub::CreateReferral`.
#ifndef ACCORD_CLIENT_METHODS_H_
#define ACCORD_CLIENT_METHODS_H_

#include <google/protobuf/repeated_ptr_field.h>
#include <grpcpp/client_context.h>
#include <grpcpp/support/status.h>
#include <grpcpp/support/sync_stream.h>

#include <memory>

namespace accord::client {

// An RPC with one answer.
template <typename Stub, typename Request, typename Response>
using Unary = grpc::Status (Stub::*)(grpc::ClientContext*, const Request&, Response*);

// This is an RPC that answers with a stream.
template <typename Stub, typename Request, typename Response>
using Stream = std::unique_ptr<grpc::ClientReader<Response>> (Stub::*)(grpc::ClientContext*, const Request&);

// This is the field of a page that holds its records, such as `&ListReferralsResponse::referrals`.
template <typename Page, typename Item>
using Items = const google::protobuf::RepeatedPtrField<Item>& (Page::*)() const;

}  // namespace accord::client

#endif  // ACCORD_CLIENT_METHODS_H_
