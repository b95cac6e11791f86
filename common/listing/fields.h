// These are the fields of a kind of resource that its lists may filter and order by, as the protos
// declare them (`listed` of accord/annotations/v1/fields.proto).
#ifndef ACCORD_COMMON_LISTING_FIELDS_H_
#define ACCORD_COMMON_LISTING_FIELDS_H_

#include <google/protobuf/message.h>

#include <string>
#include <string_view>
#include <vector>

namespace accord::listing {

struct Field {
  enum Type { kText, kDay, kNumber, kBool, kEnum, kTime };
  const google::protobuf::FieldDescriptor* descriptor;
  Type type;
  // `narrows` is true for a field with LIST_USE_NARROW, and `orders` for one with LIST_USE_ORDER.
  bool narrows, orders;

  const std::string& name() const { return descriptor->name(); }
  // This says whether pages are read from ranges of the field's rows, which every viewer has. Any other field
  // is only compared in rows that the viewer sees.
  bool has_ranges() const { return narrows || orders; }
};

// This gives the declared fields of a resource in the order of its proto. They live as long as the process.
const std::vector<Field>& FieldsOf(const google::protobuf::Descriptor& type);
// This gives the field of this name; it is null if there is none.
const Field* FindField(const std::vector<Field>& fields, std::string_view name);
// This gives the names of the fields, separated by commas. With `that_order`, it names only those that lists
// are ordered by.
std::string FieldNames(const std::vector<Field>& fields, bool that_order);

// This gives the reason why lists cannot use a field that is declared for them; it is empty if they can.
std::string FaultOfField(const google::protobuf::FieldDescriptor& field);

}  // namespace accord::listing

#endif  // ACCORD_COMMON_LISTING_FIELDS_H_
