// A person's open work, and the calls that hand it over to another person. Each record is one call
// and so one transaction, which the log and the feeds report like every other.
#ifndef ACCORD_CLIENTS_ACCORDCTL_VIEWS_OPERATIONS_HANDOVER_H_
#define ACCORD_CLIENTS_ACCORDCTL_VIEWS_OPERATIONS_HANDOVER_H_

#include <string>
#include <vector>

#include "accord/prosecution/v1/resources.pb.h"
#include "accord/protocols/v1/inspector_referral_service.pb.h"
#include "accord/protocols/v1/joint_investigation_service.pb.h"
#include "accord/protocols/v1/resources.pb.h"
#include "accord/training/v1/resources.pb.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/message_json.h"

namespace accord::ctl {

struct Handover {
  // Both people are of this agency.
  std::string agency;
  std::string from;
  // This is empty if the work goes back to the supervisor.
  std::string to;
};

// This is one record, and the command that hands it over.
struct OpenWork {
  // The kind is, for example, `referral`.
  std::string kind;
  std::string name;
  std::string state;
  std::string verb, noun;
  Json request;
  // This is the result, in the session's language.
  std::string outcome;
};

// This adds the record if the person works on it and it is open.
void AddOpenWork(const Handover& handover, const protocols::v1::Referral& referral,
                 std::vector<OpenWork>* work);
void AddOpenWork(const Handover& handover, const protocols::v1::InspectorReferral& referral,
                 std::vector<OpenWork>* work);
void AddOpenWork(const Handover& handover, const protocols::v1::JointInvestigation& joint,
                 std::vector<OpenWork>* work);
void AddOpenWork(const Handover& handover, const prosecution::v1::Case& of, std::vector<OpenWork>* work);
void AddOpenWork(const Handover& handover, const training::v1::Offering& offering,
                 std::vector<OpenWork>* work);

// This gives a request id that depends on the content: handing the same version of a record over to the same
// person again is the same request, and runs once.
std::string RequestIdOf(const Handover& handover, const std::string& name, const std::string& etag);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_VIEWS_OPERATIONS_HANDOVER_H_
