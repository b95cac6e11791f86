// The parts of the names of records.
#ifndef ACCORD_SERVICES_TRAINING_RECORD_NAMES_H_
#define ACCORD_SERVICES_TRAINING_RECORD_NAMES_H_

#include <string>

namespace accord::training {

// Gives the course that an offering or an enrolment is of, and the offering of an enrolment.
std::string CourseNameOf(const std::string& name);

std::string OfferingNameOf(const std::string& enrolment);

// Gives the last part of a name.
std::string IdOf(const std::string& name);

}  // namespace accord::training

#endif  // ACCORD_SERVICES_TRAINING_RECORD_NAMES_H_
