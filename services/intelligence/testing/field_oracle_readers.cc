// This file says, in the field's words, who may learn what of intelligence (docs/domain.md 3.2, 3.3 and 8).
#include "absl/strings/str_cat.h"
#include "services/intelligence/testing/field_oracle.h"

namespace accord::intelligence {
namespace {

using google::protobuf::Message;
using testing::As;
using testing::World;

// This says what an originator reads of a product: it agrees to a title and a sanitised text, and knows its
// own inputs.
bool OriginatorReads(const std::string& agency, const v1::Product& product, const std::string& text,
                     const Control& control) {
  if (text == product.name()) return true;
  if (Names(product.inputs(), text)) return OwnerOf(text) == agency;
  return text != product.text() && !product.sanitised_text().empty() && control.Stand(product);
}

bool ReadsProduct(const Caller& who, const v1::Product& product, const std::string& text, const World& world,
                  const Control& control) {
  const bool works = IsAmong(who, "intel bureau");
  if (OwnerOf(product.name()) == who.agency) {
    if (!works) return false;
    if (text == product.text()) return control.MakerHolds(product);
    return (text != product.title() && text != product.sanitised_text()) || control.Stand(product);
  }
  if (works && control.Originators(product).contains(who.agency) &&
      OriginatorReads(who.agency, product, text, control)) {
    return true;
  }
  // An agency that was given the product reads it, as long as it may have it.
  const bool given = world.contains(absl::StrCat(product.name(), "/copies/", who.agency));
  if (!given || !IsAmong(who, "recipients partners")) return false;
  if (text == product.name()) return true;
  const std::string& readable = product.sanitised_text().empty() ? product.text() : product.sanitised_text();
  return product.state() == v1::PRODUCT_STATE_ISSUED && (text == product.title() || text == readable) &&
         control.MayHave(product, who.agency);
}

bool ReadsCopy(const Caller& who, const v1::ReportCopy& copy, const Control& control) {
  if (OwnerOf(copy.report()) == who.agency) return IsAmong(who, "intel");
  // A person who passed it on knows that he or she did.
  if (copy.from_agency() == who.agency && copy.from() == who.actor) return IsAmong(who, "intel bureau");
  const v1::Report* report = control.Report(copy.report());
  return copy.to_agency() == who.agency && copy.product().empty() && IsAmong(who, "recipients") &&
         report != nullptr && control.Opens(*report, who.agency, copy.release());
}

}  // namespace

bool OracleOfIntelligence::MayLearn(const Caller& who, const testing::Told& told, const World& world,
                                    absl::Time now) {
  const auto& [name, record, text] = told;
  const Control control(world, now);
  const bool intel = IsAmong(who, "intel"), works = IsAmong(who, "intel bureau");
  const bool recipients = IsAmong(who, "recipients"), partners = IsAmong(who, "partners");
  const bool own = OwnerOf(name) == who.agency;
  // By section 3.2, the name under which a source is registered means something inside the originator's
  // agency alone.
  if (sources_.contains(text)) return own && intel;
  if (record == nullptr) {
    // Only the name is left of a record that has ended, and a notice with whoever was given it.
    return text == name && recipients && (own || who.agency == "ci-ciso" || knew_[name].contains(who.agency));
  }
  if (const auto* report = As<v1::Report>(record)) {
    if (own) return intel;
    return recipients && control.Holds(*report, who.agency) && report->recall_reason() != text;
  }
  if (const auto* copy = As<v1::ReportCopy>(record)) return ReadsCopy(who, *copy, control);
  if (const auto* release = As<v1::ReleaseRequest>(record)) {
    return works && (own || release->originator() == who.agency);
  }
  if (const auto* product = As<v1::Product>(record)) {
    return ReadsProduct(who, *product, text, world, control);
  }
  if (const auto* copy = As<v1::ProductCopy>(record)) {
    return (own && works) || (copy->to_agency() == who.agency && (recipients || partners));
  }
  if (const auto* asked = As<v1::InformationRequest>(record)) {
    return works && (own || Names(asked->to(), who.agency) || who.agency == "ci-ciso");
  }
  if (const auto* reply = As<v1::InformationReply>(record)) {
    return works && (OwnerOf(reply->information_request()) == who.agency || reply->agency() == who.agency);
  }
  if (const auto* notice = As<v1::PurgeNotice>(record)) {
    return recipients && (own || OwnerOf(notice->report()) == who.agency || who.agency == "ci-ciso");
  }
  // Memberships are no secret among agencies that share.
  return As<v1::Membership>(record) != nullptr;
}

}  // namespace accord::intelligence
