#include "common/access/refusal_explanation.h"

#include <utility>

#include "google/rpc/error_details.pb.h"

namespace accord {
namespace {

constexpr char kHelpType[] = "type.googleapis.com/google.rpc.Help";

// The text follows docs/domain.md 2.4, rule 1: the platform records the notice and never replaces the
// telephone call.
constexpr char kTelephone[] =
    "If somebody may be in danger now, do not wait for the system: telephone the receiver's duty desk "
    "(accordctl duty-contacts list), and send the referral afterwards. The duty to report a child in need of "
    "protection stays: report to a society yourself.";
constexpr char kTelephoneFrench[] =
    "Si une personne peut être en danger maintenant, n'attendez pas le système : téléphonez au service de garde "
    "du destinataire (accordctl duty-contacts list) et envoyez l'aiguillage ensuite. Le devoir de signaler un "
    "enfant ayant besoin de protection demeure : faites vous-même le signalement à une société.";

}  // namespace

absl::Status ExplainRefusal(absl::Status status, const Method* method, Language language) {
  status = Localized(std::move(status), language);
  if (method == nullptr || !method->rule.telephone_duty()) return status;
  return WithTelephoneDuty(std::move(status), language);
}

absl::Status WithTelephoneDuty(absl::Status status, Language language) {
  if (status.ok() || status.GetPayload(kHelpType)) return status;
  google::rpc::Help help;
  help.add_links()->set_description(language == Language::kFrench ? kTelephoneFrench : kTelephone);
  status.SetPayload(kHelpType, absl::Cord(help.SerializeAsString()));
  return status;
}

std::string TelephoneDutyIn(const absl::Status& status) {
  google::rpc::Help help;
  const auto payload = status.GetPayload(kHelpType);
  if (!payload || !help.ParseFromString(std::string(*payload)) || help.links().empty()) return "";
  return help.links(0).description();
}

}  // namespace accord
