// These are ports on loopback for the processes of a test.
#ifndef ACCORD_TESTS_E2E_FREE_PORT_H_
#define ACCORD_TESTS_E2E_FREE_PORT_H_

namespace accord::e2e {

// The port is on loopback, and is given only once in this process.
int FreePort();

}  // namespace accord::e2e

#endif  // ACCORD_TESTS_E2E_FREE_PORT_H_
