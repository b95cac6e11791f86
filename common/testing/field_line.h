// These are lines of a table in the words of the field, which are those of people who work with the records.
// Oracles read them, so that they do not depend on the code.
#ifndef ACCORD_COMMON_TESTING_FIELD_LINE_H_
#define ACCORD_COMMON_TESTING_FIELD_LINE_H_

#include <google/protobuf/message.h>

#include <set>
#include <string>
#include <vector>

#include "common/access/decide.h"

namespace accord::testing {

// This is one line of the table. Lists are words separated by blanks.
struct Line {
  std::string act;
  // This is the type of record that the method changes.
  std::string kind;
  // These are groups of people, in the oracle's words.
  std::string people;
  // This says what their agency is to the record, or to the record that the new one is about. If it is empty,
  // they begin a record of their own.
  std::string parts;
  // These are the states before the change, or those of the record that a new one is about. The first word is
  // "-" if the method makes a record. "*" stands for any state.
  std::string from;
  // These are the states that may follow.
  std::string to;
  // These are the fields of the record that the method may change.
  std::string fields;
};

std::set<std::string> Words(const std::string& text);
// This says whether one of these words is in the set.
bool AnyIn(const std::string& words, const std::set<std::string>& set);
std::set<std::string> ActsOf(const std::vector<Line>& lines);
// This says whether `word` is one of these words. If there are none, or "*", every word is.
bool Among(const std::string& word, const std::string& words);
// This gives the record's state, for example `submitted`; it is empty if records of its type have no states.
std::string StateIn(const google::protobuf::Message& record);
// This gives a field that changed apart from `fields` and the etag; it is empty if there is none.
std::string OtherFields(const google::protobuf::Message& before, const google::protobuf::Message& after,
                        const std::string& fields);
// This says whether the caller is of this kind of agency, has this purpose and has one of these roles.
bool IsOf(const Caller& who, AgencyKind kind, Purpose purpose, std::initializer_list<Role> roles);

}  // namespace accord::testing

#endif  // ACCORD_COMMON_TESTING_FIELD_LINE_H_
