#include "services/intelligence/stix/stix.h"

#include <gmock/gmock.h>
#include <google/protobuf/message.h>

#include <cstdlib>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <set>

#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/base/error.h"

namespace accord::intelligence {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kMaker[] = "Criminal Intelligence Service Ontario";
constexpr const char* kColors[] = {"white", "green", "amber", "red"};

v1::Product Issued(v1::ProductKind kind = v1::PRODUCT_KIND_BULLETIN) {
  v1::Product product;
  product.set_name("agencies/ciso/products/01jd0000000000000000000000");
  product.set_kind(kind);
  product.set_title("Recruitment near transit hubs");
  product.set_text("What it was written from");
  product.set_sanitised_text("Recruiters wait where buses end: \"rides\" are offered.\nAsk who pays. Été.");
  product.set_sanitised_digest("5f0c");
  product.set_state(v1::PRODUCT_STATE_ISSUED);
  product.mutable_checklist()->set_no_source(true);
  product.mutable_checklist()->set_no_method(true);
  product.mutable_checklist()->set_no_victim(true);
  product.mutable_checklist()->set_no_live_operation(true);
  *product.mutable_create_time() = ToProto(absl::FromUnixMicros(1764000000'123456));
  *product.mutable_update_time() = ToProto(absl::FromUnixMicros(1764086400'000999));
  return product;
}

std::string BundleOf(const v1::Product& product, const std::string& color = "amber") {
  auto bundle = StixBundle(product, kMaker, color);
  EXPECT_TRUE(bundle.ok()) << bundle.status();
  return bundle.value_or("null");
}

// Python's uuid.uuid5 computed these ids.
TEST(StixBundle, IsTheSameToTheByte) {
  EXPECT_EQ(BundleOf(Issued()), R"({
  "id": "bundle--3e1e8891-a0e6-58ed-a42d-3e8eee26ddf8",
  "objects": [
    {
      "created": "2017-01-20T00:00:00.000Z",
      "definition": {
        "tlp": "amber"
      },
      "definition_type": "tlp",
      "id": "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82",
      "name": "TLP:AMBER",
      "spec_version": "2.1",
      "type": "marking-definition"
    },
    {
      "created": "2026-11-24T00:00:00.000Z",
      "id": "identity--bd7b6a3c-46ec-559c-a522-bca3235deece",
      "identity_class": "organization",
      "modified": "2026-11-24T00:00:00.000Z",
      "name": "Criminal Intelligence Service Ontario",
      "object_marking_refs": [
        "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82"
      ],
      "spec_version": "2.1",
      "type": "identity"
    },
    {
      "created": "2025-11-24T16:00:00.123Z",
      "created_by_ref": "identity--bd7b6a3c-46ec-559c-a522-bca3235deece",
      "description": "Recruiters wait where buses end: \"rides\" are offered.\nAsk who pays. Été.",
      "id": "report--2f7037bf-d7ba-5245-ad7c-c1deffba048f",
      "labels": [
        "bulletin"
      ],
      "modified": "2025-11-25T16:00:00.000Z",
      "name": "Recruitment near transit hubs",
      "object_marking_refs": [
        "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82"
      ],
      "object_refs": [
        "identity--bd7b6a3c-46ec-559c-a522-bca3235deece"
      ],
      "published": "2025-11-25T16:00:00.000Z",
      "report_types": [
        "threat-report"
      ],
      "spec_version": "2.1",
      "type": "report"
    }
  ],
  "type": "bundle"
}
)");
}

TEST(StixBundle, NoTwoContentsShareAnIdAndAVersion) {
  std::set<std::string> ids;
  const auto collect = [&](const v1::Product& product, const std::string& maker, const std::string& color) {
    const json bundle = json::parse(StixBundle(product, maker, color).value());
    for (const json& object : bundle["objects"]) {
      if (object["type"] == "marking-definition") continue;
      EXPECT_TRUE(ids.insert(object["id"]).second) << object;
    }
    EXPECT_TRUE(ids.insert(bundle["id"]).second) << bundle;
  };
  for (const char* color : kColors) collect(Issued(), kMaker, color);
  collect(Issued(), "CISO, renamed", "red");
  v1::Product of_another = Issued();
  of_another.set_name("agencies/ps-york/products/01jd0000000000000000000000");
  collect(of_another, kMaker, "red");
}

// This fills every string that a product can hold, including those that the contract will get.
void Plant(google::protobuf::Message* message) {
  using google::protobuf::FieldDescriptor;
  const auto* reflection = message->GetReflection();
  for (int i = 0; i < message->GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor* field = message->GetDescriptor()->field(i);
    const bool many = field->is_repeated();
    if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      Plant(many ? reflection->AddMessage(message, field) : reflection->MutableMessage(message, field));
    } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING && many) {
      reflection->AddString(message, field, absl::StrCat("agencies/planted/", field->name()));
    } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
      reflection->SetString(message, field, absl::StrCat("agencies/planted/", field->name()));
    }
  }
}

TEST(StixBundle, NothingElseOfTheProductLeaves) {
  v1::Product product;
  Plant(&product);
  ASSERT_THAT(product.DebugString(), AllOf(HasSubstr("planted/inputs"), HasSubstr("planted/digest")));
  v1::Product shown = Issued();
  shown.clear_name();
  shown.clear_text();
  shown.clear_sanitised_digest();
  product.MergeFrom(shown);
  EXPECT_THAT(BundleOf(product), AllOf(HasSubstr(shown.title()), Not(HasSubstr("planted"))));
}

TEST(StixBundle, RefusesWhatIsNotSanitised) {
  const std::function<void(v1::Product*)> spoils[] = {
      [](v1::Product* product) { product->clear_sanitised_text(); },
      [](v1::Product* product) { product->clear_sanitised_digest(); },
      [](v1::Product* product) { product->clear_checklist(); },
      [](v1::Product* product) { product->mutable_checklist()->set_no_source(false); },
      [](v1::Product* product) { product->mutable_checklist()->set_no_method(false); },
      [](v1::Product* product) { product->mutable_checklist()->set_no_victim(false); },
      [](v1::Product* product) { product->mutable_checklist()->set_no_live_operation(false); },
  };
  for (const auto& spoil : spoils) {
    v1::Product product = Issued();
    spoil(&product);
    EXPECT_EQ(RuleOf(StixBundle(product, kMaker, "red").status()), "PRODUCT_NOT_SANITISED");
  }
}

TEST(StixBundle, RefusesEveryStateButIssued) {
  for (int state = v1::ProductState_MIN; state <= v1::ProductState_MAX; ++state) {
    v1::Product product = Issued();
    product.set_state(static_cast<v1::ProductState>(state));
    EXPECT_EQ(RuleOf(StixBundle(product, kMaker, "red").status()),
              state == v1::PRODUCT_STATE_ISSUED ? "" : "PRODUCT_NOT_ISSUED")
        << v1::ProductState_Name(product.state());
  }
}

TEST(StixBundle, RefusesMarkingsThatTheSpecificationDoesNotFix) {
  for (const char* color : {"", "clear", "amber+strict", "RED", "TLP:RED"}) {
    EXPECT_EQ(RuleOf(StixBundle(Issued(), kMaker, color).status()), "TLP_UNKNOWN") << color;
  }
}

TEST(StixBundle, WhatIsNoUtf8DoesNotEndTheProcess) {
  v1::Product product = Issued();
  product.set_sanitised_text("cut \xc3");
  EXPECT_EQ(json::parse(BundleOf(product))["objects"][2]["description"], "cut \xef\xbf\xbd");
}

// tests/stix/run.sh validates these against the public schemas.
TEST(StixBundle, MarksEveryObjectOfEveryKind) {
  const char* out = std::getenv("ACCORD_STIX_BUNDLES");
  for (int kind = v1::ProductKind_MIN + 1; kind <= v1::ProductKind_MAX; ++kind) {
    for (const char* color : kColors) {
      const std::string text = BundleOf(Issued(static_cast<v1::ProductKind>(kind)), color);
      const json objects = json::parse(text)["objects"];
      EXPECT_EQ(objects[0]["definition"]["tlp"], color);
      for (const json& object : {objects[1], objects[2]}) {
        EXPECT_EQ(object["object_marking_refs"], json::array({objects[0]["id"]}));
      }
      if (out != nullptr) std::ofstream(absl::StrCat(out, "/", kind, "-", color, ".json")) << text;
    }
  }
}

}  // namespace
}  // namespace accord::intelligence
