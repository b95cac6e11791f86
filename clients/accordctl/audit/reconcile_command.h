// `accordctl audit reconcile` compares the changes of every service with the log.
#ifndef ACCORD_CLIENTS_ACCORDCTL_AUDIT_RECONCILE_COMMAND_H_
#define ACCORD_CLIENTS_ACCORDCTL_AUDIT_RECONCILE_COMMAND_H_

#include "clients/accordctl/core/command_session.h"

namespace accord::ctl {

void AddReconcileCommand(CLI::App* audit, CommandSession* session);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_AUDIT_RECONCILE_COMMAND_H_
