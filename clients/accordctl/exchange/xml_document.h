// This writes an XML document from beginning to end; texts from others are escaped.
#ifndef ACCORD_CLIENTS_ACCORDCTL_EXCHANGE_XML_DOCUMENT_H_
#define ACCORD_CLIENTS_ACCORDCTL_EXCHANGE_XML_DOCUMENT_H_

#include <string>
#include <utility>
#include <vector>

namespace accord::ctl {

// The names of elements and attributes are this program's own; texts are made
// Plain (core/visible_text.h).
class XmlDocument {
 public:
  using Attributes = std::vector<std::pair<std::string, std::string>>;

  void Open(const std::string& name, const Attributes& attributes = {});
  // This closes the element that was opened last.
  void Close();
  // This writes an element with a text, or an empty element if the text is empty.
  void Leaf(const std::string& name, const Attributes& attributes, const std::string& text = "");
  // This gives the whole document; every element must be closed.
  std::string Done();

 private:
  void Begin(const std::string& name, const Attributes& attributes);

  std::string text_ = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  std::vector<std::string> open_;
};

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_EXCHANGE_XML_DOCUMENT_H_
