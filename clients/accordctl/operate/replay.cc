#include "clients/accordctl/operate/replay.h"

#include <iostream>
#include <map>
#include <optional>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "clients/accordctl/audit/logged_changes.h"
#include "clients/accordctl/operate/replay_registry.h"
#include "common/access/method.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/storage/backup/closed_records.h"
#include "common/storage/backup/contents.h"
#include "common/storage/backup/not_in_use.h"
#include "common/storage/backup/restoration.h"
#include "common/storage/backup/stored_versions.h"

namespace accord::ctl {
namespace {

using storage::StoredVersion;
using storage::Transaction;
using Changes = std::map<std::string, LoggedChange>;

constexpr int kPage = 1000;
// Changes that a service makes by itself, when a clock runs out, have no record in the log. Up
// to this many missing versions in a row are skipped, so that an end of access after them is
// still found.
constexpr int64_t kUntold = 64;

// This is a record whose newest version only the log knows.
struct Behind {
  StoredVersion newest;
  // This is what was done to it since, oldest first.
  std::vector<std::string> methods;
  int64_t changes = 0;
};

// This calls `fn(versions)` for every page of what `read` lists.
template <class Read, class Fn>
absl::Status ForVersionsToReplay(storage::Database* database, Read read, Fn fn) {
  StoredVersion after;
  for (;;) {
    ACCORD_ASSIGN_OR_RETURN(const auto page,
                            database->Read([&](Transaction& tx) { return read(tx, after, kPage); }));
    for (const auto& each : page) fn(each);
    if (static_cast<int>(page.size()) < kPage) return absl::OkStatus();
    after = page.back();
  }
}

// This gives the records that are behind the log. It removes from `changes` what the database has and what
// is given.
absl::StatusOr<std::vector<Behind>> RecordsToReplay(storage::Database* database, const std::string& service,
                                                    Changes* changes) {
  ACCORD_RETURN_IF_ERROR(ForVersionsToReplay(
      database, storage::RevisionsAfter,
      [&](const StoredVersion& held) { changes->erase(RevisionDigest(service, held.name, held.version)); }));
  std::vector<Behind> behind;
  ACCORD_RETURN_IF_ERROR(ForVersionsToReplay(database, storage::StoredAfter, [&](const StoredVersion& held) {
    Behind each{held, {}, 0};
    for (int64_t version = held.version + 1; !changes->empty() && version <= each.newest.version + kUntold;
         ++version) {
      const auto next = changes->find(RevisionDigest(service, held.name, version));
      if (next == changes->end()) continue;
      each.newest.version = version;
      each.methods.push_back(next->second.method);
      ++each.changes;
      changes->erase(next);
    }
    if (each.changes > 0) behind.push_back(std::move(each));
  }));
  return behind;
}

// This gives the first of a record's methods that ends an access, or that the log does not name.
std::optional<std::string> EndOfAccessIn(const Behind& behind) {
  for (const std::string& method : behind.methods) {
    if (method.empty() || MethodsThatEndAccess().contains(method)) return method;
  }
  return std::nullopt;
}

enum class Outcome { kGoesOn, kEndedAgain, kClosed };

absl::StatusOr<Outcome> ReplayRecord(storage::Database* database, const std::string& service,
                                     const Behind& behind, absl::Time now) {
  return database->Transact([&](Transaction& tx) -> absl::StatusOr<Outcome> {
    bool ended = false;
    if (service == "registry") {
      ACCORD_ASSIGN_OR_RETURN(ended, EndAccessAgain(tx, behind.newest, behind.methods, now));
    }
    ACCORD_RETURN_IF_ERROR(storage::SkipVersions(tx, service, behind.newest));
    if (ended) return Outcome::kEndedAgain;
    const auto end = EndOfAccessIn(behind);
    if (!end) return Outcome::kGoesOn;
    ACCORD_RETURN_IF_ERROR(storage::CloseRecord(tx, behind.newest.kind, behind.newest.name, *end, now));
    return Outcome::kClosed;
  });
}

std::string ReplayedRecordText(const Behind& behind) {
  std::string methods;
  for (const std::string& method : behind.methods) {
    const std::string verb = method.empty() ? "not known" : method.substr(method.rfind('/') + 1);
    absl::StrAppend(&methods, methods.empty() ? "" : ", ", verb);
  }
  return absl::StrCat(behind.newest.name, " (", methods, ")");
}

// Counts by method the changes in the log about which the database has nothing, such
// as `CreateActor 2`.
std::string UnreplayedChangesText(const Changes& changes, const std::string& service, int64_t* count) {
  std::map<std::string, int64_t> verbs;
  for (const auto& [digest, change] : changes) {
    if (ServiceInPath(change.method) != service) continue;
    ++verbs[change.method.substr(change.method.rfind('/') + 1)];
    ++*count;
  }
  std::string told;
  for (const auto& [verb, times] : verbs) {
    absl::StrAppend(&told, told.empty() ? "" : ", ", verb, " ", times);
  }
  return told.empty() ? "" : absl::StrCat(" (", told, ")");
}

absl::Status ReplayService(const ServiceFile& service, storage::Database* log, int64_t from) {
  const std::string& name = service.host.name();
  ACCORD_ASSIGN_OR_RETURN(Changes changes, LoggedChangesAfter(log, name, from));
  ACCORD_ASSIGN_OR_RETURN(const std::string dsn, OwnersDatabaseOfService(service));
  ACCORD_ASSIGN_OR_RETURN(const auto database, storage::Database::Open({dsn, 1}));
  ACCORD_ASSIGN_OR_RETURN(const auto behind, RecordsToReplay(database.get(), name, &changes));
  int64_t count = 0, gone = 0;
  const absl::Time now = absl::Now();
  for (const Behind& each : behind) {
    count += each.changes;
    ACCORD_ASSIGN_OR_RETURN(const Outcome outcome, ReplayRecord(database.get(), name, each, now));
    std::cout << name << ": "
              << (outcome == Outcome::kClosed       ? "closed until confirmed: "
                  : outcome == Outcome::kEndedAgain ? "ended again: "
                                                    : "older than the log knows it: ")
              << ReplayedRecordText(each) << "\n";
  }
  const std::string told = UnreplayedChangesText(changes, name, &gone);
  std::cout << name << ": the log is " << count + gone << " changes ahead, " << gone
            << " of them of records that are not there" << told << std::endl;
  return database->Transact([&](Transaction& tx) -> absl::Status {
    if (name == "registry") ACCORD_RETURN_IF_ERROR(BeginReplayedRegistryEpoch(tx));
    return storage::MarkReplayed(tx);
  });
}

// This gives the entry from which to replay a service; it is nullopt if it does not wait for that.
absl::StatusOr<std::optional<int64_t>> ReplayStartOf(const ServiceFile& service,
                                                     const ReplayOptions& options) {
  if (service.host.name() == "audit") return std::nullopt;
  ACCORD_ASSIGN_OR_RETURN(const std::string dsn, OwnersDatabaseOfService(service));
  const auto contents = storage::ContentsOf(dsn);
  if (absl::IsNotFound(contents.status()) || (contents.ok() && contents->schema == 0)) return std::nullopt;
  ACCORD_RETURN_IF_ERROR(contents.status());
  const bool whole = options.whole.contains(service.host.name());
  if (whole) {
    // A service that was restored by other means may be running already.
    ACCORD_ASSIGN_OR_RETURN(const std::string serving, DatabaseOfService(service));
    ACCORD_RETURN_IF_ERROR(storage::CheckNotInUse(serving));
  }
  ACCORD_ASSIGN_OR_RETURN(const auto database, storage::Database::Open({dsn, 1}));
  if (whole) {
    ACCORD_RETURN_IF_ERROR(
        database->Transact([&](Transaction& tx) { return storage::MarkRestored(tx, 0, absl::Now()); }));
  }
  ACCORD_ASSIGN_OR_RETURN(const auto state, database->Read(storage::RestorationOf));
  if (state.replayed) return std::nullopt;
  return state.log_from;
}

// This calls `fn(service, database)` for every service with a database.
template <class Fn>
absl::Status ForDatabasesToReplay(const Deployment& deployment, Fn fn) {
  for (const ServiceFile& service : deployment.services) {
    ACCORD_ASSIGN_OR_RETURN(const std::string dsn, OwnersDatabaseOfService(service));
    if (absl::IsNotFound(storage::ContentsOf(dsn).status())) continue;
    ACCORD_ASSIGN_OR_RETURN(const auto database, storage::Database::Open({dsn, 1}));
    ACCORD_RETURN_IF_ERROR(fn(service, database.get()));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status Replay(const Deployment& deployment, const ReplayOptions& options) {
  const ServiceFile* audit = deployment.Find("audit");
  if (audit == nullptr) {
    return absl::FailedPreconditionError("name the configuration of the audit: its log knows what ended");
  }
  ACCORD_ASSIGN_OR_RETURN(const std::string dsn, OwnersDatabaseOfService(*audit));
  ACCORD_RETURN_IF_ERROR(storage::ContentsOf(dsn).status());
  ACCORD_ASSIGN_OR_RETURN(const auto log, storage::Database::Open({dsn, 1}));
  for (const ServiceFile& service : deployment.services) {
    ACCORD_ASSIGN_OR_RETURN(const auto from, ReplayStartOf(service, options));
    if (from) ACCORD_RETURN_IF_ERROR(ReplayService(service, log.get(), *from));
  }
  return absl::OkStatus();
}

absl::Status ConfirmRecord(const Deployment& deployment, const std::string& name) {
  bool confirmed = false;
  ACCORD_RETURN_IF_ERROR(
      ForDatabasesToReplay(deployment, [&](const ServiceFile& service, storage::Database* database) {
        const absl::Status reopened =
            database->Transact([&](Transaction& tx) { return storage::ReopenRecord(tx, name); });
        if (absl::IsNotFound(reopened)) return absl::OkStatus();
        if (reopened.ok()) std::cout << service.host.name() << ": " << name << " is open again" << std::endl;
        confirmed = confirmed || reopened.ok();
        return reopened;
      }));
  return confirmed ? absl::OkStatus() : absl::NotFoundError(absl::StrCat("no service has closed ", name));
}

absl::Status ListClosed(const Deployment& deployment) {
  return ForDatabasesToReplay(
      deployment, [](const ServiceFile& service, storage::Database* database) -> absl::Status {
        ACCORD_ASSIGN_OR_RETURN(const auto closed, database->Read(storage::ClosedRecords));
        for (const auto& each : closed) {
          std::cout << service.host.name() << ": " << each.name << " is closed ("
                    << (each.method.empty() ? "not known" : each.method.substr(each.method.rfind('/') + 1))
                    << ")" << std::endl;
        }
        return absl::OkStatus();
      });
}

// Creating a consent changes an older record only if the new consent replaces it.
const std::set<std::string>& MethodsThatEndAccess() {
  static const auto& methods =
      *new std::set<std::string>{"/accord.intelligence.v1.DeconflictionService/CloseLodgement",
                                 "/accord.intelligence.v1.MembershipService/SetMembershipCategory",
                                 "/accord.intelligence.v1.ProductService/SanitiseProduct",
                                 "/accord.intelligence.v1.ProductService/WithdrawProduct",
                                 "/accord.intelligence.v1.ProductService/WithdrawProductAgreement",
                                 "/accord.intelligence.v1.PurgeService/ConfirmReportPurge",
                                 "/accord.intelligence.v1.ReportService/GradeReport",
                                 "/accord.intelligence.v1.ReportService/RecallReport",
                                 "/accord.intelligence.v1.ReportService/SetReportHandling",
                                 "/accord.prosecution.v1.CaseService/AssignCrown",
                                 "/accord.prosecution.v1.CaseService/DeclareCaseConflict",
                                 "/accord.prosecution.v1.CaseService/RecordPublicationBan",
                                 "/accord.prosecution.v1.CaseService/ReplaceCrown",
                                 "/accord.prosecution.v1.LinkService/RevokeLinkToken",
                                 "/accord.prosecution.v1.LinkService/WithdrawLinkToken",
                                 "/accord.protocols.v1.AttachmentService/DiscardAttachment",
                                 "/accord.protocols.v1.EmergencyAccessService/EndEmergencyAccess",
                                 "/accord.protocols.v1.JointInvestigationService/ConcludeJointInvestigation",
                                 "/accord.protocols.v1.ProtocolService/TerminateProtocol",
                                 "/accord.protocols.v1.ProtocolService/WithdrawProtocol",
                                 "/accord.protocols.v1.ReferralService/CorrectReferral",
                                 "/accord.protocols.v1.ReferralService/DeleteReferralFilter",
                                 "/accord.protocols.v1.ReferralService/RecordReferralVoluntaryAgreement",
                                 "/accord.protocols.v1.ReferralService/RecordReferralYouthRecord",
                                 "/accord.protocols.v1.ReferralService/RedirectReferral",
                                 "/accord.protocols.v1.ReferralService/RejectReferral",
                                 "/accord.protocols.v1.ReferralService/RevokeReferral",
                                 "/accord.registry.v1.AccessReviewService/SignAccessReview",
                                 "/accord.registry.v1.RegistryAdminService/DisableActor",
                                 "/accord.registry.v1.RegistryAdminService/RevokeCertificate",
                                 "/accord.registry.v1.RegistryAdminService/SuspendSystem",
                                 "/accord.registry.v1.RegistryAdminService/UpdateActor",
                                 "/accord.registry.v1.RegistryAdminService/UpdateAgency",
                                 "/accord.strategy.v1.IndicatorService/WithdrawDataAuthorisation",
                                 "/accord.supports.v1.ConsentService/CreateConsent",
                                 "/accord.supports.v1.ConsentService/WithdrawConsent",
                                 "/accord.supports.v1.CrisisReferralService/WithdrawCrisisReferral",
                                 "/accord.supports.v1.FacilityService/ConcealFacility",
                                 "/accord.supports.v1.RestrainingOrderService/AdvanceRestrainingOrder",
                                 "/accord.supports.v1.RestrainingOrderService/EntrustRestrainingOrder",
                                 "/accord.supports.v1.SupportCaseService/RemoveSupportCaseWorker",
                                 "/accord.supports.v1.SupportReferralService/WithdrawSupportReferral",
                                 "/accord.training.v1.CertificateService/RevokeCompletionCertificate",
                                 "/accord.training.v1.OfferingService/WithdrawEnrolment"};
  return methods;
}

}  // namespace accord::ctl
