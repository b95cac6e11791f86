// This file is about the limits of a document that a person writes or that comes from elsewhere.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_DOCUMENT_LIMITS_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_DOCUMENT_LIMITS_H_

#include <cstddef>

namespace accord::ctl {

// These are the limits of one document. A protocol of 21 sections of 65,000 bytes has 1.4 MB.
inline constexpr std::size_t kMaxDocumentBytes = 16 << 20;
inline constexpr int kMaxDocumentNodes = 200'000;
// Messages are never this deep; protobuf itself accepts 100 levels.
inline constexpr int kMaxDocumentDepth = 64;
// One mapping has at most so many keys.
inline constexpr std::size_t kMaxDocumentKeys = 1000;

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_DOCUMENT_LIMITS_H_
