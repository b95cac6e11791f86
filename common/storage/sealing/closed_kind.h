// A record that is closed has another kind than before, by which nothing finds it (common/storage/backup).
#ifndef ACCORD_COMMON_STORAGE_SEALING_CLOSED_KIND_H_
#define ACCORD_COMMON_STORAGE_SEALING_CLOSED_KIND_H_

#include <string>
#include <string_view>

namespace accord::storage {

// This is the prefix of the kind of a record that is closed.
inline constexpr char kClosedKind[] = "closed/";

// This gives the kind that a closed resource had, to which its sealed content is bound; any other kind is
// returned unchanged.
inline std::string OpenKind(std::string_view kind) {
  if (kind.starts_with(kClosedKind)) kind.remove_prefix(std::string_view(kClosedKind).size());
  return std::string(kind);
}

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_SEALING_CLOSED_KIND_H_
