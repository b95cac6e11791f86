#include "clients/accordctl/exchange/xml_document.h"

#include <gtest/gtest.h>

namespace accord::ctl {
namespace {

TEST(XmlDocument, IsClosedAndHoldsTextsAsText) {
  XmlDocument xml;
  xml.Open("a", {{"b", "\"<c>\""}});
  xml.Leaf("d", {}, "<e> & 'f'");
  xml.Leaf("g", {{"h", "1"}});
  EXPECT_EQ(xml.Done(),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a b=\"&quot;&lt;c&gt;&quot;\">\n"
            "  <d>&lt;e&gt; &amp; &apos;f&apos;</d>\n  <g h=\"1\"/>\n</a>\n");
}

}  // namespace
}  // namespace accord::ctl
