// The pages are tested with these documents on paper: a referral with nothing in it, with a few things that a
// person can review, with 300 reminders, and with text that means harm. Other records have a few things each.
#ifndef ACCORD_TESTS_PAGES_DOCUMENT_SAMPLES_H_
#define ACCORD_TESTS_PAGES_DOCUMENT_SAMPLES_H_

#include <map>
#include <string>

#include "clients/accordctl/views/documents/documents.h"
#include "clients/accordctl/views/printed_cells.h"

namespace accord::ctl {

struct ReferralSample {
  protocols::v1::Referral referral;
  PrintedFor whom;
};
// This gives samples by kind: `none`, `few`, `many`, `hostile`. Reminders of the last two have words that
// only they have: `A117` and `end117`.
std::map<std::string, ReferralSample> ReferralSamples();
std::string ReferralPage(const std::string& kind);

// A worker of York reads on 2026-11-26 at 16:30 in Ontario.
PrintedFor AReader(const MaskedPaths& masked = {});
protocols::v1::Protocol AProtocol();
prosecution::v1::Accused AnAccusedOnPaper();
training::v1::CompletionCertificate ACertificate();

// Each has a few things: the protocol lacks sections, and the certificate lacks its code.
std::string ProtocolPage();
std::string ClockPage();
std::string CertificatePage();

}  // namespace accord::ctl

#endif  // ACCORD_TESTS_PAGES_DOCUMENT_SAMPLES_H_
