#include "clients/accordctl/core/session_language.h"

namespace accord::ctl {
namespace {

Language spoken_language = Language::kEnglish;

}  // namespace

Speaking::Speaking(Language language) : before_(spoken_language) {
  spoken_language = language == Language::kFrench ? Language::kFrench : Language::kEnglish;
}

Speaking::~Speaking() { spoken_language = before_; }

Language SpokenLanguage() { return spoken_language; }

}  // namespace accord::ctl
