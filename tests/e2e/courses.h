// This is a course as the college offers it, for tests that are about what follows from one.
#ifndef ACCORD_TESTS_E2E_COURSES_H_
#define ACCORD_TESTS_E2E_COURSES_H_

#include <string>

#include "accord/training/v1/course_service.pb.h"

namespace accord::e2e {

// This gives a request without its request_id, for a classroom course that asks for four fifths
// of attendance.
inline training::v1::CreateCourseRequest NewCourse(
    const std::string& id, const std::string& agency = "pc-opc",
    training::v1::CourseOwner owner = training::v1::COURSE_OWNER_OPC) {
  training::v1::CreateCourseRequest request;
  request.set_parent("agencies/" + agency);
  request.mutable_course()->set_course_id(id);
  request.mutable_course()->set_owner(owner);
  request.mutable_course()->set_title("Recognising trafficking");
  request.mutable_course()->set_mode(training::v1::COURSE_MODE_CLASSROOM);
  request.mutable_course()->set_min_attendance(80);
  return request;
}

}  // namespace accord::e2e

#endif  // ACCORD_TESTS_E2E_COURSES_H_
