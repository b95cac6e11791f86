#include "services/prosecution/cases/next_court_day.h"

namespace accord::prosecution {

std::string NextCourtDay(const v1::Accused& accused) {
  std::string latest, next;
  for (const auto& appearance : accused.appearances()) {
    if (appearance.on() < latest) continue;
    latest = appearance.on();
    next = appearance.next_on();
  }
  return next;
}

}  // namespace accord::prosecution
