// This file is about the mark of what comes from a training installation, so that nobody takes it for real.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_TRAINING_MARK_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_TRAINING_MARK_H_

#include <string>

namespace accord::ctl {

// This marks what is read from now on as coming from a training installation, as the caller's own certificate
// says; tables and pages then carry a mark.
void MarkAsTraining(bool training);
bool IsTraining();

// This gives the line above output for people from a training installation; it is empty elsewhere. Output for
// programs does not have it.
std::string TrainingMark();

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_TRAINING_MARK_H_
