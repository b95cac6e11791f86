// A day of work by accordctl alone, as the people of an agency type it, against the real processes.
#ifndef ACCORD_TESTS_E2E_DAY_H_
#define ACCORD_TESTS_E2E_DAY_H_

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/e2e/accordctl.h"
#include "tests/e2e/field.h"

namespace accord::e2e {

class Day : public Field {
 protected:
  // Everybody of the world has a context of the own agency.
  explicit Day(FieldWorld& world = FieldWorld::Shared());

  // Gives what a person types, and all that the person sees of it.
  Ran Types(const Person& who, const std::string& words) const;
  // Does the same of what has to succeed.
  std::string Does(const Person& who, const std::string& words) const;
  // What has to be refused or not to be understood; what is said of it.
  std::string Fails(const Person& who, const std::string& words) const;
  // The names that a command answers with, one a line.
  std::vector<std::string> Names(const Person& who, const std::string& words) const;
  // Gives the one name that it answers with.
  std::string Name(const Person& who, const std::string& words) const;
  // What it answers as JSON.
  nlohmann::json Reads(const Person& who, const std::string& words) const;
  // Gives a text of that answer, empty where there is none.
  std::string Text(const Person& who, const std::string& words, const std::string& field) const;
  // The fields of a record as they are typed: `--json '{"kind": "consultation"}'`. No text has an apostrophe.
  static std::string Given(const nlohmann::json& fields);
  // The same of a referral to the police, as a worker writes it.
  static std::string Letter(const std::string& protocol, const std::string& subject,
                            const std::string& urgency = "h12");
  // A minute ago, as an instant is typed.
  static std::string AMinuteAgo();
  std::string Path(const std::string& file) const { return world_.stack_.directory().path(file); }
  // Gives the administrator of the office, at its console.
  static const Person& Console();

  const Accordctl ctl_{world_.stack_};

 private:
  Ran Prints(const Person& who, const std::string& words) const;
};

}  // namespace accord::e2e

#endif  // ACCORD_TESTS_E2E_DAY_H_
