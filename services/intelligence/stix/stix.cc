#include "services/intelligence/stix/stix.h"

#include <openssl/sha.h>

#include <array>
#include <nlohmann/json.hpp>
#include <string_view>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/ids.h"

namespace accord::intelligence {
namespace {

using nlohmann::json;

// This is Accord's own namespace, in hex. The specification (2.9) reserves its own namespace for observables.
constexpr char kNamespace[] = "867a30a886a54c5f8b03a55c08962c2f";
// The identities of this export began at this time, and have no later version.
constexpr char kIdentitiesMade[] = "2026-11-24T00:00:00.000Z";

struct Tlp {
  std::string_view color;
  std::string_view id;
};
// Section 7.2.1.4 fixes these objects; nobody may make others for the same colours.
constexpr std::array<Tlp, 4> kTlps = {{
    {"white", "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9"},
    {"green", "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da"},
    {"amber", "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82"},
    {"red", "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed"},
}};

// This gives the value as JSON text, and never throws: bytes that are not UTF-8 are replaced.
std::string StixJsonText(const json& value, int indent = -1) {
  return value.dump(indent, ' ', false, json::error_handler_t::replace);
}

// This gives an id by RFC 9562, section 5.5, over all that makes the object what it is.
std::string StixId(const std::string& type, const json& key) {
  const std::string name =
      absl::StrCat(absl::HexStringToBytes(kNamespace), StixJsonText(json::array({type, key})));
  std::string digest(SHA_DIGEST_LENGTH, '\0');
  SHA1(reinterpret_cast<const unsigned char*>(name.data()), name.size(),
       reinterpret_cast<unsigned char*>(digest.data()));
  digest[6] = static_cast<char>((digest[6] & 0x0f) | 0x50);
  digest[8] = static_cast<char>((digest[8] & 0x3f) | 0x80);
  const std::string hex = Hex(digest);
  return absl::StrCat(type, "--", hex.substr(0, 8), "-", hex.substr(8, 4), "-", hex.substr(12, 4), "-",
                      hex.substr(16, 4), "-", hex.substr(20, 12));
}

std::string StixTime(const google::protobuf::Timestamp& at) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%E3SZ", FromProto(at), absl::UTCTimeZone());
}

json TlpMarking(const Tlp& tlp) {
  const std::string color(tlp.color);
  return {{"type", "marking-definition"},
          {"spec_version", "2.1"},
          {"id", tlp.id},
          {"created", "2017-01-20T00:00:00.000Z"},
          {"definition_type", "tlp"},
          {"name", "TLP:" + absl::AsciiStrToUpper(color)},
          {"definition", {{"tlp", color}}}};
}

// The id covers whatever may change while `kIdentitiesMade` does not: no two identities share id and version.
json StixIdentity(const std::string& agency, const std::string& name, const Tlp& tlp) {
  return {{"type", "identity"},
          {"spec_version", "2.1"},
          {"id", StixId("identity", json::array({agency, name, tlp.color}))},
          {"created", kIdentitiesMade},
          {"modified", kIdentitiesMade},
          {"name", name},
          {"identity_class", "organization"},
          {"object_marking_refs", json::array({tlp.id})}};
}

// The types are from report-type-ov (10.22).
std::string StixReportType(v1::ProductKind kind) {
  return kind == v1::PRODUCT_KIND_SUBJECT_REPORT ? "threat-actor" : "threat-report";
}

// An issued product no longer changes, so its time of update is its time of issue.
json StixReport(const v1::Product& product, const std::string& maker, const Tlp& tlp) {
  return {{"type", "report"},
          {"spec_version", "2.1"},
          {"id", StixId("report", json::array({product.name(), maker}))},
          {"created_by_ref", maker},
          {"created", StixTime(product.create_time())},
          {"modified", StixTime(product.update_time())},
          {"name", product.title()},
          {"description", product.sanitised_text()},
          {"report_types", json::array({StixReportType(product.kind())})},
          {"labels", json::array({ShortName(v1::ProductKind_descriptor(), product.kind())})},
          {"published", StixTime(product.update_time())},
          {"object_refs", json::array({maker})},
          {"object_marking_refs", json::array({tlp.id})}};
}

absl::StatusOr<Tlp> FindTlp(const std::string& color) {
  for (const Tlp& tlp : kTlps) {
    if (tlp.color == color) return tlp;
  }
  return Refuse(rules::kTlpUnknown, "A marking is white, green, amber or red.");
}

absl::Status CheckMayLeaveAsStix(const v1::Product& product) {
  const auto& checklist = product.checklist();
  if (product.sanitised_text().empty() || product.sanitised_digest().empty() || !checklist.no_source() ||
      !checklist.no_method() || !checklist.no_victim() || !checklist.no_live_operation()) {
    return Refuse(rules::kProductNotSanitised,
                  "Only a sanitised text leaves: have the product sanitised and agreed to first.");
  }
  if (product.state() != v1::PRODUCT_STATE_ISSUED) {
    return Refuse(rules::kProductNotIssued,
                  "Only a product that was approved and issued, and is not withdrawn, leaves.");
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::string> StixBundle(const v1::Product& product, const std::string& maker_name,
                                       const std::string& tlp_color) {
  ACCORD_RETURN_IF_ERROR(CheckMayLeaveAsStix(product));
  ACCORD_ASSIGN_OR_RETURN(const Tlp tlp, FindTlp(tlp_color));
  const json identity = StixIdentity(OwnerOf(product.name()), maker_name, tlp);
  const json objects = json::array({TlpMarking(tlp), identity, StixReport(product, identity["id"], tlp)});
  return StixJsonText({{"type", "bundle"}, {"id", StixId("bundle", objects)}, {"objects", objects}}, 2) +
         "\n";
}

}  // namespace accord::intelligence
