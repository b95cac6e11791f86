#include "accord/client/settings.h"

#include <gmock/gmock.h>

#include <fstream>

#include "accord/client/errors.h"
#include "common/testing/temp_dir.h"

namespace accord::client {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr char kWhole[] =
    R"("address": "localhost:7400", "ca_file": "ca.crt", "certificate_file": "a.crt", "key_file": "a.key")";

class ReadSettings : public ::testing::Test {
 protected:
  std::string Written(const std::string& text) {
    std::ofstream(folder_.path("accord.json")) << text;
    return folder_.path("accord.json");
  }
  // This gives what is said of a file that must not be taken.
  std::string FaultOf(const std::string& file) {
    try {
      LoadSettings(file, {}, {});
      return "nothing was wrong";
    } catch (const SettingsError& error) {
      return error.what();
    }
  }
  std::string FaultOfText(const std::string& more) {
    return FaultOf(Written("{" + std::string(kWhole) + more + "}"));
  }

  accord::testing::TempDir folder_;
  const Values whole_ = {{"address", "localhost:7400"},
                         {"ca_file", "ca.crt"},
                         {"certificate_file", "a.crt"},
                         {"key_file", "a.key"}};
};

TEST_F(ReadSettings, TakesNamesOfFilesAsRelativeToTheFilesFolder) {
  const std::string file = Written(
      R"({"address": "a:1", "ca_file": "ca.crt", "certificate_file": "a.crt", "key_file": "/keys/a.key"})");
  const Settings found = LoadSettings(file, {}, {});
  EXPECT_EQ(found.ca_file, folder_.path("ca.crt"));
  EXPECT_EQ(found.key_file, "/keys/a.key");
}

TEST_F(ReadSettings, PutsWhatIsGivenBeforeTheEnvironmentAndThatBeforeTheFile) {
  const std::string file =
      Written("{" + std::string(kWhole) +
              R"(, "actor": "of-file", "purpose": "of-file", "language": "fr", "timeout": 2.5})");
  const Settings found = LoadSettings(file, {{"purpose", "given"}},
                                      {{"actor", "of-environment"}, {"purpose", "of-environment"}});
  EXPECT_EQ(found.actor, "of-environment");
  EXPECT_EQ(found.purpose, "given");
  EXPECT_EQ(found.language, "fr");
  EXPECT_EQ(found.timeout, Seconds(2.5));
  EXPECT_EQ(found.patience, Seconds(60));
}

TEST_F(ReadSettings, NeedsNothingButTheEnvironmentWhichMayNameTheFile) {
  Values environment = whole_;
  environment["patience"] = "2.5";
  EXPECT_EQ(LoadSettings("", {}, environment).patience, Seconds(2.5));
  const std::string file = Written("{" + std::string(kWhole) + "}");
  EXPECT_EQ(LoadSettings("", {}, {{"file", file}}).address, "localhost:7400");
}

TEST_F(ReadSettings, ReadsTheEnvironmentOfTheProcess) {
  ASSERT_EQ(setenv("ACCORD_CERTIFICATE_FILE", "b.crt", 1), 0);
  ASSERT_EQ(setenv("ACCORD_CLIENT_FILE", "c.json", 1), 0);
  ASSERT_EQ(setenv("ACCORD_LANGUAGE", "", 1), 0);
  const Values found = Environment();
  for (const char* name : {"ACCORD_CERTIFICATE_FILE", "ACCORD_CLIENT_FILE", "ACCORD_LANGUAGE"})
    unsetenv(name);
  EXPECT_EQ(found.at("certificate_file"), "b.crt");
  EXPECT_EQ(found.at("file"), "c.json");
  EXPECT_FALSE(found.contains("language"));
}

TEST_F(ReadSettings, TakesSeveralAddresses) {
  Values values = whole_;
  values["address"] = "one:1, two:2,three:3";
  EXPECT_THAT(LoadSettings("", values, {}).Addresses(), ElementsAre("one:1", "two:2", "three:3"));
  values["address"] = " , ";
  EXPECT_THROW(LoadSettings("", values, {}), SettingsError);
}

TEST_F(ReadSettings, RefusesWhateverIsWrongByItsName) {
  EXPECT_THAT(FaultOfText(R"(, "port": "x")"), HasSubstr("no setting port"));
  EXPECT_THAT(FaultOfText(R"(, "timeout": 0)"), HasSubstr("timeout is not a number"));
  EXPECT_THAT(FaultOfText(R"(, "patience": true)"), HasSubstr("patience is not a number"));
  EXPECT_THAT(FaultOfText(R"(, "patience": "soon")"), HasSubstr("patience is not a number"));
  EXPECT_THAT(FaultOfText(R"(, "patience": -1)"), HasSubstr("patience is not a number"));
  EXPECT_THAT(FaultOfText(R"(, "actor": 7)"), HasSubstr("actor is not a text"));
  EXPECT_THAT(
      FaultOf(Written(R"({"address": "a:1", "ca_file": "a", "certificate_file": "a", "key_file": ""})")),
      HasSubstr("key_file is missing"));
  EXPECT_THAT(FaultOf(Written("{")), HasSubstr("is not JSON"));
  EXPECT_THAT(FaultOf(Written("[]")), HasSubstr("is not an object"));
  EXPECT_THAT(FaultOf("/nowhere/accord.json"), HasSubstr("cannot be read"));
}

}  // namespace
}  // namespace accord::client
