#include "services/training/record_names.h"

namespace accord::training {
namespace {

std::string NameUntil(const std::string& name, const std::string& collection) {
  return name.substr(0, name.find("/" + collection + "/"));
}

}  // namespace

std::string CourseNameOf(const std::string& name) { return NameUntil(name, "offerings"); }

std::string OfferingNameOf(const std::string& enrolment) { return NameUntil(enrolment, "enrolments"); }

std::string IdOf(const std::string& name) { return name.substr(name.rfind('/') + 1); }

}  // namespace accord::training
