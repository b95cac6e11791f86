// This is a day of work by accordctl alone, as the people of an agency type it, against the real processes.
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
  // Everybody of the world has a context of his or her own agency.
  explicit Day(FieldWorld& world = FieldWorld::Shared());

  // This types a command as a person does, and gives all that the person sees of it.
  Ran Types(const Person& who, const std::string& words) const;
  // This does the same with a command that must succeed.
  std::string Does(const Person& who, const std::string& words) const;
  // This types a command that must be refused or not understood, and gives what is said of it.
  std::string Fails(const Person& who, const std::string& words) const;
  // This gives the names that a command answers with, one on each line.
  std::vector<std::string> Names(const Person& who, const std::string& words) const;
  // This gives the one name that a command answers with.
  std::string Name(const Person& who, const std::string& words) const;
  // This gives what a command answers, as JSON.
  nlohmann::json Reads(const Person& who, const std::string& words) const;
  // This gives a text of that answer; it is empty where there is none.
  std::string Text(const Person& who, const std::string& words, const std::string& field) const;
  // This gives the fields of a record as they are typed: `--json '{"kind": "consultation"}'`. No text has
  // an apostrophe.
  static std::string Given(const nlohmann::json& fields);
  // This gives the fields of a referral to the police in the same form, as a worker writes it.
  static std::string Letter(const std::string& protocol, const std::string& subject,
                            const std::string& urgency = "h12");
  // This gives the instant a minute ago, as it is typed.
  static std::string AMinuteAgo();
  std::string Path(const std::string& file) const { return world_.stack_.directory().path(file); }
  // This gives the administrator of the office, at its console.
  static const Person& Console();

  const Accordctl ctl_{world_.stack_};

 private:
  Ran Prints(const Person& who, const std::string& words) const;
};

}  // namespace accord::e2e

#endif  // ACCORD_TESTS_E2E_DAY_H_
