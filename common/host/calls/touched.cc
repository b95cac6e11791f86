#include "common/host/calls/touched.h"

#include "accord/annotations/v1/fields.pb.h"
#include "common/access/inner_messages.h"
#include "common/access/names.h"

namespace accord::host {
namespace {

using google::protobuf::Message;

void CollectTouched(const Message& message, caller::v1::Touch touch, caller::v1::TouchedResources* touched) {
  const auto* descriptor = message.GetDescriptor();
  if (descriptor->options().HasExtension(annotations::v1::resource)) {
    const auto* field = descriptor->FindFieldByName("name");
    const std::string name = field != nullptr ? message.GetReflection()->GetString(message, field) : "";
    if (const std::string owner = OwnerOf(name); !owner.empty()) {
      auto* resource = touched->add_resources();
      resource->set_name(name);
      resource->set_owner(owner);
      resource->set_touch(touch);
    }
    return;
  }
  EachInnerMessage(message, [&](const Message& inner) { CollectTouched(inner, touch, touched); });
}

// This fills one trailer after another; each begins when the previous one is full.
class TouchedTrailerWriter {
 public:
  caller::v1::TouchedResources* For(std::size_t bytes) {
    // A field's tag and length take four bytes.
    bytes += 4;
    if (size_ > 0 && size_ + bytes > kTouchedTrailerBytes) Close();
    size_ += bytes;
    return &open_;
  }
  std::vector<std::string> Take() {
    if (size_ > 0) Close();
    return std::move(done_);
  }

 private:
  void Close() {
    done_.push_back(open_.SerializeAsString());
    open_.Clear();
    size_ = 0;
  }

  std::vector<std::string> done_;
  caller::v1::TouchedResources open_;
  std::size_t size_ = 0;
};

}  // namespace

caller::v1::TouchedResources TouchedBy(const Method& method, const Message& response) {
  caller::v1::TouchedResources touched;
  CollectTouched(response, method.rule.mutates() ? caller::v1::TOUCH_CHANGED : caller::v1::TOUCH_DISCLOSED,
                 &touched);
  return touched;
}

std::vector<std::string> TouchedTrailers(const caller::v1::TouchedResources& touched) {
  TouchedTrailerWriter trailers;
  if (const std::string& id = touched.request_id(); !id.empty()) trailers.For(id.size())->set_request_id(id);
  for (const std::string& revision : touched.revisions()) {
    trailers.For(revision.size())->add_revisions(revision);
  }
  for (const auto& resource : touched.resources()) {
    *trailers.For(resource.ByteSizeLong())->add_resources() = resource;
  }
  for (const auto& changed : touched.changed()) {
    *trailers.For(changed.ByteSizeLong())->add_changed() = changed;
  }
  return trailers.Take();
}

}  // namespace accord::host
