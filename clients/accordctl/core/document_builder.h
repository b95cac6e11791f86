// This builds the value from the parser's events: no tree of yaml-cpp's is made, in which an alias could lead
// in a circle.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_DOCUMENT_BUILDER_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_DOCUMENT_BUILDER_H_

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "clients/accordctl/core/json.h"

namespace accord::ctl {

// It throws an exception of yaml-cpp's own type where a document is not taken.
class DocumentBuilder : public YAML::EventHandler {
 public:
  // `sought` is the path of a field whose place is wanted.
  explicit DocumentBuilder(std::string sought = "") : sought_(std::move(sought)) {}

  Json Take() { return std::move(root_); }

  // This says where the document begins.
  const YAML::Mark& begin() const { return begin_; }

  // This says where the last text begins that may stand in quotes; it is nothing if there is none.
  const std::optional<YAML::Mark>& quoted() const { return quoted_; }

  // This says where the field that was sought stands; it is nothing if the document has none of its path.
  const std::optional<YAML::Mark>& found() const { return found_; }

  void OnDocumentStart(const YAML::Mark& mark) override { begin_ = mark; }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t) override { Add(mark, nullptr); }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override;
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                const std::string& value) override;
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                       YAML::EmitterStyle::value) override;
  void OnSequenceEnd() override { open_.pop_back(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                  YAML::EmitterStyle::value) override;
  void OnMapEnd() override { open_.pop_back(); }

 private:
  struct Level {
    Json* value;
    // A mapping has its key when the value is still to come.
    bool has_key = false;
    std::string key = {};
  };

  bool WantsKey() const { return !open_.empty() && open_.back().value->is_object() && !open_.back().has_key; }

  // This gives the path to what is read now: the keys and numbers of all that is open.
  std::string Path() const;
  void Compare(const YAML::Mark& mark);

  Json* Place(const YAML::Mark& mark, Json value);
  void Add(const YAML::Mark& mark, Json value);
  void Open(const YAML::Mark& mark, Json value);

  const std::string sought_;
  std::optional<YAML::Mark> found_, quoted_;
  Json root_;
  YAML::Mark begin_;
  // Values within these may not move: an element is added only to the innermost, whose own place is settled.
  std::vector<Level> open_;
  int nodes_ = 0;
};

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_DOCUMENT_BUILDER_H_
