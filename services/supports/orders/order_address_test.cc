// These tests show that no order says where a survivor lives: they plant a canary address in each text of
// each request about orders, and in the case, and no record, answer or table has it afterwards.
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "accord/annotations/v1/fields.pb.h"
#include "common/access/method.h"
#include "common/testing/walk.h"
#include "services/supports/testing/orders_fixture.h"

namespace accord::supports {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kOrderCanary[] = "17 Canary Street, Apt. 9, M4C 1B5";
constexpr const char* kOrderServices[] = {"accord.supports.v1.OrderLookupService",
                                          "accord.supports.v1.RestrainingOrderService"};

using FieldPath = std::vector<const FieldDescriptor*>;

// This tells whether a field is a free text that the service stores or searches for. Other forms have no room
// for an address, and fields that are only compared are never stored.
bool IsFreeTextOfOrders(const FieldDescriptor& field) {
  static const std::set<std::string> compared = {"etag", "event", "page_token"};
  const auto& rule = field.options().GetExtension(annotations::v1::rule);
  return field.type() == FieldDescriptor::TYPE_STRING && !compared.contains(field.name()) &&
         rule.form() == annotations::v1::STRING_FORM_UNSPECIFIED;
}

void AddFreeTexts(const Descriptor& type, const FieldPath& above, std::vector<FieldPath>* texts) {
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor* field = type.field(i);
    if (field->options().GetExtension(annotations::v1::rule).output_only()) continue;
    FieldPath path = above;
    path.push_back(field);
    const Descriptor* inner = field->message_type();
    if (inner != nullptr && inner->file()->package() == type.file()->package()) {
      AddFreeTexts(*inner, path, texts);
    }
    if (IsFreeTextOfOrders(*field)) texts->push_back(path);
  }
}

void Plant(Message* message, const FieldPath& path) {
  for (std::size_t i = 0; i + 1 < path.size(); ++i) {
    const auto* reflection = message->GetReflection();
    const FieldDescriptor* field = path[i];
    if (!field->is_repeated()) {
      message = reflection->MutableMessage(message, field);
    } else if (reflection->FieldSize(*message, field) == 0) {
      message = reflection->AddMessage(message, field);
    } else {
      message = reflection->MutableRepeatedMessage(message, field, 0);
    }
  }
  const FieldDescriptor* text = path.back();
  if (text->is_repeated()) {
    message->GetReflection()->AddString(message, text, kOrderCanary);
  } else {
    message->GetReflection()->SetString(message, text, kOrderCanary);
  }
}

void AddFieldNames(const Descriptor& type, std::set<const Descriptor*>* seen, std::set<std::string>* names) {
  if (!absl::StartsWith(type.full_name(), "accord.") || !seen->insert(&type).second) return;
  for (int i = 0; i < type.field_count(); ++i) {
    names->insert(type.field(i)->name());
    const Descriptor* inner = type.field(i)->message_type();
    if (inner != nullptr) AddFieldNames(*inner, seen, names);
  }
}

std::vector<Method> MethodsOfOrders() {
  std::vector<Method> methods;
  for (const char* service : kOrderServices) {
    const auto found = *MethodsOf(service);
    methods.insert(methods.end(), found.begin(), found.end());
  }
  return methods;
}

class OrderAddresses : public OrdersFixture {
 protected:
  // This adds a request that would be carried out, by the name of its message.
  template <class Request>
  void Keep(Request request, const v1::RestrainingOrder* about = nullptr) {
    if constexpr (requires { request.set_etag(""); }) {
      request.set_name(about->name());
      request.set_etag(about->etag());
    }
    sound_[Request::descriptor()->name()] = std::make_unique<Request>(request);
  }
  std::string Everything() {
    std::string all = StoredWithoutKey();
    for (const char* rows : {"name || value from visible", "tag from order_tag", "name from resource"}) {
      const auto found = Must(in_process_.database().Read(
          [&](storage::Transaction& tx) { return tx.Query<std::string>(absl::StrCat("select ", rows)); }));
      for (const auto& [text] : found) absl::StrAppend(&all, text, "\n");
    }
    return all;
  }

  std::map<std::string, std::unique_ptr<Message>> sound_;
};

TEST_F(OrderAddresses, AreRefusedInEachTextOfEachRequest) {
  const v1::RestrainingOrder made = Made();
  const v1::RestrainingOrder filed = FiledOn("2026-11-20");
  v1::PrepareRestrainingOrderRequest prepare;
  prepare.set_support_case(made.support_case());
  *prepare.mutable_restraining_order() = NewOrder();
  Keep(prepare);
  v1::CorrectRestrainingOrderRequest correct;
  *correct.mutable_respondent() = NewOrder().respondent();
  Keep(correct, &made);
  v1::GrantRestrainingOrderRequest grant = GrantOf("2026-11-20", "2027-11-20");
  grant.set_court_file_no("26-2");
  Keep(grant, &filed);
  Keep(ServiceOf(v1::SERVED_DOCUMENT_ORDER, "2026-11-20"), &made);
  v1::VaryRestrainingOrderRequest vary;
  vary.set_made_on("2026-11-20");
  vary.add_conditions()->set_kind(v1::ORDER_CONDITION_KIND_NO_CONTACT);
  Keep(vary, &made);
  v1::AppealRestrainingOrderRequest appeal;
  appeal.set_court(v1::APPEAL_COURT_SUPERIOR_COURT);
  appeal.set_filed_on("2026-11-20");
  Keep(appeal, &made);
  v1::CreateOrderLookupRequest look_up = ByName(kRespondent);
  look_up.set_parent("agencies/ps-york");
  Keep(look_up);

  int planted = 0;
  for (const Method& method : MethodsOfOrders()) {
    std::vector<FieldPath> texts;
    AddFreeTexts(*method.descriptor->input_type(), {}, &texts);
    if (texts.empty()) continue;
    const auto sound = sound_.find(method.descriptor->input_type()->name());
    ASSERT_NE(sound, sound_.end()) << method.path << " takes a text and is not tried here";
    const bool by_police = absl::StrContains(method.path, "OrderLookupService");
    for (const FieldPath& path : texts) {
      const std::unique_ptr<Message> request(sound->second->New());
      request->CopyFrom(*sound->second);
      Plant(request.get(), path);
      testing::SetText(request.get(), "request_id", RequestId());
      const auto reply =
          in_process_.CallBytes(method.path, by_police ? police_ : worker_, request->SerializeAsString());
      EXPECT_EQ(RuleOf(reply.status()), "ADDRESS_IN_TEXT") << method.path << " " << path.back()->full_name();
      EXPECT_THAT(std::string(reply.status().message()), Not(HasSubstr("Canary")));
      ++planted;
    }
  }
  EXPECT_GE(planted, 12);
  EXPECT_THAT(Everything(), Not(HasSubstr("Canary")));
  // Without the address each request is carried out, or is at least not refused for an address.
  for (const Method& method : MethodsOfOrders()) {
    const auto sound = sound_.find(method.descriptor->input_type()->name());
    if (sound == sound_.end()) continue;
    testing::SetText(sound->second.get(), "request_id", RequestId());
    const bool by_police = absl::StrContains(method.path, "OrderLookupService");
    const auto reply =
        in_process_.CallBytes(method.path, by_police ? police_ : worker_, sound->second->SerializeAsString());
    EXPECT_TRUE(reply.ok() || RuleOf(reply.status()) == "ETAG_MISMATCH") << method.path << reply.status();
  }
}

TEST_F(OrderAddresses, HaveAFieldInNoMessage) {
  std::set<const Descriptor*> seen;
  std::set<std::string> names;
  for (const Method& method : MethodsOfOrders()) {
    AddFieldNames(*method.descriptor->input_type(), &seen, &names);
    AddFieldNames(*method.descriptor->output_type(), &seen, &names);
  }
  EXPECT_GT(names.size(), 50u);
  for (const std::string& name : names) {
    for (const char* part : {"address", "street", "postal", "residence", "contact"}) {
      EXPECT_FALSE(absl::StrContains(name, part)) << name;
    }
  }
}

// The words are stored in a case directly, as an older version may have done. Only the workers of the case
// read them there.
TEST_F(OrderAddresses, ThatACaseHoldsReachNobodyByAnOrder) {
  v1::SupportCase of;
  of.set_name("agencies/vs-york/supportCases/canary");
  of.set_program(v1::SUPPORT_PROGRAM_VCAO);
  of.set_state(v1::SUPPORT_CASE_STATE_OPEN);
  of.add_workers("worker");
  of.set_subject_ref(kOrderCanary);
  of.set_needs(kOrderCanary);
  of.set_safety(kOrderCanary);
  of.mutable_safe_contact()->set_channel(v1::CONTACT_CHANNEL_PHONE);
  of.mutable_safe_contact()->set_reach(kOrderCanary);
  testing::Store(&in_process_, "support_case", &of, {"vs-york", "open", {"vs-york"}, {}});
  v1::RestrainingOrder order;
  ASSERT_EQ(Prepare(of, NewOrder(), &order), "");
  ASSERT_EQ(Advance(&order, "file", "2026-11-24"), "");
  ASSERT_EQ(Move(worker_, &order, GrantOf("2026-11-24", "2027-11-24")), "");
  v1::EntrustRestrainingOrderRequest entrust;
  entrust.set_serving_agency("ps-york");
  ASSERT_EQ(Move(worker_, &order, entrust), "");

  namespace a = annotations::v1;
  const std::vector<testing::Tries> readers = {
      {"vs-york", a::AGENCY_KIND_VICTIM_SERVICES, "worker", a::ROLE_VS_WORKER},
      {"vs-york", a::AGENCY_KIND_VICTIM_SERVICES, "colleague", a::ROLE_VS_WORKER},
      {"vs-york", a::AGENCY_KIND_VICTIM_SERVICES, "manager", a::ROLE_VS_MANAGER},
      {"vs-durham", a::AGENCY_KIND_VICTIM_SERVICES, "receiver", a::ROLE_VS_WORKER},
      {"ps-york", a::AGENCY_KIND_POLICE_SERVICE, "constable", a::ROLE_POLICE_MEMBER},
      {"ps-peel", a::AGENCY_KIND_POLICE_SERVICE, "sergeant", a::ROLE_POLICE_SUPERVISOR}};
  int answered = 0;
  for (const Method& method : MethodsOfOrders()) {
    if (method.rule.mutates()) continue;
    for (const testing::Tries& reader : readers) {
      const auto caller = testing::Granted(method, reader);
      if (!caller.has_value()) continue;
      const std::unique_ptr<Message> request = testing::RequiredOnly(method);
      for (const char* field : {"name", "restraining_order"}) {
        if (request->GetDescriptor()->FindFieldByName(field) == nullptr) continue;
        testing::SetText(request.get(), field, order.name());
      }
      const auto reply = in_process_.CallBytes(method.path, *caller, request->SerializeAsString());
      if (!reply.ok()) continue;
      ++answered;
      EXPECT_THAT(reply->response, Not(HasSubstr("Canary"))) << method.path << " by " << reader.actor;
    }
  }
  EXPECT_GT(answered, 6);
  ASSERT_EQ(Serve(worker_, &order, "2026-11-24"), "");
  v1::OrderLookup found;
  ASSERT_EQ(LookUp(police_, ByName(kRespondent), &found), "");
  ASSERT_EQ(found.matches_size(), 1);
  EXPECT_THAT(found.SerializeAsString(), Not(HasSubstr("Canary")));
  EXPECT_THAT(Everything(), Not(HasSubstr("Canary")));
}

}  // namespace
}  // namespace accord::supports
