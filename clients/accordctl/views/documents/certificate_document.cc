#include "absl/strings/str_cat.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/views/documents/documents.h"
#include "clients/accordctl/views/printed_cells.h"
#include "common/access/names.h"

namespace accord::ctl {
namespace {

using training::v1::CompletionCertificate;

PrintedPart CompletionOf(const CompletionCertificate& certificate, const PrintedCells& cells) {
  return FactsPart(
      "completion", Text("The completion"),
      {{Text("Course"), cells.Said("", certificate.course_title())},
       {Text("Version of the course"), absl::StrCat(certificate.course_version())},
       {Text("Given by"), cells.Agency(OwnerOf(certificate.name()))},
       {Text("Learner"), cells.Said("", certificate.learner())},
       {Text("Employer"), cells.Agency(certificate.learner_agency())},
       {Text("Completed on"), cells.Day("", certificate.issued_on())},
       {Text("Last day of validity"), cells.Day("", certificate.expires_on())},
       {Text("State"),
        PrintedCells::Mark(WordOf(training::v1::CertificateStatus_descriptor(), certificate.status()))},
       {Text("Why it was revoked"), cells.Said("revocation_reason", certificate.revocation_reason())}});
}

PrintedPart ProofOf(const CompletionCertificate& certificate, const PrintedCells& cells) {
  PrintedPart part = FactsPart(
      "proof", Text("How it is verified"),
      {{Text("Serial number"), cells.Code("", certificate.serial())},
       {Text("Verification code"), cells.Code("verification_code", certificate.verification_code())},
       {Text("SHA-256 of the certificate"), cells.Code("", certificate.digest())}});
  part.note = Text(
      "Whoever holds the serial number and the code asks Accord whether the certificate is valid today.");
  return part;
}

}  // namespace

PrintedDocument CertificateDocument(const CompletionCertificate& certificate, const PrintedFor& whom) {
  const PrintedCells cells(&whom);
  PrintedDocument document{.title = Text("Record of a training certificate"), .name = certificate.name()};
  AddPart(CompletionOf(certificate, cells), &document);
  AddPart(ProofOf(certificate, cells), &document);
  return document;
}

}  // namespace accord::ctl
