#include "common/host/serving/reflection.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>

#include <set>

#include "absl/status/status.h"
#include "common/base/byte_buffer.h"
#include "common/base/error.h"
#include "common/host/serving/transport.h"

namespace accord::host {
namespace {

using google::protobuf::FileDescriptor;
using grpc::reflection::v1alpha::FileDescriptorResponse;

void AddReflectedFile(const FileDescriptor* file, std::set<const FileDescriptor*>* seen,
                      FileDescriptorResponse* out) {
  if (!seen->insert(file).second) return;
  google::protobuf::FileDescriptorProto proto;
  file->CopyTo(&proto);
  out->add_file_descriptor_proto(proto.SerializeAsString());
  for (int i = 0; i < file->dependency_count(); ++i) AddReflectedFile(file->dependency(i), seen, out);
}

}  // namespace

grpc::reflection::v1alpha::ServerReflectionResponse Reflect(
    const grpc::reflection::v1alpha::ServerReflectionRequest& request,
    const std::vector<std::string>& services) {
  grpc::reflection::v1alpha::ServerReflectionResponse response;
  *response.mutable_original_request() = request;
  if (request.has_list_services()) {
    for (const auto& service : services) {
      response.mutable_list_services_response()->add_service()->set_name(service);
    }
    return response;
  }
  const auto* pool = google::protobuf::DescriptorPool::generated_pool();
  const FileDescriptor* file = request.has_file_by_filename()
                                   ? pool->FindFileByName(request.file_by_filename())
                                   : pool->FindFileContainingSymbol(request.file_containing_symbol());
  if (file == nullptr) {
    response.mutable_error_response()->set_error_code(static_cast<int>(absl::StatusCode::kNotFound));
    response.mutable_error_response()->set_error_message("There is no such file or symbol.");
    return response;
  }
  std::set<const FileDescriptor*> seen;
  AddReflectedFile(file, &seen, response.mutable_file_descriptor_response());
  return response;
}

namespace {

class ReflectionReactor : public grpc::ServerGenericBidiReactor {
 public:
  ReflectionReactor(std::vector<std::string> services, bool allowed) : services_(std::move(services)) {
    if (!allowed) {
      Finish(ToGrpc(Refuse(rules::kPeerNotAllowed, "This peer may not call this service.")));
      return;
    }
    StartRead(&in_);
  }
  void OnReadDone(bool ok) override {
    grpc::reflection::v1alpha::ServerReflectionRequest request;
    if (!ok || !request.ParseFromString(BytesOf(in_))) return Finish(grpc::Status::OK);
    out_ = BufferOf(Reflect(request, services_).SerializeAsString());
    StartWrite(&out_);
  }
  void OnWriteDone(bool ok) override {
    if (!ok) return Finish(grpc::Status::OK);
    StartRead(&in_);
  }
  void OnDone() override { delete this; }

 private:
  std::vector<std::string> services_;
  grpc::ByteBuffer in_, out_;
};

}  // namespace

grpc::ServerGenericBidiReactor* NewReflectionReactor(std::vector<std::string> services, bool allowed) {
  return new ReflectionReactor(std::move(services), allowed);
}

}  // namespace accord::host
