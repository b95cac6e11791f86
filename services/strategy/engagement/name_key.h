// The name of an organisation as it is compared.
#ifndef ACCORD_SERVICES_STRATEGY_ENGAGEMENT_NAME_KEY_H_
#define ACCORD_SERVICES_STRATEGY_ENGAGEMENT_NAME_KEY_H_

#include <string>
#include <string_view>

namespace accord::strategy {

// Without regard to case, accents and punctuation, so that `Native Women's Centre` is `NATIVE WOMENS CENTRE`.
// It is empty if nothing is left. Letters of other scripts stay as they are.
std::string NameKey(std::string_view title);

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_ENGAGEMENT_NAME_KEY_H_
