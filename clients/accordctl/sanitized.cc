// This is what the leak sanitizer is told of the command line, and of nothing else: gRPC 1.51 never ends its
// threads, so one of them may stand in the middle of a handshake when this process ends, and c-ares keeps the
// name of each host that it looked up. The tests of the libraries that the command line is made of have no
// exemption. The names are the sanitizer's own.
extern "C" {

// NOLINTBEGIN(bugprone-reserved-identifier)
const char* __lsan_default_suppressions();
const char* __lsan_default_options();

const char* __lsan_default_suppressions() { return "leak:libcrypto\nleak:libcares\n"; }
const char* __lsan_default_options() { return "print_suppressions=0"; }
// NOLINTEND(bugprone-reserved-identifier)
}
