// This file is about the form of pages/printed.html, of which printed documents are made.
#ifndef ACCORD_CLIENTS_ACCORDCTL_VIEWS_PRINTED_FORM_H_
#define ACCORD_CLIENTS_ACCORDCTL_VIEWS_PRINTED_FORM_H_

#include <string>

#include "absl/time/time.h"
#include "clients/accordctl/views/page.h"

namespace accord::ctl {

const PageForm& PrintedForm();

// This gives the HTML of an instant in this zone.
std::string PrintedTime(absl::Time at, absl::TimeZone zone);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_VIEWS_PRINTED_FORM_H_
