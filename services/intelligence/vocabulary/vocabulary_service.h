// These are the handlers of VocabularyService, which lists the offences and positions of the rule set that
// callers may type.
#ifndef ACCORD_SERVICES_INTELLIGENCE_VOCABULARY_VOCABULARY_SERVICE_H_
#define ACCORD_SERVICES_INTELLIGENCE_VOCABULARY_VOCABULARY_SERVICE_H_

#include "absl/status/statusor.h"
#include "accord/intelligence/v1/rules.pb.h"
#include "accord/intelligence/v1/vocabulary_service.pb.h"
#include "common/host/calls/handlers.h"
#include "common/storage/records/page_tokens.h"

namespace accord::intelligence {

class VocabularyService {
 public:
  VocabularyService(const storage::PageTokens* tokens, const v1::RuleSet* rules)
      : tokens_(tokens), rules_(rules) {}
  void Register(host::Handlers* handlers);

 private:
  absl::StatusOr<v1::ListPredicateOffencesResponse> ListPredicateOffences(
      host::Call&, const v1::ListPredicateOffencesRequest&);
  absl::StatusOr<v1::ListFoundingPositionsResponse> ListFoundingPositions(
      host::Call&, const v1::ListFoundingPositionsRequest&);

  const storage::PageTokens* tokens_;
  const v1::RuleSet* rules_;
};

}  // namespace accord::intelligence

#endif  // ACCORD_SERVICES_INTELLIGENCE_VOCABULARY_VOCABULARY_SERVICE_H_
