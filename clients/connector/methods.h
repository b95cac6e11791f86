// This file is about the RPCs of this build, by their names, and how one is called by its name.
#ifndef ACCORD_CLIENTS_CONNECTOR_METHODS_H_
#define ACCORD_CLIENTS_CONNECTOR_METHODS_H_

#include <google/protobuf/any.pb.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/wrappers.pb.h>

#include <string>

#include "accord/client/client.h"

namespace accord::connector {

// The RPC of this full name that an agency may call and that has one answer; it is null if there is none.
const google::protobuf::MethodDescriptor* FindMethod(const std::string& name);
// The same of a feed of changes.
const google::protobuf::MethodDescriptor* FindFeed(const std::string& name);

// This gives the bytes of a request, and as its type the path of the method, such
// as `/package.Service/Method`.
google::protobuf::Any MethodRequest(const google::protobuf::MethodDescriptor& method,
                                    const std::string& request);
// This makes one attempt at a call. It throws what the client throws.
client::Answer<google::protobuf::BytesValue> AskMethod(const client::Client& client,
                                                       const google::protobuf::MethodDescriptor& method,
                                                       const std::string& request);

// By these rules the gateway refuses the certificate, whatever the call, so that it is worth another attempt.
bool IsMethodCertificateFault(const client::CallError& error);

}  // namespace accord::connector

#endif  // ACCORD_CLIENTS_CONNECTOR_METHODS_H_
