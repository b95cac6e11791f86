// A number in a configuration that was left out has a default.
#ifndef ACCORD_COMMON_HOST_SERVING_CONFIGURED_H_
#define ACCORD_COMMON_HOST_SERVING_CONFIGURED_H_

namespace accord::host {

// This gives the configured number, or the default if the configuration has none.
inline int ConfiguredOr(int configured, int otherwise) { return configured > 0 ? configured : otherwise; }

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_SERVING_CONFIGURED_H_
