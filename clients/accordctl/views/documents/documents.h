// This file is about printed documents of records, from what their reader may read.
#ifndef ACCORD_CLIENTS_ACCORDCTL_VIEWS_DOCUMENTS_DOCUMENTS_H_
#define ACCORD_CLIENTS_ACCORDCTL_VIEWS_DOCUMENTS_DOCUMENTS_H_

#include "accord/prosecution/v1/resources.pb.h"
#include "accord/protocols/v1/resources.pb.h"
#include "accord/training/v1/resources.pb.h"
#include "clients/accordctl/views/printed_cells.h"
#include "clients/accordctl/views/printed_page.h"

namespace accord::ctl {

// This gives the subject, the reporter's beliefs, the clocks, the decisions and the reminders of a referral.
PrintedDocument ReferralDocument(const protocols::v1::Referral& referral, const PrintedFor& whom);
// This gives the text as far as its reader may read it, the digest that signatures bind to, and who signed
// which text.
PrintedDocument ProtocolDocument(const protocols::v1::Protocol& protocol, const PrintedFor& whom);
// This gives how long the accused has waited for the end of the trial, in the three views, with every delay
// and stage.
PrintedDocument ClockDocument(const prosecution::v1::Accused& accused, const PrintedFor& whom);
// This gives the record of a certificate. `accordctl print-certificate` makes the one to hang up.
PrintedDocument CertificateDocument(const training::v1::CompletionCertificate& certificate,
                                    const PrintedFor& whom);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_VIEWS_DOCUMENTS_DOCUMENTS_H_
