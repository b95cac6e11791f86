#include "tests/fuzz/method.h"

#include <algorithm>

#include "common/access/method.h"
#include "common/base/ids.h"

namespace accord::fuzz {
namespace {

std::vector<Method> AllMethods() {
  std::vector<Method> all;
  for (const std::string& service : AllServices()) {
    const auto methods = MethodsOf(service);
    if (methods.ok()) all.insert(all.end(), methods->begin(), methods->end());
  }
  return all;
}

}  // namespace

std::unique_ptr<google::protobuf::Message> RequestOf(std::string_view path) {
  static const std::vector<Method> methods = AllMethods();
  const auto named =
      std::find_if(methods.begin(), methods.end(), [&](const Method& m) { return m.path == path; });
  const std::string hash = Sha256(path);
  const std::size_t any = static_cast<unsigned char>(hash[0]) << 8 | static_cast<unsigned char>(hash[1]);
  const Method& method = named != methods.end() ? *named : methods[any % methods.size()];
  auto* factory = google::protobuf::MessageFactory::generated_factory();
  return std::unique_ptr<google::protobuf::Message>(
      factory->GetPrototype(method.descriptor->input_type())->New());
}

}  // namespace accord::fuzz
