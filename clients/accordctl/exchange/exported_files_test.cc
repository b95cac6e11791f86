// Files of every export, as tests/exchange/run.sh holds them against the schemas of others.
#include <gmock/gmock.h>

#include <cstdlib>

#include "absl/strings/str_cat.h"
#include "clients/accordctl/exchange/indicator_csv.h"
#include "clients/accordctl/testing/exchange_samples.h"
#include "common/base/file.h"
#include "common/testing/matchers.h"
#include "common/testing/temp_dir.h"

namespace accord::ctl {
namespace {

using testing::Must;

// Into the folder that ACCORD_EXCHANGE_OUT names.
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
    keep(kind + "initiatives.xml", Must(IatiOf(iati)).xml);
    const std::string indicators = kind + "indicators.csv";
    keep(indicators, Must(IndicatorCsv(iati.tables)));
    keep(indicators + "-metadata.json", IndicatorCsvMetadata(indicators));
  }
}

}  // namespace
}  // namespace accord::ctl
