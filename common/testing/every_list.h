// This is one test for every List method of a service. It reads pages of a thousand rows, however large the
// rows are.
#ifndef ACCORD_COMMON_TESTING_EVERY_LIST_H_
#define ACCORD_COMMON_TESTING_EVERY_LIST_H_

#include <string>

#include "common/testing/in_process.h"

namespace accord::testing {

// This makes rows of about 60,000 bytes visible to every agency, of each kind that a List method of the
// package answers with, and reads every List to its end with page_size 1,000, as a caller of the first grant
// of its rule. The running test fails if a page is larger than two megabytes, empty before the end, or
// refused. It also fails if a list with a filter and an order does not accept every field that its rows
// declare, or accepts another. The result is the number of these methods.
int ReadEveryList(InProcess* in_process, const std::string& package);

}  // namespace accord::testing

#endif  // ACCORD_COMMON_TESTING_EVERY_LIST_H_
