// These are the handlers of VocabularyService: the words that callers type, out of the data that this service
// goes by.
#ifndef ACCORD_SERVICES_PROTOCOLS_VOCABULARY_VOCABULARY_SERVICE_H_
#define ACCORD_SERVICES_PROTOCOLS_VOCABULARY_VOCABULARY_SERVICE_H_

#include "absl/status/statusor.h"
#include "accord/protocols/v1/vocabulary_service.pb.h"
#include "common/host/calls/handlers.h"
#include "common/storage/records/page_tokens.h"
#include "services/protocols/coverage/territories.h"
#include "services/protocols/rules.h"

namespace accord::protocols {

class VocabularyService {
 public:
  VocabularyService(const storage::PageTokens* tokens, RulesNow rules, const Territories* territories)
      : tokens_(tokens), rules_(rules), territories_(territories) {}
  void Register(host::Handlers* handlers);

 private:
  absl::StatusOr<v1::ListGroundsResponse> ListGrounds(host::Call&, const v1::ListGroundsRequest&);
  absl::StatusOr<v1::ListTerritoriesResponse> ListTerritories(host::Call&, const v1::ListTerritoriesRequest&);

  const storage::PageTokens* tokens_;
  RulesNow rules_;
  const Territories* territories_;
};

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_VOCABULARY_VOCABULARY_SERVICE_H_
