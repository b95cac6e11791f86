// This reads one HTTP/1.1 request for the metrics and makes its answer, without using the network.
#ifndef ACCORD_COMMON_METRICS_METRICS_PAGE_H_
#define ACCORD_COMMON_METRICS_METRICS_PAGE_H_

#include <prometheus/collectable.h>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace accord {

// This gives the answer to the bytes received so far, or nullopt while more are needed. GET of /metrics gives
// the page; anything else gives 400, 404 or 405, or 431 if the headers do not end within `max_bytes`. Every
// answer closes the connection.
std::optional<std::string> AnswerTo(std::string_view received, std::size_t max_bytes,
                                    const prometheus::Collectable& collected);

}  // namespace accord

#endif  // ACCORD_COMMON_METRICS_METRICS_PAGE_H_
