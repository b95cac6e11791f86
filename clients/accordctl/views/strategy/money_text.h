// This file is about amounts of money as people read them, exact to the cent.
#ifndef ACCORD_CLIENTS_ACCORDCTL_VIEWS_STRATEGY_MONEY_TEXT_H_
#define ACCORD_CLIENTS_ACCORDCTL_VIEWS_STRATEGY_MONEY_TEXT_H_

#include <cstdint>
#include <string>

namespace accord::ctl {

// This gives `$6,650,000.00`, or in French `6 650 000,00 $` with non-breaking spaces.
std::string MoneyText(int64_t cents);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_VIEWS_STRATEGY_MONEY_TEXT_H_
