// Lines of a field's own table, for oracles that are written from the field alone.
#ifndef ACCORD_COMMON_TESTING_FIELD_LINE_H_
#define ACCORD_COMMON_TESTING_FIELD_LINE_H_

#include <google/protobuf/message.h>

#include <set>
#include <string>
#include <vector>

#include "common/access/decide.h"

namespace accord::testing {

// Lists are of words with blanks between them.
struct Line {
  std::string act;
  // This is the type that it changes.
  std::string kind;
  // These are groups of people by the oracle's words.
  std::string people;
  // This is what their agency is to the record, or to the record that the new one is about. Empty: it begins
  // something of their own.
  std::string parts;
  // These are the states before it, or of the record that a new one is about. With "-" first it makes a
  // record, and "*" stands for any state.
  std::string from;
  // These are the states that may follow.
  std::string to;
  // This is what of the record it may change.
  std::string fields;
};

std::set<std::string> Words(const std::string& text);
// Whether one of these words is in a set.
bool AnyIn(const std::string& words, const std::set<std::string>& set);
std::set<std::string> ActsOf(const std::vector<Line>& lines);
// Says whether a word is one of these; of none, and of "*", every word is.
bool Among(const std::string& word, const std::string& words);
// `submitted`; empty for what has no states.
std::string StateIn(const google::protobuf::Message& record);
// Gives a field that changed beside these and the etag; empty if there is none.
std::string OtherFields(const google::protobuf::Message& before, const google::protobuf::Message& after,
                        const std::string& fields);
// The caller is of this kind of agency, has this purpose and one of these roles.
bool IsOf(const Caller& who, AgencyKind kind, Purpose purpose, std::initializer_list<Role> roles);

}  // namespace accord::testing

#endif  // ACCORD_COMMON_TESTING_FIELD_LINE_H_
