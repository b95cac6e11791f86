#include "services/intelligence/report_content.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include "common/base/digest.h"
#include "common/base/encoding.h"

namespace accord::intelligence {

v1::Report ContentOf(const v1::Report& report) {
  v1::Report content;
  content.set_name(report.name());
  content.set_predicate_offence(report.predicate_offence());
  content.set_suspicion_basis(report.suspicion_basis());
  content.set_text(report.text());
  content.set_handling(report.handling());
  *content.mutable_caveats() = report.caveats();
  *content.mutable_entities() = report.entities();
  *content.mutable_links() = report.links();
  return content;
}

std::string DigestOf(const v1::Report& report) {
  v1::Report content = ContentOf(report);
  // A change of handling does not change what was said.
  content.clear_handling();
  std::string bytes;
  google::protobuf::io::StringOutputStream stream(&bytes);
  {
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    content.SerializeToCodedStream(&coded);
  }
  return Hex(Sha256(bytes));
}

}  // namespace accord::intelligence
