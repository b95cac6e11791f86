#include "services/supports/team.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/field_refusal.h"

namespace accord::supports {
namespace {

// A worker, or those who oversee the workers of an agency, as viewers of storage::Placement.
std::string WorkerKey(const std::string& agency, const std::string& worker) {
  return absl::StrCat("#worker/", agency, "/", worker);
}
std::string OverseerKey(const std::string& agency) { return absl::StrCat("#overseers/", agency); }

bool IsNumber(const std::string& text) {
  constexpr int kShortest = 3;
  int digits = 0;
  for (const char c : text) {
    if (absl::ascii_isdigit(static_cast<unsigned char>(c))) {
      ++digits;
    } else if (std::string_view(" +-().x").find(c) == std::string_view::npos) {
      return false;
    }
  }
  return digits >= kShortest;
}

bool IsMailAddress(const std::string& text) {
  const auto at = text.find('@');
  return at != std::string::npos && at > 0 && at + 1 < text.size() && text.rfind('@') == at &&
         std::none_of(text.begin(), text.end(),
                      [](char c) { return absl::ascii_isspace(static_cast<unsigned char>(c)); });
}

}  // namespace

std::string CaseOf(const std::string& name) {
  // Below a case stand the collection and the id of what is in it.
  return name.substr(0, name.rfind('/', name.rfind('/') - 1));
}

bool IsWorkerOf(const Caller& caller, const v1::SupportCase& item) {
  return OwnerOf(item.name()) == caller.agency &&
         std::find(item.workers().begin(), item.workers().end(), caller.actor) != item.workers().end();
}

bool IsOverseer(const Caller& caller) {
  return caller.Has(annotations::v1::ROLE_VS_MANAGER) || caller.Has(annotations::v1::ROLE_PRIVACY_OFFICER);
}

std::string WorkerViewerOf(const Caller& caller) { return WorkerKey(caller.agency, caller.actor); }

std::string CaseViewerOf(const Caller& caller) {
  return IsOverseer(caller) ? OverseerKey(caller.agency) : WorkerViewerOf(caller);
}

storage::Placement PlacementOf(const v1::SupportCase& item) {
  storage::Placement placement;
  placement.owner = OwnerOf(item.name());
  placement.state = ShortName(v1::SupportCaseState_descriptor(), item.state());
  // The agency sees that the case exists, so that a repeated request can be checked against what its caller
  // reads now. The handlers ask who works in the case.
  placement.parties = {placement.owner, OverseerKey(placement.owner)};
  for (const auto& worker : item.workers()) placement.parties.push_back(WorkerKey(placement.owner, worker));
  return placement;
}

absl::Status ReadCase(const Caller& caller, storage::Transaction& tx, storage::Resources* cases,
                      const std::string& name, v1::SupportCase* out) {
  v1::SupportCase found;
  ACCORD_RETURN_IF_ERROR(cases->GetAny(tx, name, &found));
  const bool oversees = OwnerOf(name) == caller.agency && IsOverseer(caller);
  if (!oversees && !IsWorkerOf(caller, found)) return NotFound();
  *out = std::move(found);
  return absl::OkStatus();
}

absl::Status ReadCaseAsWorker(const Caller& caller, storage::Transaction& tx, storage::Resources* cases,
                              const std::string& name, v1::SupportCase* out) {
  v1::SupportCase found;
  ACCORD_RETURN_IF_ERROR(cases->GetAny(tx, name, &found));
  if (!IsWorkerOf(caller, found)) return NotFound();
  *out = std::move(found);
  return absl::OkStatus();
}

void WithholdAll(host::Call* call) {
  for (int each = 1; annotations::v1::SensitiveClass_IsValid(each); ++each) {
    call->Withhold(static_cast<annotations::v1::SensitiveClass>(each));
  }
}

void WithholdFromOthers(const v1::SupportCase& item, host::Call* call) {
  if (!IsWorkerOf(call->caller(), item)) WithholdAll(call);
}

absl::Status CheckNotInFuture(const std::string& field, const std::string& day, absl::Time now) {
  return CheckDayHasCome(field, day, OntarioDay(now));
}

absl::Status CheckContact(const std::string& field, const v1::SafeContact& contact) {
  const std::string reach = field + ".reach";
  switch (contact.channel()) {
    case v1::CONTACT_CHANNEL_PHONE:
    case v1::CONTACT_CHANNEL_TEXT_MESSAGE:
      if (IsNumber(contact.reach())) return absl::OkStatus();
      return RefuseFields({{reach, "must be a number, of digits, spaces and +-().x alone"}});
    case v1::CONTACT_CHANNEL_EMAIL:
      if (IsMailAddress(contact.reach())) return absl::OkStatus();
      return RefuseFields({{reach, "must be an electronic address, with one @ and no space"}});
    default:
      if (contact.reach().empty()) return absl::OkStatus();
      return RefuseFields({{reach, "must be empty for this channel"}});
  }
}

}  // namespace accord::supports
