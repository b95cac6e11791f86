// These are suppressions of the leak sanitizer for the command line only: gRPC 1.51 never ends its threads,
// so one of them may be in the middle of a handshake when this process ends, and c-ares keeps the name of
// each host that it looked up. The tests of the command line's libraries have no suppressions. The function
// names are the sanitizer's own.
extern "C" {

// NOLINTBEGIN(bugprone-reserved-identifier)
const char* __lsan_default_suppressions();
const char* __lsan_default_options();

const char* __lsan_default_suppressions() { return "leak:libcrypto\nleak:libcares\n"; }
const char* __lsan_default_options() { return "print_suppressions=0"; }
// NOLINTEND(bugprone-reserved-identifier)
}
