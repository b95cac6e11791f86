#include "services/intelligence/report_placement.h"

#include "common/access/names.h"
#include "services/intelligence/sharing/copy_store.h"

namespace accord::intelligence {

storage::Placement PlacementOf(const v1::Report& report, const std::string& bureau) {
  storage::Placement placement;
  placement.owner = OwnerOf(report.name());
  placement.state = ShortName(v1::ReportState_descriptor(), report.state());
  placement.parties = {placement.owner};
  const bool draft = report.state() == v1::REPORT_STATE_DRAFT || report.state() == v1::REPORT_STATE_RECALLED;
  if (!draft && placement.owner != bureau) placement.parties.push_back(bureau);
  const std::string at_owner = "@" + placement.owner;
  placement.fields[kHandlingField + at_owner] = ShortName(v1::Handling_descriptor(), report.handling());
  for (const auto& recipient : report.recipients()) {
    placement.fields[CopyRecipientField(recipient) + at_owner] = "yes";
  }
  return placement;
}

}  // namespace accord::intelligence
