// The parts of the oracle share these words.
#ifndef ACCORD_SERVICES_PROTOCOLS_TESTING_FIELD_WORDS_H_
#define ACCORD_SERVICES_PROTOCOLS_TESTING_FIELD_WORDS_H_

#include <string>

#include "accord/protocols/v1/attachment_service.pb.h"
#include "accord/protocols/v1/duplicate_service.pb.h"
#include "accord/protocols/v1/resources.pb.h"
#include "common/base/clock.h"
#include "common/testing/insiders.h"

namespace accord::protocols {

using testing::As;
using testing::In;

inline std::string Today(absl::Time now) { return FormatDay(OntarioDay(now)); }

// This gives the name of the attachment that a piece is of.
inline std::string AttachmentOf(const v1::AttachmentChunk& chunk) {
  return chunk.name().substr(0, chunk.name().find("/chunks/"));
}

bool Signs(const v1::Protocol& protocol, const std::string& agency);
// An entry into force is right if everybody who signs has signed this text, its day has come, and whoever
// signed what it replaces signs it too.
std::string ObjectionToEntry(const v1::Protocol& protocol, const testing::World& world,
                             const std::string& today);

// This gives the objection to a link between two referrals: whoever sees it must work on both.
std::string ObjectionToLink(const v1::Duplicate& link, const testing::World& world);

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_TESTING_FIELD_WORDS_H_
