#include "common/access/matrix.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/access/method.h"
#include "common/access/names.h"
#include "common/access/separation.h"

namespace accord {
namespace {

// This is the head of the text, which explains its lines to somebody who sees them for the first time.
constexpr char kLegend[] =
    R"(# Who may call what. Every RPC has a block; whatever no line of it grants is refused.
#
# The first line has the RPC and its permission. "mutates": it changes records, once for each request id.
# "discloses": it answers with what is personal, or with names of others' records, and each owner is told.
# "by PARTS of FIELD": the caller also has one of these parts in the record that this field of the request
#   names. "by nobody" of the parts, so that the grants alone decide: the call begins something, or is about
#   a record in which no agency has a part.
# "not who did RPCS on it": whoever made one of these changes to the same record is refused, by person.
# "service NAME": this service of the platform calls it, past the gateway, and no agency ever does.
# Each other line is a grant: kinds of agency / roles / purposes / what is read of the sensitive classes.
#   One kind, one role and one purpose of the same line are needed, and one line is enough. Fields of a
#   class that the line does not read are masked. Which records a caller sees is decided beside all this.

)";

// This gives the acts on the same record that bar people from the method.
std::string BarsText(const Method& method) {
  std::string text;
  for (const Bar& bar : BarsOf(MethodFullName(method.path))) {
    std::vector<std::string> verbs;
    for (const Act& act : bar.separation->done) {
      verbs.emplace_back(act.method.substr(act.method.rfind('.') + 1));
    }
    absl::StrAppend(&text, "  not who did ", absl::StrJoin(verbs, ", "), " on it\n");
  }
  return text;
}

}  // namespace

absl::StatusOr<std::string> AccessMatrix() {
  std::string text = kLegend;
  for (const std::string& service : AllServices()) {
    auto methods = MethodsOf(service);
    if (!methods.ok()) return methods.status();
    for (const Method& method : *methods) {
      const auto& rule = method.rule;
      absl::StrAppend(&text, service, ".", method.descriptor->name(), "  ", rule.permission(),
                      rule.mutates() ? "  mutates" : "", rule.discloses() ? "  discloses" : "", "\n");
      if (rule.has_part()) {
        std::vector<std::string> parts;
        for (int part : rule.part().any())
          parts.push_back(ShortName(annotations::v1::Part_descriptor(), part));
        absl::StrAppend(&text, "  by ", absl::StrJoin(parts, " or "), rule.part().of().empty() ? "" : " of ",
                        rule.part().of(), "\n");
      }
      absl::StrAppend(&text, BarsText(method));
      for (const auto& peer : rule.peers()) absl::StrAppend(&text, "  service ", peer, "\n");
      for (const auto& grant : method.grants) {
        std::vector<std::string> kinds, roles, purposes, classes;
        for (int kind : grant.kinds()) kinds.push_back(KindName(static_cast<AgencyKind>(kind)));
        for (int role : grant.roles()) roles.push_back(RoleName(static_cast<Role>(role)));
        for (int purpose : grant.purposes()) purposes.push_back(PurposeName(static_cast<Purpose>(purpose)));
        for (int c : grant.classes()) {
          classes.push_back(ShortName(annotations::v1::SensitiveClass_descriptor(), c));
        }
        absl::StrAppend(&text, "  ", kinds.empty() ? "any agency" : absl::StrJoin(kinds, ", "), " / ",
                        roles.empty() ? "any role" : absl::StrJoin(roles, ", "), " / ",
                        purposes.empty() ? "no purpose needed" : absl::StrJoin(purposes, ", "),
                        classes.empty() ? "" : " / reads ", absl::StrJoin(classes, ", "), "\n");
      }
    }
  }
  return text;
}

}  // namespace accord
