#include "services/training/certificates/completion_certificate_service.h"

#include <functional>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/access/names.h"
#include "common/base/clock.h"
#include "common/base/digest.h"
#include "common/base/encoding.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/base/months.h"
#include "common/host/calls/derived.h"
#include "common/storage/records/list_shown.h"
#include "common/storage/records/schedule.h"
#include "services/training/certificates/certificate_store.h"
#include "services/training/completions/completion_store.h"
#include "services/training/learner_access.h"
#include "services/training/lifecycles.h"
#include "services/training/placements.h"
#include "services/training/record_names.h"

namespace accord::training {
namespace {

using Certificate = v1::CompletionCertificate;

storage::Placement CertificatePlacement(const Certificate& certificate) {
  return LearnerPlacement(certificate.name(),
                          ShortName(v1::CertificateStatus_descriptor(), certificate.status()),
                          certificate.learner_agency(), certificate.learner());
}

bool IsCertificateHidden(const Caller& caller, const Certificate& certificate) {
  return IsLearnerHidden(caller, Staff::kRegistrars, certificate.name(), certificate.learner_agency(),
                         certificate.learner());
}

// This gives 64 random bits in a form that people can type: four groups of four characters.
std::string NewVerificationCode() {
  const std::string hex = absl::AsciiStrToUpper(Hex(RandomBytes(8)));
  return absl::StrJoin({hex.substr(0, 4), hex.substr(4, 4), hex.substr(8, 4), hex.substr(12, 4)}, "-");
}

}  // namespace

std::string CertificateDigestText(const Certificate& certificate) {
  return absl::StrJoin({certificate.serial(), certificate.course(),
                        absl::StrCat(certificate.course_version()), certificate.learner_agency(),
                        certificate.learner(), certificate.issued_on(), certificate.expires_on()},
                       "\n");
}

void CompletionCertificateService::Register(host::Handlers* handlers) {
  using S = CompletionCertificateService;
  host::Derived<Certificate> derived(handlers, "accord.training.v1.CertificateService",
                                     std::bind_front(&S::AddNextDue, this));
  derived.Bind(this, &S::Issue, &S::Revoke, &S::Get, &S::List, &S::Verify);
}

absl::Status CompletionCertificateService::AddNextDue(host::Call& call, Tx& tx, Certificate* certificate) {
  certificate->clear_next_due();
  // The answer has the status of now, which the calendar may not have stored yet.
  const auto status = StatusOn(*certificate, call.now());
  certificate->set_status(status);
  if (status != v1::CERTIFICATE_STATUS_EXPIRING && status != v1::CERTIFICATE_STATUS_EXPIRED) {
    return absl::OkStatus();
  }
  ACCORD_ASSIGN_OR_RETURN(const std::string last,
                          LastCompletion(tx, {OwnerOf(certificate->course()), IdOf(certificate->course()),
                                              certificate->learner_agency(), certificate->learner(), "", 0}));
  // A learner who has completed the course again needs no renewal of this certificate.
  if (last > certificate->issued_on()) return absl::OkStatus();
  *certificate->mutable_next_due() = ToProto(EndOfDay(*ParseDay(certificate->expires_on())));
  return absl::OkStatus();
}

v1::CertificateStatus CompletionCertificateService::StatusOn(const Certificate& certificate,
                                                             absl::Time now) const {
  if (certificate.status() == v1::CERTIFICATE_STATUS_REVOKED) return certificate.status();
  if (certificate.expires_on().empty()) return v1::CERTIFICATE_STATUS_VALID;
  const absl::CivilDay today = OntarioDay(now), last = *ParseDay(certificate.expires_on());
  if (today > last) return v1::CERTIFICATE_STATUS_EXPIRED;
  return today >= last - rules_->recert_alert_days() ? v1::CERTIFICATE_STATUS_EXPIRING
                                                     : v1::CERTIFICATE_STATUS_VALID;
}

absl::Status CompletionCertificateService::ScheduleStatusChange(Tx& tx, const Certificate& certificate,
                                                                absl::Time now) {
  std::optional<absl::Time> at;
  if (!certificate.expires_on().empty()) {
    const absl::CivilDay last = *ParseDay(certificate.expires_on());
    const auto status = StatusOn(certificate, now);
    if (status == v1::CERTIFICATE_STATUS_VALID) at = EndOfDay(last - rules_->recert_alert_days() - 1);
    if (status == v1::CERTIFICATE_STATUS_EXPIRING) at = EndOfDay(last);
  }
  return storage::Schedule(tx, "certificate", certificate.name(), at);
}

CompletionCertificateService::Result CompletionCertificateService::Issue(
    host::Call& call, Tx& tx, const storage::Write& write,
    const v1::IssueCompletionCertificateRequest& request) {
  v1::Enrolment enrolment;
  ACCORD_RETURN_IF_ERROR(enrolments_.Get(tx, request.enrolment(), call.caller().agency, &enrolment));
  ACCORD_RETURN_IF_ERROR(CheckNotOwnRecord(call.caller(), enrolment.learner_agency(), enrolment.learner()));
  if (enrolment.state() != v1::ENROLMENT_STATE_COMPLETED) {
    return Refuse(rules::kNotCompleted, "The enrolment is not completed.");
  }
  v1::Offering offering;
  ACCORD_RETURN_IF_ERROR(offerings_.GetAny(tx, OfferingNameOf(enrolment.name()), &offering));
  Certificate certificate;
  // An enrolment has one certificate, since a second one finds the name taken.
  certificate.set_name(
      absl::StrCat("agencies/", call.caller().agency, "/completionCertificates/", IdOf(enrolment.name())));
  certificate.set_serial(absl::AsciiStrToUpper(NewId(call.now())));
  certificate.set_verification_code(NewVerificationCode());
  certificate.set_enrolment(enrolment.name());
  certificate.set_course(CourseNameOf(enrolment.name()));
  certificate.set_course_title(offering.course().title());
  certificate.set_course_version(enrolment.course_version());
  certificate.set_learner_agency(enrolment.learner_agency());
  certificate.set_learner(enrolment.learner());
  certificate.set_issued_on(enrolment.completed_on());
  if (offering.course().has_recert_months()) {
    certificate.set_expires_on(
        FormatDay(MonthsAfter(*ParseDay(enrolment.completed_on()), offering.course().recert_months())));
  }
  certificate.set_digest(Hex(Sha256(CertificateDigestText(certificate))));
  certificate.set_status(StatusOn(certificate, call.now()));
  ACCORD_RETURN_IF_ERROR(certificates_.Insert(tx, &certificate, write, CertificatePlacement(certificate)));
  ACCORD_RETURN_IF_ERROR(PutCertificateSerial(tx, certificate.serial(), certificate.name()));
  ACCORD_RETURN_IF_ERROR(ScheduleStatusChange(tx, certificate, call.now()));
  return certificate;
}

CompletionCertificateService::Result CompletionCertificateService::Revoke(
    host::Call& call, Tx& tx, const storage::Write& write,
    const v1::RevokeCompletionCertificateRequest& request) {
  Certificate certificate;
  ACCORD_RETURN_IF_ERROR(certificates_.Get(tx, request.name(), call.caller().agency, &certificate));
  ACCORD_ASSIGN_OR_RETURN(const int next,
                          CompletionCertificateLifecycle().Next(certificate.status(), "revoke"));
  certificate.set_status(static_cast<v1::CertificateStatus>(next));
  certificate.set_revocation_reason(request.reason());
  // The completion no longer counts either, not even as a prerequisite.
  ACCORD_RETURN_IF_ERROR(RemoveCompletion(
      tx, {OwnerOf(certificate.course()), IdOf(certificate.course()), certificate.learner_agency(),
           certificate.learner(), certificate.issued_on(), 0}));
  ACCORD_RETURN_IF_ERROR(
      certificates_.Update(tx, &certificate, request.etag(), write, CertificatePlacement(certificate)));
  ACCORD_RETURN_IF_ERROR(ScheduleStatusChange(tx, certificate, call.now()));
  return certificate;
}

CompletionCertificateService::Result CompletionCertificateService::Get(
    host::Call& call, Tx& tx, const v1::GetCompletionCertificateRequest& request) {
  Certificate certificate;
  ACCORD_RETURN_IF_ERROR(certificates_.Get(
      tx, request.name(), LearnerRecordViewerOf(call.caller(), Staff::kRegistrars), &certificate));
  if (IsCertificateHidden(call.caller(), certificate)) return NotFound();
  return certificate;
}

absl::StatusOr<v1::ListCompletionCertificatesResponse> CompletionCertificateService::List(
    host::Call& call, Tx& tx, const v1::ListCompletionCertificatesRequest& request) {
  storage::ListQuery query{LearnerRecordViewerOf(call.caller(), Staff::kRegistrars),
                           {},
                           request.page_size(),
                           request.page_token(),
                           ""};
  const bool all = request.status() == v1::CERTIFICATE_STATUS_UNSPECIFIED;
  if (!all) {
    query.filters.emplace_back("state", ShortName(v1::CertificateStatus_descriptor(), request.status()));
  }
  ACCORD_ASSIGN_OR_RETURN(const bool any,
                          LeaveOutHiddenLearners(tx, call.caller(), Staff::kRegistrars, "certificate",
                                                 request.learner_agency(), request.learner(), &query));
  if (!any) return v1::ListCompletionCertificatesResponse();
  if (all) {
    return certificates_.ListInto(tx, query,
                                  &v1::ListCompletionCertificatesResponse::mutable_completion_certificates);
  }
  // The stored status may be out of date until the calendar has updated it.
  return storage::ListShown(certificates_, tx, query,
                            &v1::ListCompletionCertificatesResponse::mutable_completion_certificates,
                            [&](const Certificate* each) -> absl::StatusOr<bool> {
                              return StatusOn(*each, call.now()) == request.status();
                            });
}

absl::StatusOr<v1::VerifyCompletionCertificateResponse> CompletionCertificateService::Verify(
    host::Call& call, Tx& tx, const v1::VerifyCompletionCertificateRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(const std::string name, CertificateOfSerial(tx, request.serial()));
  Certificate certificate;
  if (name.empty() || !certificates_.GetAny(tx, name, &certificate).ok()) return NotFound();
  // Hashes are compared, so that the duration of the comparison reveals nothing about the code.
  if (Sha256(certificate.verification_code()) != Sha256(absl::AsciiStrToUpper(request.verification_code()))) {
    return NotFound();
  }
  v1::VerifyCompletionCertificateResponse response;
  response.set_status(StatusOn(certificate, call.now()));
  response.set_course_title(certificate.course_title());
  response.set_course_version(certificate.course_version());
  response.set_issued_on(certificate.issued_on());
  response.set_expires_on(certificate.expires_on());
  return response;
}

absl::Status CompletionCertificateService::PassTime(Tx& tx, const std::string& name, absl::Time now) {
  Certificate certificate;
  ACCORD_RETURN_IF_ERROR(certificates_.GetAny(tx, name, &certificate));
  if (const auto status = StatusOn(certificate, now); status != certificate.status()) {
    certificate.set_status(status);
    const std::string etag = certificate.etag();
    const storage::Write write{"platform", "calendar", NewId(now), now};
    ACCORD_RETURN_IF_ERROR(
        certificates_.Update(tx, &certificate, etag, write, CertificatePlacement(certificate)));
  }
  return ScheduleStatusChange(tx, certificate, now);
}

}  // namespace accord::training
