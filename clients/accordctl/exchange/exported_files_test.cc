// This writes files of every export, which tests/exchange/run.sh validates against the standards'
// own schemas.
#include <gmock/gmock.h>

#include <cstdlib>

#include "absl/strings/str_cat.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/yaml_parser.h"
#include "clients/accordctl/exchange/indicator_csv.h"
#include "clients/accordctl/testing/exchange_samples.h"
#include "clients/accordctl/views/supports/directory_export.h"
#include "common/base/file.h"
#include "common/testing/matchers.h"
#include "common/testing/temp_dir.h"

namespace accord::ctl {
namespace {

using testing::Must;

supports::v1::Facility AFacility(const std::string& id, bool confidential, const std::string& title) {
  supports::v1::Facility facility;
  facility.set_name("agencies/vs-ovs/facilities/" + id);
  facility.set_title(title);
  facility.set_location_kind(supports::v1::FACILITY_LOCATION_KIND_SITE);
  facility.set_confidential(confidential);
  facility.set_region("Central East");
  facility.set_telephone("1 555 0100");
  facility.set_source("the address of a person stands here");
  if (confidential) return facility;
  facility.mutable_address()->set_street("1 Public Square");
  facility.mutable_address()->set_city("Newmarket");
  facility.mutable_address()->set_postal_code("L3Y 1A1");
  return facility;
}

// This gives a directory with one partner, a house with a public address, a confidential one, and one that
// helps remotely.
Directory SampleDirectory(const std::string& title) {
  Directory directory;
  directory.day = "2026-11-24";
  directory.agencies = {{"vs-ovs", "The program"}, {"vs-york", title}};
  supports::v1::CrisisPartner partner;
  partner.set_name("agencies/vs-ovs/crisisPartners/p1");
  partner.set_partner_agency("vs-york");
  partner.add_catchment("vaughan");
  partner.add_catchment("markham");
  partner.set_phone("1 555 0199");
  partner.set_funded_from("2017-02-23");
  directory.partners = {partner};
  supports::v1::Facility afar = AFacility("afar", false, "From afar");
  afar.set_location_kind(supports::v1::FACILITY_LOCATION_KIND_REMOTE);
  afar.clear_address();
  afar.clear_telephone();
  directory.facilities = {AFacility("open", false, title), AFacility("quiet", true, "A quiet house"), afar};
  return directory;
}

// The files go into the folder that ACCORD_EXCHANGE_OUT names.
TEST(ExportedFiles, AreWrittenOfHarmlessAndOfHostileTexts) {
  const char* named = std::getenv("ACCORD_EXCHANGE_OUT");
  const testing::TempDir own;
  const std::string dir = absl::StrCat(named == nullptr ? own.path() : named, "/");
  const auto keep = [&](const std::string& name, const std::string& text) {
    ASSERT_OK(WriteFile(absl::StrCat(dir, name), text, FileKind::kPrivate)) << name;
  };
  for (const bool hostile : {false, true}) {
    const std::string kind = hostile ? "hostile-" : "";
    std::vector<strategy::v1::Envelope> envelopes = SampleEnvelopes();
    IatiInput iati = SampleIati();
    iati.undated_as_of = "2017-02-23";
    Publisher publisher = SamplePublisher();
    if (hostile) {
      envelopes[0].set_title(HostileText());
      iati.initiatives[0].set_title(HostileText());
      iati.tables[0].mutable_indicator()->set_definition(HostileText());
      iati.names["min-mol"] = publisher.names["vs-york"] = HostileText();
    }
    const AwardList awards = AwardsOfAllocations(SampleAllocations(), envelopes);
    const AwardList contributions = AwardsOfContributions(SampleContributions());
    keep(kind + "awards.json", Must(GrantsJson(awards, publisher)));
    keep(kind + "awards.csv", Must(GrantsCsv(awards, publisher)));
    keep(kind + "contributions.json", Must(GrantsJson(contributions, publisher)));
    keep(kind + "contributions.csv", Must(GrantsCsv(contributions, publisher)));
    keep(kind + "initiatives.xml", Must(IatiDocumentOf(iati)).xml);
    const std::string indicators = kind + "indicators.csv";
    keep(indicators, Must(IndicatorCsv(iati.tables)));
    keep(indicators + "-metadata.json", IndicatorCsvMetadata(indicators));
    const Json services = Must(HsdsDirectoryOf(SampleDirectory(hostile ? HostileText() : "An open house")));
    keep(kind + "directory.json", DumpJson(services, 2) + "\n");
  }
}

}  // namespace
}  // namespace accord::ctl
