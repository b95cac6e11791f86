// This reads one HTTP/1.1 request for the metrics and makes its answer, without the network.
#ifndef ACCORD_COMMON_METRICS_METRICS_PAGE_H_
#define ACCORD_COMMON_METRICS_METRICS_PAGE_H_

#include <prometheus/collectable.h>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace accord {

// Gives what to answer to the bytes received so far; nullopt while more are to come. GET of /metrics gives
// the page; anything else one of 400, 404, 405 and, past `max_bytes` without an end of the headers, 431.
// Every answer closes the connection.
std::optional<std::string> AnswerTo(std::string_view received, std::size_t max_bytes,
                                    const prometheus::Collectable& collected);

}  // namespace accord

#endif  // ACCORD_COMMON_METRICS_METRICS_PAGE_H_
