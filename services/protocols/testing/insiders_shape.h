// Makes of random requests to this service some that may succeed.
#ifndef ACCORD_SERVICES_PROTOCOLS_TESTING_INSIDERS_SHAPE_H_
#define ACCORD_SERVICES_PROTOCOLS_TESTING_INSIDERS_SHAPE_H_

#include "common/testing/random_request.h"
#include "services/protocols/testing/field_lines.h"

namespace accord::protocols {

void Shape(const Caller& who, const testing::World& world, absl::Time now, testing::RandomRequest* requests,
           google::protobuf::Message* request);

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_TESTING_INSIDERS_SHAPE_H_
