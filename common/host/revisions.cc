#include "common/host/revisions.h"

#include <algorithm>

#include "accord/host/v1/revisions.pb.h"

namespace accord::host {

void RegisterRevisions(const std::string& package, Handlers* handlers) {
  handlers->Read<v1::ListRevisionKeysRequest, v1::ListRevisionKeysResponse>(
      "/" + package + ".RevisionService/ListRevisionKeys",
      [](Call&, storage::Transaction& tx,
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
        }
        return response;
      });
}

}  // namespace accord::host
