// These tests plant an address wherever anybody can write, and search for it wherever anybody can read: in
// every answer and every refusal of every RPC, and in everything that is stored.
#include <google/protobuf/message.h>

#include <map>
#include <memory>
#include <set>

#include "absl/strings/match.h"
#include "accord/annotations/v1/fields.pb.h"
#include "common/access/record_names.h"
#include "common/access/service_files.h"
#include "common/testing/random_request.h"
#include "common/testing/walk_request.h"
#include "services/supports/testing/orders_fixture.h"

namespace accord::supports {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kCanary[] = "12 Canary Street, Newmarket L3Y 1A1";
constexpr char kTrace[] = "Canary";
// Only this message may have an address, which belongs to a facility that is not confidential.
constexpr char kPublicAddress[] = "accord.supports.v1.FacilityAddress";

// This adds the paths of the free texts that a caller can write into such a message.
void AddTexts(const Descriptor& type, const std::string& prefix, int deep, std::set<std::string>* paths) {
  if (type.full_name() == kPublicAddress || deep > 3) return;
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    const auto& rule = field.options().GetExtension(annotations::v1::rule);
    if (rule.output_only()) continue;
    const std::string path = prefix + field.name();
    if (field.message_type() != nullptr) {
      const bool inside =
          !field.is_repeated() && absl::StartsWith(field.message_type()->full_name(), "accord.");
      if (inside) AddTexts(*field.message_type(), path + ".", deep + 1, paths);
    } else if (field.type() == FieldDescriptor::TYPE_STRING &&
               rule.form() == annotations::v1::STRING_FORM_UNSPECIFIED) {
      paths->insert(path);
    }
  }
}

class Canary : public OrdersFixture {
 protected:
  Canary() {
    for (const auto* file : ServiceFiles()) {
      if (file->package() != "accord.supports.v1") continue;
      AddPrototypes(*file);
      for (int i = 0; i < file->dependency_count(); ++i) AddPrototypes(*file->dependency(i));
    }
    people_ = {
        {"vs-york", kSupport, "worker", annotations::v1::ROLE_VS_WORKER},
        {"vs-york", kSupport, "manager", annotations::v1::ROLE_VS_MANAGER},
        {"vs-york", kSupport, "privacy", annotations::v1::ROLE_PRIVACY_OFFICER},
        {"vs-durham", kSupport, "receiver", annotations::v1::ROLE_VS_WORKER},
        {"vs-ovs", kSupport, "program", annotations::v1::ROLE_OVS_PROGRAM},
        {"min-mag", annotations::v1::AGENCY_KIND_MINISTRY, "payer", annotations::v1::ROLE_FINANCE_OFFICER},
        {"ps-york", annotations::v1::AGENCY_KIND_POLICE_SERVICE, "member",
         annotations::v1::ROLE_POLICE_MEMBER},
        {"co-pahtco", annotations::v1::AGENCY_KIND_COORDINATION_OFFICE, "staff",
         annotations::v1::ROLE_OFFICE_STAFF}};
  }

  void AddPrototypes(const google::protobuf::FileDescriptor& file) {
    for (int i = 0; i < file.message_type_count(); ++i) {
      const Descriptor* type = file.message_type(i);
      const std::string kind = type->options().GetExtension(annotations::v1::resource).singular();
      if (file.package() == "accord.supports.v1" && !kind.empty()) types_[kind] = type;
    }
  }
  // This gives every stored record, unsealed, by its name.
  std::map<std::string, std::unique_ptr<Message>> Stored() {
    std::map<std::string, std::unique_ptr<Message>> stored;
    const auto rows = Must(in_process_.database().Read([](storage::Transaction& tx) {
      return tx.Query<std::string, std::string>("select kind, name from resource");
    }));
    for (const auto& row : rows) {
      const std::string &kind = std::get<0>(row), &name = std::get<1>(row);
      const auto type = types_.find(kind);
      if (type == types_.end()) {
        ADD_FAILURE() << "nobody knows what a " << kind << " is";
        continue;
      }
      std::unique_ptr<Message> record(
          google::protobuf::MessageFactory::generated_factory()->GetPrototype(type->second)->New());
      storage::Resources resources(kind, &in_process_.page_tokens());
      EXPECT_OK(in_process_.database().Read(
          [&](storage::Transaction& tx) { return resources.GetAny(tx, name, record.get()); }));
      stored[name] = std::move(record);
    }
    return stored;
  }
  // Plants one record of each kind that a request can make.
  void PlantRecords() {
    const v1::SupportCase item = Opened();
    v1::Consent consent = Given(item, ToRefer());
    Sent(consent);
    v1::CreateSupportDisclosureRequest told;
    told.set_parent(item.name());
    told.mutable_support_disclosure()->set_basis(v1::DISCLOSURE_BASIS_COURT_ORDER);
    told.mutable_support_disclosure()->set_authority_ref("s. 278.5");
    told.mutable_support_disclosure()->set_what("the records");
    told.mutable_support_disclosure()->set_to_whom("the judge");
    told.mutable_support_disclosure()->set_disclosed_on("2026-11-24");
    Must(Call<v1::SupportDisclosure>(worker_, told));
    v1::PlanSurvivorNoticeRequest notice;
    notice.set_support_case(item.name());
    notice.set_due_on("2026-12-01");
    Must(Call<v1::SurvivorNotice>(worker_, notice));
    v1::CreateCrisisPartnerRequest partner;
    partner.set_parent("agencies/vs-ovs");
    partner.mutable_crisis_partner()->set_partner_agency("vs-york");
    partner.mutable_crisis_partner()->add_catchment("york-region");
    partner.mutable_crisis_partner()->set_funded_from("2017-02-23");
    partner.mutable_crisis_partner()->set_source("a list");
    Must(Call<v1::CrisisPartner>(program_, partner));
    v1::CreateWorkerPositionRequest position;
    position.set_parent("agencies/vs-ovs");
    position.mutable_worker_position()->set_program(v1::SUPPORT_PROGRAM_VWAP);
    position.mutable_worker_position()->set_site("Newmarket");
    position.mutable_worker_position()->set_announced_on("2017-02-23");
    position.mutable_worker_position()->set_source("a report");
    Must(Call<v1::WorkerPosition>(program_, position));
    v1::CreateFundLineRequest line;
    line.set_parent("agencies/vs-ovs");
    line.mutable_fund_line()->set_fund(v1::BENEFIT_FUND_VQRP_HT);
    line.mutable_fund_line()->set_allocation("agencies/co-pahtco/allocations/a1");
    line.mutable_fund_line()->set_allocation_etag("1");
    line.mutable_fund_line()->set_amount_cents(100000);
    Must(Call<v1::FundLine>(program_, line));
    v1::Consent agreed = NewConsent(v1::CONSENT_PURPOSE_BENEFIT_CLAIM);
    agreed.set_recipient_agency("vs-ovs");
    v1::RequestBenefitClaimRequest claim;
    claim.set_consent(Given(item, agreed).name());
    claim.mutable_benefit_claim()->set_benefit(v1::BENEFIT_CODE_SAFETY);
    claim.mutable_benefit_claim()->set_event_on("2026-11-20");
    claim.mutable_benefit_claim()->set_amount_requested_cents(100);
    claim.mutable_benefit_claim()->mutable_payee()->set_kind(v1::PAYEE_KIND_PROVIDER);
    claim.mutable_benefit_claim()->mutable_payee()->set_provider("a locksmith");
    Must(Call<v1::BenefitClaim>(worker_, claim));
    // This makes a facility that had a public address and is confidential now.
    v1::CreateFacilityRequest facility;
    facility.set_parent("agencies/vs-ovs");
    facility.mutable_facility()->set_title("A house");
    facility.mutable_facility()->set_location_kind(v1::FACILITY_LOCATION_KIND_SITE);
    facility.mutable_facility()->set_source("a list");
    facility.mutable_facility()->mutable_address()->set_street("12 Canary Street");
    facility.mutable_facility()->mutable_address()->set_city("Canary");
    facility.mutable_facility()->mutable_address()->set_postal_code("L3Y 1A1");
    v1::Facility house = Must(Call<v1::Facility>(program_, facility));
    ASSERT_EQ(Move(program_, &house, v1::ConcealFacilityRequest()), "");
    // This makes an order that police are asked to serve, and that they have looked up.
    v1::RestrainingOrder order = Made("2026-11-24", "2029-11-24");
    v1::EntrustRestrainingOrderRequest entrust;
    entrust.set_serving_agency(police_.agency);
    ASSERT_EQ(Move(worker_, &order, entrust), "");
    ASSERT_EQ(LookUp(police_, ByFile(kFileNo)), "");
    ASSERT_EQ(NoticesOf(order).size(), 1u);
  }
  // This makes a request of this method about existing records, in the versions that they have.
  std::unique_ptr<Message> AboutRecords(const Method& method, const Caller& caller,
                                        const std::map<std::string, std::unique_ptr<Message>>& stored) {
    auto request = testing::RequiredOnly(method);
    const Descriptor& type = *request->GetDescriptor();
    for (int i = 0; i < type.field_count(); ++i) {
      const FieldDescriptor& field = *type.field(i);
      const auto& rule = field.options().GetExtension(annotations::v1::rule);
      if (!rule.required() || rule.form() != annotations::v1::STRING_FORM_RESOURCE_NAME) continue;
      for (const std::string& pattern : NamePatterns(field)) {
        if (pattern == "agencies/{agency}") {
          testing::SetText(request.get(), field.name(), "agencies/" + caller.agency);
        }
        for (const auto& [name, record] : stored) {
          if (!HasPattern(name, pattern)) continue;
          testing::SetText(request.get(), field.name(), name);
          if (field.name() == "name" && type.FindFieldByName("etag") != nullptr) {
            testing::SetText(request.get(), "etag", testing::TextOf(*record, "etag"));
          }
        }
      }
    }
    if (type.FindFieldByName("request_id") != nullptr) {
      testing::SetText(request.get(), "request_id", RequestId());
    }
    return request;
  }
  // This gives everything that the caller is told.
  std::string Said(const Method& method, const Caller& caller, const Message& request, absl::Status* status) {
    const auto reply = in_process_.CallBytes(method.path, caller, request.SerializeAsString());
    *status = reply.status();
    return reply.ok() ? reply->response : reply.status().ToString();
  }

  static constexpr auto kSupport = annotations::v1::AGENCY_KIND_VICTIM_SERVICES;
  const Caller program_ = Support("vs-ovs", "program", annotations::v1::ROLE_OVS_PROGRAM);
  std::map<std::string, const Descriptor*> types_;
  std::vector<testing::Tries> people_;
};

TEST_F(Canary, StandsInNoAnswerNoRefusalAndNoRecordOfAnyRpcThoughItIsWrittenIntoEveryText) {
  PlantRecords();
  int texts = 0, answers = 0, refused = 0;
  for (const std::string& service : in_process_.handlers().Services()) {
    if (!absl::StartsWith(service, "accord.supports.v1.")) continue;
    const auto methods = *MethodsOf(service);
    for (const Method& method : methods) {
      if (!method.unary() || method.grants.empty()) continue;
      std::set<std::string> paths = {""};
      AddTexts(*method.descriptor->input_type(), "", 0, &paths);
      for (const testing::Tries& who : people_) {
        const auto caller = testing::Granted(method, who);
        if (!caller) continue;
        for (const std::string& path : paths) {
          const auto stored = Stored();
          const auto request = AboutRecords(method, *caller, stored);
          if (!path.empty()) testing::SetText(request.get(), path, kCanary);
          absl::Status status;
          const std::string said = Said(method, *caller, *request, &status);
          EXPECT_THAT(said, Not(HasSubstr(kTrace))) << method.path << " with " << path << " by " << who.actor;
          texts += path.empty() ? 0 : 1;
          answers += status.ok() ? 1 : 0;
          refused += RuleOf(status) == "ADDRESS_IN_TEXT" ? 1 : 0;
        }
      }
    }
  }
  const auto stored = Stored();
  EXPECT_FALSE(stored.empty());
  for (const auto& [name, record] : stored) {
    EXPECT_THAT(record->ShortDebugString(), Not(HasSubstr(kTrace))) << name;
  }
  // No earlier version and no stored answer has the address either, although the facility had one until it
  // was concealed.
  EXPECT_THAT(StoredWithoutKey(), Not(HasSubstr(kTrace)));
  EXPECT_GT(texts, 50);
  EXPECT_GT(answers, 15);
  EXPECT_GT(refused, 5);
}

TEST_F(Canary, IsRefusedWhereverAWorkerWritesOfASurvivor) {
  const auto with = [&](const char* field) {
    v1::CreateSupportCaseRequest request = NewCase();
    testing::SetText(&request, absl::StrCat("support_case.", field), kCanary);
    return RuleOfRequest(worker_, request);
  };
  for (const char* field : {"needs", "safety", "language", "safe_contact.hours", "safe_contact.code_word"}) {
    EXPECT_EQ(with(field), "ADDRESS_IN_TEXT") << field;
  }
  v1::SupportCase item = Opened();
  v1::Consent consent = NewConsent(v1::CONSENT_PURPOSE_COUNTING);
  consent.set_form_version(kCanary);
  EXPECT_EQ(Give(item, consent), "ADDRESS_IN_TEXT");
  v1::AdvanceSupportCaseRequest close;
  close.set_event("close");
  close.set_outcome(kCanary);
  EXPECT_EQ(Move(worker_, &item, close), "ADDRESS_IN_TEXT");
  v1::RecordSupportCaseContactRequest reach;
  *reach.mutable_safe_contact() = item.safe_contact();
  reach.mutable_safe_contact()->set_hours(kCanary);
  EXPECT_EQ(Move(worker_, &item, reach), "ADDRESS_IN_TEXT");
  v1::Consent to_refer = Given(item, ToRefer());
  v1::SupportReferral sent = Sent(to_refer);
  ASSERT_EQ(Answer(receiver_, &sent, "acknowledge"), "");
  EXPECT_EQ(Answer(receiver_, &sent, "decline", kCanary), "ADDRESS_IN_TEXT");
  v1::WithdrawSupportReferralRequest back;
  back.set_reason(kCanary);
  EXPECT_EQ(Move(worker_, &sent, back), "ADDRESS_IN_TEXT");
}

TEST_F(Canary, HasNoFieldToLiveIn) {
  for (const auto& [singular, type] : types_) {
    for (int i = 0; i < type->field_count(); ++i) {
      const FieldDescriptor& field = *type->field(i);
      if (field.message_type() != nullptr && field.message_type()->full_name() == kPublicAddress) continue;
      for (const char* word : {"address", "street", "postal", "residence", "lives_at"}) {
        EXPECT_THAT(field.name(), Not(HasSubstr(word))) << type->full_name();
      }
    }
  }
}

}  // namespace
}  // namespace accord::supports
