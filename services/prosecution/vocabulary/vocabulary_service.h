// These are the handlers of VocabularyService: the words that callers type, out of the law and policy of
// this service.
#ifndef ACCORD_SERVICES_PROSECUTION_VOCABULARY_VOCABULARY_SERVICE_H_
#define ACCORD_SERVICES_PROSECUTION_VOCABULARY_VOCABULARY_SERVICE_H_

#include "absl/status/statusor.h"
#include "accord/prosecution/v1/vocabulary_service.pb.h"
#include "common/host/calls/handlers.h"
#include "common/storage/records/page_tokens.h"
#include "services/prosecution/rules.h"

namespace accord::prosecution {

class VocabularyService {
 public:
  VocabularyService(const storage::PageTokens* tokens, RulesNow rules) : tokens_(tokens), rules_(rules) {}
  void Register(host::Handlers* handlers);

 private:
  absl::StatusOr<v1::ListCourtRegionsResponse> ListCourtRegions(host::Call&,
                                                                const v1::ListCourtRegionsRequest&);
  absl::StatusOr<v1::ListRecognizanceRulesResponse> ListRecognizanceRules(
      host::Call&, const v1::ListRecognizanceRulesRequest&);
  absl::StatusOr<v1::ListStageEventsResponse> ListStageEvents(host::Call&, const v1::ListStageEventsRequest&);

  const storage::PageTokens* tokens_;
  RulesNow rules_;
};

}  // namespace accord::prosecution

#endif  // ACCORD_SERVICES_PROSECUTION_VOCABULARY_VOCABULARY_SERVICE_H_
