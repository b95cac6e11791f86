// Commands by the words of services, such as `accordctl intelligence`: people who know what a service is for,
// and not yet what its records are called, find its nouns by them.
#ifndef ACCORD_CLIENTS_ACCORDCTL_RECORDS_SERVICE_COMMANDS_H_
#define ACCORD_CLIENTS_ACCORDCTL_RECORDS_SERVICE_COMMANDS_H_

#include "clients/accordctl/core/command_session.h"

namespace accord::ctl {

// This lets the word of each service print its page. A word that is a noun too, such as `protocols`, keeps
// the page of the noun, which names the other nouns; a word that has commands of its own, such as `audit`,
// keeps them. Call it after all other commands were added.
void AddServiceCommands(CLI::App* app, CommandSession* session);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_RECORDS_SERVICE_COMMANDS_H_
