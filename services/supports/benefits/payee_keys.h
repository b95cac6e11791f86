// These keys recognise two payees as the same one, however their names are written.
#ifndef ACCORD_SERVICES_SUPPORTS_BENEFITS_PAYEE_KEYS_H_
#define ACCORD_SERVICES_SUPPORTS_BENEFITS_PAYEE_KEYS_H_

#include <string>

#include "accord/supports/v1/benefit_resources.pb.h"

namespace accord::supports {

// These keys identify a payee, however its name is written. Rows that were stored until 2026-11-28 have the
// key `before`.
struct PayeeKeys {
  std::string now, before;
};

// This gives the keys of a payee, which is a provider or the survivor.
PayeeKeys PayeeKeysOf(const v1::Payee& payee);

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_BENEFITS_PAYEE_KEYS_H_
