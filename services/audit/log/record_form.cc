#include "services/audit/log/record_form.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/stubs/logging.h>
#include <google/protobuf/wire_format_lite.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/ids.h"

namespace accord::audit {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::internal::WireFormatLite;
using google::protobuf::io::CodedInputStream;
using google::protobuf::io::CodedOutputStream;

// An AuditRecord nests two deep, and timestamps and resources nest one level more.
constexpr int kMaxDepth = 8;
// A hash is 32 bytes, and so is the longest field of bytes that a gateway writes.
constexpr std::size_t kMaxBytes = 64;
// Parts that are cut here lie far above those that a gateway numbers.
constexpr int64_t kPartStride = 1 << 20;

// This gives the code point at the front of `text`, which is shortened by it, or nullopt if there is none.
std::optional<uint32_t> TakePrintablePoint(std::string_view* text) {
  const auto first = static_cast<unsigned char>((*text)[0]);
  const std::size_t size = first < 0x80       ? 1
                           : first >> 5 == 6  ? 2
                           : first >> 4 == 14 ? 3
                           : first >> 3 == 30 ? 4
                                              : 0;
  if (size == 0 || text->size() < size) return std::nullopt;
  uint32_t point = size == 1 ? first : first & (0xff >> (size + 1));
  for (std::size_t i = 1; i < size; ++i) {
    const auto next = static_cast<unsigned char>((*text)[i]);
    if (next >> 6 != 2) return std::nullopt;
    point = point << 6 | (next & 0x3f);
  }
  constexpr uint32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
  if (point < kSmallest[size] || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff))
    return std::nullopt;
  text->remove_prefix(size);
  return point;
}

bool IsPrintablePoint(uint32_t point) {
  const bool control = point < 0x20 || (point >= 0x7f && point <= 0x9f) || point == 0x2028 || point == 0x2029;
  const bool turns = (point >= 0x202a && point <= 0x202e) || (point >= 0x2066 && point <= 0x2069) ||
                     point == 0x200e || point == 0x200f;
  return !control && !turns;
}

std::string PrintableForm(const std::string& text) { return IsPrintable(text) ? text : Unprintable(text); }

void MakeStorableForm(Message* message, int depth);

void MakeStorableField(Message* message, const FieldDescriptor* field, int depth) {
  const auto* reflection = message->GetReflection();
  const bool text = field->type() != FieldDescriptor::TYPE_BYTES;
  const auto is_storable = [&](const std::string& value) {
    return text ? IsPrintable(value) : value.size() <= kMaxBytes;
  };
  const auto storable = [&](const std::string& value) { return text ? Unprintable(value) : Sha256(value); };
  std::string scratch;
  const int count = field->is_repeated() ? reflection->FieldSize(*message, field) : 0;
  if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
    if (!field->is_repeated()) return MakeStorableForm(reflection->MutableMessage(message, field), depth + 1);
    for (int i = 0; i < count; ++i)
      MakeStorableForm(reflection->MutableRepeatedMessage(message, field, i), depth + 1);
  } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
    if (!field->is_repeated()) {
      const std::string& value = reflection->GetStringReference(*message, field, &scratch);
      if (!is_storable(value)) reflection->SetString(message, field, storable(value));
    }
    for (int i = 0; i < count; ++i) {
      const std::string& value = reflection->GetRepeatedStringReference(*message, field, i, &scratch);
      if (!is_storable(value)) reflection->SetRepeatedString(message, field, i, storable(value));
    }
  }
}

void MakeStorableForm(Message* message, int depth) {
  if (depth > kMaxDepth) return;
  std::vector<const FieldDescriptor*> fields;
  message->GetReflection()->ListFields(*message, &fields);
  for (const auto* field : fields) MakeStorableField(message, field, depth);
}

// This copies one field of text or of a message, with every text in it storable.
bool RewriteDelimitedForm(CodedInputStream* in, uint32_t tag, const FieldDescriptor* field, int depth,
                          CodedOutputStream* out);

// This gives a serialized message with every text in it storable, so that it parses, or nullopt if it is no
// message at all.
std::optional<std::string> RewrittenForm(const std::string& bytes, const Descriptor* type, int depth) {
  if (depth > kMaxDepth) return std::nullopt;
  std::string text;
  {
    google::protobuf::io::StringOutputStream stream(&text);
    CodedOutputStream out(&stream);
    CodedInputStream in(reinterpret_cast<const uint8_t*>(bytes.data()), static_cast<int>(bytes.size()));
    for (uint32_t tag; (tag = in.ReadTag()) != 0;) {
      const auto* field = type->FindFieldByNumber(WireFormatLite::GetTagFieldNumber(tag));
      const bool delimited = WireFormatLite::GetTagWireType(tag) == WireFormatLite::WIRETYPE_LENGTH_DELIMITED;
      if (field != nullptr && delimited ? !RewriteDelimitedForm(&in, tag, field, depth, &out)
                                        : !WireFormatLite::SkipField(&in, tag, &out)) {
        return std::nullopt;
      }
    }
    if (!in.ConsumedEntireMessage()) return std::nullopt;
  }
  return text;
}

bool RewriteDelimitedForm(CodedInputStream* in, uint32_t tag, const FieldDescriptor* field, int depth,
                          CodedOutputStream* out) {
  uint32_t size = 0;
  std::string value;
  if (!in->ReadVarint32(&size) || !in->ReadString(&value, static_cast<int>(size))) return false;
  if (field->type() == FieldDescriptor::TYPE_STRING) {
    value = PrintableForm(value);
  } else if (field->type() == FieldDescriptor::TYPE_MESSAGE) {
    auto inner = RewrittenForm(value, field->message_type(), depth + 1);
    if (!inner) return false;
    value = *std::move(inner);
  }
  out->WriteTag(tag);
  out->WriteVarint32(static_cast<uint32_t>(value.size()));
  out->WriteString(value);
  return true;
}

v1::AuditRecord UnreadableForm(const std::string& bytes) {
  v1::AuditRecord record;
  record.set_call_id(absl::StrCat("unreadable-", Hex(Sha256(bytes)).substr(0, 32)));
  record.set_method(Unprintable(bytes));
  record.set_phase(v1::PHASE_COMPLETE);
  return record;
}

v1::AuditRecord ReadRecord(const std::string& bytes) {
  v1::AuditRecord record;
  if (record.ParseFromString(bytes)) return record;
  const auto rewritten = RewrittenForm(bytes, v1::AuditRecord::descriptor(), 0);
  if (rewritten && record.ParseFromString(*rewritten)) return record;
  return UnreadableForm(bytes);
}

// This moves elements of one repeated field into further parts, as many as each part has room for.
template <class Field>
void SpreadFormParts(const Field& from, Field* (v1::AuditRecord::*to)(), const v1::AuditRecord& base,
                     std::vector<v1::AuditRecord>* parts, std::size_t* size) {
  for (const auto& element : from) {
    std::size_t bytes = 0;
    if constexpr (requires { element.ByteSizeLong(); }) {
      bytes = element.ByteSizeLong() + 8;
    } else {
      bytes = element.size() + 8;
    }
    if (*size + bytes > kMaxRecord) {
      const int64_t part = base.part() + static_cast<int64_t>(parts->size()) * kPartStride;
      parts->push_back(base);
      parts->back().set_part(static_cast<int32_t>(part & 0x7fffffff));
      *size = base.ByteSizeLong();
    }
    *(parts->back().*to)()->Add() = element;
    *size += bytes;
  }
}

// The record of a list is nearly all names: asking the descriptor about each one would cost more than
// storing it.
void MakeStorableForm(v1::AuditRecord* record) {
  google::protobuf::RepeatedPtrField<caller::v1::TouchedResource> resources;
  resources.Swap(record->mutable_resources());
  for (auto& resource : resources) {
    if (!IsPrintable(resource.name()) || !IsPrintable(resource.owner())) MakeStorableForm(&resource, 1);
  }
  MakeStorableForm(record, 0);
  resources.Swap(record->mutable_resources());
}

void AddFormParts(v1::AuditRecord record, std::vector<v1::AuditRecord>* out) {
  MakeStorableForm(&record);
  // Calls are identified by their ids, so two records without an id are not the same.
  if (record.call_id().empty()) {
    record.set_call_id(absl::StrCat("unnamed-", Hex(Sha256(record.SerializeAsString())).substr(0, 32)));
  }
  if (record.ByteSizeLong() <= kMaxRecord) {
    out->push_back(std::move(record));
    return;
  }
  v1::AuditRecord base = record;
  base.clear_resources();
  base.clear_refusals();
  base.clear_revisions();
  if (base.ByteSizeLong() > kMaxRecord / 2) base.DiscardUnknownFields();
  std::vector<v1::AuditRecord> parts = {base};
  std::size_t size = base.ByteSizeLong();
  SpreadFormParts(record.resources(), &v1::AuditRecord::mutable_resources, base, &parts, &size);
  SpreadFormParts(record.refusals(), &v1::AuditRecord::mutable_refusals, base, &parts, &size);
  SpreadFormParts(record.revisions(), &v1::AuditRecord::mutable_revisions, base, &parts, &size);
  for (auto& part : parts) out->push_back(std::move(part));
}

}  // namespace

bool IsPrintable(std::string_view text) {
  if (text.size() > kMaxText) return false;
  const auto plain = std::find_if(text.begin(), text.end(), [](char c) { return c < 0x20 || c > 0x7e; });
  text.remove_prefix(static_cast<std::size_t>(plain - text.begin()));
  while (!text.empty()) {
    const auto point = TakePrintablePoint(&text);
    if (!point || !IsPrintablePoint(*point)) return false;
  }
  return true;
}

std::string Unprintable(std::string_view text) {
  return absl::StrCat("unprintable, ", text.size(), " bytes, ", Hex(Sha256(text)).substr(0, 16));
}

absl::StatusOr<std::vector<v1::AuditRecord>> ReadRecords(std::string_view request) {
  constexpr uint32_t kRecords =
      WireFormatLite::MakeTag(v1::AuditRecord::kCallIdFieldNumber, WireFormatLite::WIRETYPE_LENGTH_DELIMITED);
  const auto malformed = [] { return Refuse(rules::kRequestMalformed, "The request is not whole."); };
  // Text that is not UTF-8 is kept as bytes; protobuf need not report it on standard error for every record.
  const google::protobuf::LogSilencer quiet;
  std::vector<v1::AuditRecord> records;
  CodedInputStream in(reinterpret_cast<const uint8_t*>(request.data()), static_cast<int>(request.size()));
  for (uint32_t tag; (tag = in.ReadTag()) != 0;) {
    if (tag != kRecords) {
      if (!WireFormatLite::SkipField(&in, tag)) return malformed();
      continue;
    }
    uint32_t size = 0;
    std::string bytes;
    if (!in.ReadVarint32(&size) || !in.ReadString(&bytes, static_cast<int>(size))) return malformed();
    AddFormParts(ReadRecord(bytes), &records);
  }
  if (!in.ConsumedEntireMessage()) return malformed();
  return records;
}

std::vector<v1::AuditRecord> StorableForms(std::vector<v1::AuditRecord> records) {
  std::vector<v1::AuditRecord> out;
  for (auto& record : records) AddFormParts(std::move(record), &out);
  return out;
}

v1::AuditRecord MinimalForm(const v1::AuditRecord& record) {
  v1::AuditRecord minimal;
  minimal.set_call_id(record.call_id());
  minimal.set_phase(record.phase());
  minimal.set_part(record.part());
  minimal.set_agency(record.agency());
  minimal.set_owner_only(record.owner_only());
  minimal.set_method(Unprintable(record.SerializeAsString()));
  return minimal;
}

v1::AuditRecord NamelessForm(const v1::AuditRecord& record) {
  return UnreadableForm(record.SerializeAsString());
}

}  // namespace accord::audit
