// This file is about the committed and the free part of an envelope, as a page.
#ifndef ACCORD_CLIENTS_ACCORDCTL_VIEWS_STRATEGY_ENVELOPE_PAGE_H_
#define ACCORD_CLIENTS_ACCORDCTL_VIEWS_STRATEGY_ENVELOPE_PAGE_H_

#include <string>

#include "clients/accordctl/views/strategy/envelope.h"

namespace accord::ctl {

// This returns the page as HTML.
std::string EnvelopePage(const EnvelopeView& view);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_VIEWS_STRATEGY_ENVELOPE_PAGE_H_
