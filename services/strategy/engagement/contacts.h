// Texts that say how to reach somebody.
#ifndef ACCORD_SERVICES_STRATEGY_ENGAGEMENT_CONTACTS_H_
#define ACCORD_SERVICES_STRATEGY_ENGAGEMENT_CONTACTS_H_

#include <string_view>

namespace accord::strategy {

// Whether a text has in it what looks like a telephone number, an address of electronic mail or the name of
// an account: beside them mostly stands whose they are.
bool HoldsContact(std::string_view text);

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_ENGAGEMENT_CONTACTS_H_
