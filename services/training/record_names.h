// These functions take the names of records apart.
#ifndef ACCORD_SERVICES_TRAINING_RECORD_NAMES_H_
#define ACCORD_SERVICES_TRAINING_RECORD_NAMES_H_

#include <string>

namespace accord::training {

// These functions give the name of the course of an offering or an enrolment, and the name of the offering of
// an enrolment.
std::string CourseNameOf(const std::string& name);

std::string OfferingNameOf(const std::string& enrolment);

// This gives the last part of a name.
std::string IdOf(const std::string& name);

}  // namespace accord::training

#endif  // ACCORD_SERVICES_TRAINING_RECORD_NAMES_H_
