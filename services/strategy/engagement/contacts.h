// This recognises texts that say how to reach somebody.
#ifndef ACCORD_SERVICES_STRATEGY_ENGAGEMENT_CONTACTS_H_
#define ACCORD_SERVICES_STRATEGY_ENGAGEMENT_CONTACTS_H_

#include <string_view>

namespace accord::strategy {

// This tells whether a text seems to contain a telephone number, an e-mail address or the name of an account.
// Such texts mostly name a person as well.
bool HoldsContact(std::string_view text);

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_ENGAGEMENT_CONTACTS_H_
