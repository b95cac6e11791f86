// This file is about the language in which this process speaks to its reader.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_SESSION_LANGUAGE_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_SESSION_LANGUAGE_H_

#include "common/base/language.h"

namespace accord::ctl {

// While it lives, this process speaks this language to its reader; kNone means English. Only one
// thread may make such objects, and they nest.
class Speaking {
 public:
  explicit Speaking(Language language);
  ~Speaking();
  Speaking(const Speaking&) = delete;
  Speaking& operator=(const Speaking&) = delete;

 private:
  Language before_;
};

// This is kEnglish or kFrench.
Language SpokenLanguage();

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_SESSION_LANGUAGE_H_
