// This changes random requests about support to survivors so that some of them may succeed.
#ifndef ACCORD_SERVICES_SUPPORTS_TESTING_INSIDERS_SHAPE_H_
#define ACCORD_SERVICES_SUPPORTS_TESTING_INSIDERS_SHAPE_H_

#include "common/testing/random_request.h"

namespace accord::supports {

void Shape(const Caller& who, const testing::World& world, absl::Time now, testing::RandomRequest* requests,
           google::protobuf::Message* request);

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_TESTING_INSIDERS_SHAPE_H_
