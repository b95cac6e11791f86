#include "services/protocols/agreements/text_digest.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/ids.h"

namespace accord::protocols {
namespace {

class Canonical {
 public:
  void Put(const std::string& value) { absl::StrAppend(&text_, value.size(), ":", value, "\n"); }
  void Put(int number) { Put(absl::StrCat(number)); }
  template <class List>
  void PutAll(const List& values) {
    Put(values.size());
    for (const auto& value : values) Put(value);
  }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

}  // namespace

std::string TextDigest(const v1::Protocol& protocol) {
  Canonical out;
  out.Put("accord protocol text v2");
  out.Put(protocol.kind());
  out.Put(protocol.title());
  out.PutAll(protocol.territory());
  out.PutAll(protocol.legal_basis());
  out.Put(protocol.effective_from());
  out.Put(protocol.effective_to());
  out.Put(protocol.parties_size());
  for (const auto& party : protocol.parties()) {
    out.Put(party.agency());
    out.Put(party.capacity());
    out.Put(party.part());
    out.Put(party.signatory_title());
    out.Put(party.signatory_name());
  }
  std::vector<const v1::Section*> sections;
  for (const auto& section : protocol.sections()) sections.push_back(&section);
  std::sort(sections.begin(), sections.end(), [](auto* a, auto* b) { return a->code() < b->code(); });
  out.Put(static_cast<int>(sections.size()));
  for (const auto* section : sections) {
    out.Put(section->code());
    out.Put(section->visibility());
    out.Put(section->text());
  }
  // The parent protocol and the predecessor are signed, too.
  for (const std::string& related : {protocol.parent_protocol(), protocol.supersedes()}) {
    if (!related.empty()) out.Put(related);
  }
  return Hex(Sha256(out.text()));
}

}  // namespace accord::protocols
