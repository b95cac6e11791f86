// This file has the command `accordctl rotate-keys`.
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/operate/rotate.h"
#include "clients/accordctl/operate/rotate_certificates.h"
#include "common/base/error.h"
#include "common/pki/authority.h"

namespace accord::ctl {
namespace {

struct RotateOptions {
  std::vector<std::string> files;
  std::string ca;
  int days = 90;
  RotateStep step = RotateStep::kExplain;
};

using Rotate = std::function<absl::Status(const Deployment&, const RotateOptions&)>;

CLI::App* AddRotatedKey(CLI::App* rotate, CommandSession* session, const std::string& name,
                        const std::string& help, const std::string& files_help,
                        const std::shared_ptr<RotateOptions>& options, const Rotate& run) {
  CLI::App* kind = AddCommand(rotate, session, name, help, [=]() -> absl::Status {
    ACCORD_ASSIGN_OR_RETURN(const Deployment deployment, ReadDeployment(options->files));
    return run(deployment, *options);
  });
  kind->add_option("CONFIG", options->files, files_help)->required();
  return kind;
}

void AddRotateSteps(CLI::App* kind, const std::shared_ptr<RotateOptions>& options,
                    const std::vector<std::tuple<const char*, RotateStep, const char*>>& steps) {
  CLI::Option_group* group =
      kind->add_option_group("Steps", "Without one: where it stands and what comes next");
  for (const auto& [flag, step, help] : steps) {
    group->add_flag_callback(
        flag, [options, step = step] { options->step = step; }, help);
  }
  group->require_option(0, 1);
}

}  // namespace

void AddRotateCommands(CLI::App* app, CommandSession* session) {
  CLI::App* rotate =
      AddCommand(app, session, "rotate-keys",
                 "Change keys and certificates, in steps after each of which everything works", nullptr)
          ->require_subcommand(1)
          ->group("Administration");
  auto options = std::make_shared<RotateOptions>();
  const auto add = std::tuple{"--add", RotateStep::kAdd, "Make a new key that is known and not used"};
  const auto promote = std::tuple{"--promote", RotateStep::kPromote, "Use the new key from now on"};
  const auto retire = std::tuple{"--retire", RotateStep::kRetire, "Take the old keys away"};
  AddRotateSteps(
      AddRotatedKey(rotate, session, "seal", "Change the key that seals a service's sensitive fields",
                    "The service's configuration file", options,
                    [](const Deployment& deployment, const RotateOptions& with) -> absl::Status {
                      if (deployment.services.size() != 1)
                        return absl::InvalidArgumentError("name one service's file");
                      return RotateSeal(deployment.services.front(), with.step);
                    }),
      options,
      {add, promote, {"--reseal", RotateStep::kReseal, "Seal every row under the first key"}, retire});
  AddRotateSteps(
      AddRotatedKey(rotate, session, "assertion", "Change the key by which the gateway vouches for callers",
                    "The gateway's and every service's configuration file", options,
                    [](const Deployment& deployment, const RotateOptions& with) -> absl::Status {
                      if (deployment.gateways.size() != 1)
                        return absl::InvalidArgumentError("name one gateway's file");
                      return RotateAssertion(deployment.gateways.front(), deployment, with.step);
                    }),
      options, {add, promote, retire});
  AddRotateSteps(AddRotatedKey(rotate, session, "checkpoint",
                               "Change the key that signs the audit log, with the audit stopped",
                               "The audit's and the registry's configuration file", options,
                               [](const Deployment& deployment, const RotateOptions& with) {
                                 return RotateCheckpoint(deployment, with.step);
                               }),
                 options, {{"--add", RotateStep::kAdd, "Make a new key and sign with it from now on"}});
  CLI::App* certificates =
      AddRotatedKey(rotate, session, "certificates",
                    "Renew the processes' certificates, from the authorities of `pki init`",
                    "Configuration files of the processes", options,
                    [](const Deployment& deployment, const RotateOptions& with) {
                      return RotateCertificates(deployment, with.ca, with.days);
                    });
  certificates->add_option("--ca", options->ca, "Folder that `pki init` made")->required();
  certificates->add_option("--days", options->days, "Days that they are valid [90]")
      ->check(CLI::Range(1, pki::kMaxDays));
}

}  // namespace accord::ctl
