"""This module has a small contract and the code of its handlers, with which tests check what the reference makes of
each declaration."""

PROTO = """syntax = "proto3";

package accord.a.v1;

import "accord/annotations/v1/access.proto";
import "accord/annotations/v1/fields.proto";
import "accord/annotations/v1/vocabulary.proto";
import "google/protobuf/timestamp.proto";

// Keeps things.
service ThingService {
  option (accord.annotations.v1.audience) = {
    name: "workers"
    grants: {
      kinds: AGENCY_KIND_POLICE_SERVICE
      roles: ROLE_POLICE_MEMBER
      roles: ROLE_POLICE_CHIEF
      purposes: PURPOSE_INTELLIGENCE
      classes: SENSITIVE_CLASS_SOURCE
    }
  };
  // Close a thing, unless it is <open>; by MASK_INVALID it is refused at times.
  rpc CloseThing(CloseThingRequest) returns (Thing) {
    option (accord.annotations.v1.access) = {
      permission: "a.things.close"
      audience: "workers"
      mutates: true
      part: {any: PART_RAISER any: PART_ASKED}
      max_request_bytes: 2048
    };
  }
  // Look at everything, as a process of Accord.
  rpc WatchThings(CloseThingRequest) returns (stream Thing) {
    option (accord.annotations.v1.access) = {permission: "a.things.watch" peers: "gateway"};
  }
}
// It says how a thing stands.
enum State {
  // Nobody has said.
  STATE_UNSPECIFIED = 0;
  // It is open.
  STATE_OPEN = 1;
}
// It is what is kept.
message Thing {
  // It says where it stands.
  State state = 1 [(accord.annotations.v1.rule) = {output_only: true}];
  // These are texts by language | or none.
  map<string, string> texts = 2;
  // It is a code of the list.
  string code = 3 [
    (accord.annotations.v1.rule) = {required: true sensitive: SENSITIVE_CLASS_SOURCE max: 64},
    (accord.annotations.v1.vocabulary) = {words: "accord.a.v1.State"},
    (accord.annotations.v1.listed) = LIST_USE_ORDER
  ];
  // It is where it is, said in one of two ways.
  oneof place {
    // It is a day.
    string day = 4 [(accord.annotations.v1.rule) = {form: STRING_FORM_DATE}];
    // It is an instant.
    google.protobuf.Timestamp time = 5;
  }
  // It is a number, if somebody knows it.
  optional int32 number = 6;
}
// It says which thing is closed.
message CloseThingRequest {
  // It is the name.
  string name = 1 [(accord.annotations.v1.rule) = {form: STRING_FORM_RESOURCE_NAME}];
  // It is the version.
  string etag = 2;
  // It is the state from which on.
  State since = 3;
  // It is the thing as it shall be.
  Thing thing = 4;
}
"""
HANDLERS = """namespace accord::a {

absl::Status CheckMask(const Mask& mask) {
  return Refuse(rules::kMaskInvalid, "No.");
}

ThingService::Result ThingService::Close(host::Call& call, Tx& tx, const Write& write,
                                         const v1::CloseThingRequest& request) {
  ACCORD_RETURN_IF_ERROR(CheckMask(request.mask()));
  ACCORD_ASSIGN_OR_RETURN(const int next, ThingLifecycle().Next(thing.state(), "close"));
  ACCORD_RETURN_IF_ERROR(room_->Room(tx));
  return things_.Update(tx, &thing);
}

ThingService::Result ThingService::Update(host::Call& call, Tx& tx, const Write& write,
                                          const v1::UpdateThingRequest& request) {
  return Refuse(rules::kReasonRequired, "No.");
}

absl::Status RoomService::Room(Tx& tx) const {
  return Refuse(rules::kRecordFull, "No.");
}

}  // namespace accord::a
"""
TEXTS = {"service accord.a.v1.ThingService": "Keeps things.", "rpc accord.a.v1.ThingService.CloseThing": "Close a thing",
         "enum accord.a.v1.State": "It says how a thing stands.", "value accord.a.v1.State.STATE_OPEN": "It is open.",
         "message accord.a.v1.Thing": "It is what is kept.", "field accord.a.v1.Thing.state": "It says where it stands.",
         "oneof accord.a.v1.Thing.place": "It is where it is", "field accord.a.v1.Thing.number": "It is a number"}
