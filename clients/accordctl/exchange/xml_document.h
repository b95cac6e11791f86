// An XML document, written from its begin to its end, in which texts of others stay texts.
#ifndef ACCORD_CLIENTS_ACCORDCTL_EXCHANGE_XML_DOCUMENT_H_
#define ACCORD_CLIENTS_ACCORDCTL_EXCHANGE_XML_DOCUMENT_H_

#include <string>
#include <utility>
#include <vector>

namespace accord::ctl {

// Names of elements and attributes are this program's own; texts are made Plain (core/screen.h).
class XmlDocument {
 public:
  using Attributes = std::vector<std::pair<std::string, std::string>>;

  void Open(const std::string& name, const Attributes& attributes = {});
  // It closes what was opened last.
  void Close();
  // Writes an element with a text, or with nothing in it if the text is empty.
  void Leaf(const std::string& name, const Attributes& attributes, const std::string& text = "");
  // Gives the whole document, in which nothing is left open.
  std::string Done();

 private:
  void Begin(const std::string& name, const Attributes& attributes);

  std::string text_ = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  std::vector<std::string> open_;
};

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_EXCHANGE_XML_DOCUMENT_H_
