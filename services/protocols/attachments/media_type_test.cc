#include "services/protocols/attachments/media_type.h"

#include <gtest/gtest.h>

namespace accord::protocols {
namespace {

using namespace std::string_view_literals;

std::string WholeType(std::string_view content) { return MediaTypeOf(content, Extent::kWhole); }

TEST(MediaType, IsWhatTheBytesSay) {
  EXPECT_EQ(WholeType("%PDF-1.7\n"), "application/pdf");
  EXPECT_EQ(WholeType("\x89PNG\r\n\x1a\n...."), "image/png");
  EXPECT_EQ(WholeType("\xff\xd8\xff\xe0...."), "image/jpeg");
  EXPECT_EQ(WholeType("\0\0\0\x18"
                      "ftypmp42"sv),
            "video/mp4");
  EXPECT_EQ(WholeType("RIFF....WEBP"), "application/riff");
  EXPECT_EQ(WholeType("PK\x03\x04...."), "application/zip");
  EXPECT_EQ(WholeType("MZ\x90\0\x03"sv), "") << "a program";
  EXPECT_EQ(WholeType(""), "");
}

TEST(MediaType, TextIsUtf8WithoutControlCharacters) {
  EXPECT_EQ(WholeType("Elle a appelé à midi.\r\n\t\xf0\x9f\x93\x9e"), "text/plain");
  EXPECT_EQ(WholeType("a\0b"sv), "");
  EXPECT_EQ(WholeType("\x1b[2J"), "") << "what moves a terminal's cursor";
  EXPECT_EQ(WholeType("caf\xe9"), "") << "another encoding";
  EXPECT_EQ(WholeType("\xc0\xaf"), "") << "overlong";
  EXPECT_EQ(WholeType("\xe0\x80\xaf"), "") << "overlong";
  EXPECT_EQ(WholeType("\xed\xa0\x80"), "") << "half of a pair";
  EXPECT_EQ(WholeType("\xf4\x90\x80\x80"), "") << "beyond the last character";
}

TEST(MediaType, OnlyABeginningEndsInTheMiddleOfACharacter) {
  EXPECT_EQ(MediaTypeOf("appel\xc3", Extent::kBeginning), "text/plain");
  EXPECT_EQ(WholeType("appel\xc3"), "");
  EXPECT_EQ(MediaTypeOf("appel\xe2x", Extent::kBeginning), "") << "no character goes on so";
}

}  // namespace
}  // namespace accord::protocols
