#include "services/strategy/lifecycles.h"

namespace accord::strategy {

using namespace v1;

const Lifecycle& InitiativeLifecycle() {
  static const Lifecycle table(InitiativeState_descriptor(),
                               {
                                   {INITIATIVE_STATE_PLANNED, "start", INITIATIVE_STATE_UNDERWAY},
                                   {INITIATIVE_STATE_DELAYED, "start", INITIATIVE_STATE_UNDERWAY},
                                   {INITIATIVE_STATE_UNDERWAY, "delay", INITIATIVE_STATE_DELAYED},
                                   {INITIATIVE_STATE_DELIVERED, "continue", INITIATIVE_STATE_ONGOING},
                                   {INITIATIVE_STATE_UNDERWAY, kMeetMilestone, INITIATIVE_STATE_UNDERWAY},
                                   {INITIATIVE_STATE_DELAYED, kMeetMilestone, INITIATIVE_STATE_DELAYED},
                                   {INITIATIVE_STATE_DELIVERED, kMeetMilestone, INITIATIVE_STATE_DELIVERED},
                                   {INITIATIVE_STATE_ONGOING, kMeetMilestone, INITIATIVE_STATE_ONGOING},
                                   {INITIATIVE_STATE_UNDERWAY, kReportDelivery, INITIATIVE_STATE_UNDERWAY},
                                   {INITIATIVE_STATE_UNDERWAY, kDeliver, INITIATIVE_STATE_DELIVERED},
                                   {INITIATIVE_STATE_PLANNED, kEnd, INITIATIVE_STATE_ENDED},
                                   {INITIATIVE_STATE_UNDERWAY, kEnd, INITIATIVE_STATE_ENDED},
                                   {INITIATIVE_STATE_DELIVERED, kEnd, INITIATIVE_STATE_ENDED},
                                   {INITIATIVE_STATE_ONGOING, kEnd, INITIATIVE_STATE_ENDED},
                                   {INITIATIVE_STATE_DELAYED, kEnd, INITIATIVE_STATE_ENDED},
                               });
  return table;
}

const Lifecycle& LegislativeLifecycle() {
  static const Lifecycle table(
      LegislativeState_descriptor(),
      {
          {LEGISLATIVE_STATE_INTRODUCED, "pass", LEGISLATIVE_STATE_PASSED},
          {LEGISLATIVE_STATE_INTRODUCED, "lapse", LEGISLATIVE_STATE_LAPSED},
          {LEGISLATIVE_STATE_PASSED, kAssent, LEGISLATIVE_STATE_ASSENTED},
          {LEGISLATIVE_STATE_ASSENTED, kCommence, LEGISLATIVE_STATE_PART_IN_FORCE},
          {LEGISLATIVE_STATE_ASSENTED, kCommenceLast, LEGISLATIVE_STATE_IN_FORCE},
          {LEGISLATIVE_STATE_PART_IN_FORCE, kCommence, LEGISLATIVE_STATE_PART_IN_FORCE},
          {LEGISLATIVE_STATE_PART_IN_FORCE, kCommenceLast, LEGISLATIVE_STATE_IN_FORCE},
          {LEGISLATIVE_STATE_PART_IN_FORCE, kRepeal, LEGISLATIVE_STATE_PART_IN_FORCE},
          {LEGISLATIVE_STATE_PART_IN_FORCE, kRepealLast, LEGISLATIVE_STATE_REPEALED},
          {LEGISLATIVE_STATE_IN_FORCE, kRepeal, LEGISLATIVE_STATE_PART_IN_FORCE},
          {LEGISLATIVE_STATE_IN_FORCE, kRepealLast, LEGISLATIVE_STATE_REPEALED},
      });
  return table;
}

}  // namespace accord::strategy
