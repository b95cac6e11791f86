#include "clients/accordctl/core/training_mark.h"

#include "clients/accordctl/core/texts.h"

namespace accord::ctl {
namespace {

bool is_training = false;

}  // namespace

void MarkAsTraining(bool training) { is_training = training; }

bool IsTraining() { return is_training; }

std::string TrainingMark() {
  return IsTraining() ? Text("TRAINING: people and cases are made up") + "\n" : std::string();
}

}  // namespace accord::ctl
