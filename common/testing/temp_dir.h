#ifndef ACCORD_COMMON_TESTING_TEMP_DIR_H_
#define ACCORD_COMMON_TESTING_TEMP_DIR_H_

#include <string>

namespace accord::testing {

// This is a fresh directory that is removed with the object.
class TempDir {
 public:
  TempDir();
  ~TempDir();
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;
  std::string path(const std::string& name = "") const { return name.empty() ? path_ : path_ + "/" + name; }

 private:
  std::string path_;
};

}  // namespace accord::testing

#endif  // ACCORD_COMMON_TESTING_TEMP_DIR_H_
