#include "services/protocols/agreements/protocol_signatures.h"

#include <algorithm>

namespace accord::protocols {
namespace {

using v1::Protocol;

}  // namespace

bool FullySigned(const Protocol& protocol) {
  return std::all_of(protocol.parties().begin(), protocol.parties().end(), [](const auto& party) {
    return party.part() != v1::PARTY_PART_SIGNATORY || !party.signed_digest().empty();
  });
}

void VoidSignatures(Protocol* protocol) {
  for (auto& party : *protocol->mutable_parties()) {
    party.clear_signed_by();
    party.clear_signed_digest();
    party.clear_signed_at();
    party.clear_renewal_signed();
  }
}

}  // namespace accord::protocols
