// This file has a function that says whether a list has a value.
#ifndef ACCORD_SERVICES_INTELLIGENCE_CONTAINS_H_
#define ACCORD_SERVICES_INTELLIGENCE_CONTAINS_H_

namespace accord::intelligence {

template <class List, class Value>
bool Contains(const List& list, const Value& value) {
  for (const auto& each : list) {
    if (each == value) return true;
  }
  return false;
}

}  // namespace accord::intelligence

#endif  // ACCORD_SERVICES_INTELLIGENCE_CONTAINS_H_
