// This file makes of a random request one that may succeed.
#ifndef ACCORD_SERVICES_PROSECUTION_TESTING_INSIDERS_SHAPE_H_
#define ACCORD_SERVICES_PROSECUTION_TESTING_INSIDERS_SHAPE_H_

#include "common/testing/random_request.h"

namespace accord::prosecution {

void Shape(const Caller& who, const testing::World& world, absl::Time now, testing::RandomRequest* requests,
           google::protobuf::Message* request);

}  // namespace accord::prosecution

#endif  // ACCORD_SERVICES_PROSECUTION_TESTING_INSIDERS_SHAPE_H_
