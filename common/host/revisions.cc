#include "common/host/revisions.h"

#include <algorithm>

#include "accord/host/v1/revisions.pb.h"

namespace accord::host {

void RegisterRevisions(const std::string& package, Handlers* handlers) {
  handlers->Read<v1::ListRevisionKeysRequest, v1::ListRevisionKeysResponse>(
      "/" + package + ".RevisionService/ListRevisionKeys",
      [](Call& call, storage::Transaction& tx,
         const v1::ListRevisionKeysRequest& request) -> absl::StatusOr<v1::ListRevisionKeysResponse> {
        if (request.page_size() < 0) return RefuseFields({{"page_size", "must not be negative"}});
        const int size = request.page_size() == 0 ? 50 : std::min(request.page_size(), 1000);
        ACCORD_ASSIGN_OR_RETURN(const auto keys,
                                storage::RevisionKeysAfter(tx, request.after_sequence(), size));
        v1::ListRevisionKeysResponse response;
        for (const auto& key : keys) {
          auto* out = response.add_revisions();
          out->set_sequence(key.seq);
          *out->mutable_time() = ToProto(key.at);
          out->set_agency(key.agency);
          out->set_actor(key.actor);
          out->set_request_id(key.request_id);
          out->set_name(key.name);
          out->set_version(key.version);
          // People who read names are told to the owners. The log's own comparison is recorded as a call, and
          // names nobody's records to anybody: told as disclosures it would bury those that are.
          if (call.caller().kind != annotations::v1::AGENCY_KIND_PLATFORM_SERVICE) call.Disclose(key.name);
        }
        return response;
      });
}

}  // namespace accord::host
