// This is the same test of every List method of a service: pages of a thousand rows, of whatever size the
// rows are.
#ifndef ACCORD_COMMON_TESTING_EVERY_LIST_H_
#define ACCORD_COMMON_TESTING_EVERY_LIST_H_

#include <string>

#include "common/testing/in_process.h"

namespace accord::testing {

// Puts rows of some 60,000 bytes before every agency's eyes, of each kind that a List method of the package
// answers with, and reads every List to its end with page_size 1,000, as the first grant of its rule lets.
// Fails the running test if a page is larger than two megabytes, empty before the end, or refused; and if a
// list that takes a filter and an order does not take every field that its rows declare, or takes another.
// How many methods there were.
int ReadEveryList(InProcess* in_process, const std::string& package);

}  // namespace accord::testing

#endif  // ACCORD_COMMON_TESTING_EVERY_LIST_H_
