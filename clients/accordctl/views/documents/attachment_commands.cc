// `accordctl attachment upload` and `download` transfer whole files, piece by piece, each checked against
// its digest.
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "accord/protocols/v1/attachment_service.pb.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/core/file_to_write.h"
#include "clients/accordctl/core/input_files.h"
#include "clients/accordctl/core/short_names.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/core/who_may_call.h"
#include "clients/accordctl/core/yaml_parser.h"
#include "clients/accordctl/views/read_pages.h"
#include "common/base/file.h"
#include "common/base/ids.h"

namespace accord::ctl {
namespace {

namespace p = protocols::v1;

constexpr char kAttachments[] = "/accord.protocols.v1.AttachmentService/";
// The service takes and answers with pieces of so many bytes.
constexpr std::size_t kAttachmentPiece = std::size_t{256} << 10;

struct AttachmentOptions {
  std::string file, about, readers, file_name, name, out;
};

absl::Status CallAttachments(Client* client, const std::string& method,
                             const google::protobuf::Message& request, google::protobuf::Message* response) {
  return client->Call(absl::StrCat(kAttachments, method), request, response);
}

// This gives what the options say of the file, without its content.
absl::StatusOr<p::Attachment> WantedAttachment(CommandSession* session, const AttachmentOptions& options,
                                               const std::string& content) {
  p::Attachment wanted;
  const Command* get = FindCommand("get", "referral");
  if (get == nullptr) return absl::UnimplementedError("no command get referral");
  ACCORD_ASSIGN_OR_RETURN(*wanted.mutable_about(), WholeName(session, *get, options.about));
  wanted.set_readers(options.readers == "both" ? p::READERS_BOTH : p::READERS_OWN_AGENCY);
  wanted.set_file_name(options.file_name.empty() ? options.file.substr(options.file.rfind('/') + 1)
                                                 : options.file_name);
  wanted.set_size(static_cast<int64_t>(content.size()));
  return wanted;
}

// This gives an upload of such a file that was broken off. A list tells no name of a file.
absl::StatusOr<std::optional<p::Attachment>> BrokenOff(CommandSession* session, const p::Attachment& wanted) {
  ACCORD_ASSIGN_OR_RETURN(Client * client, session->client());
  std::vector<std::string> fitting;
  ACCORD_RETURN_IF_ERROR(ReadPages<p::ListAttachmentsResponse>(
      session, "attachments",
      [&](const auto& page) {
        for (const p::Attachment& each : page.attachments()) {
          if (each.state() == p::ATTACHMENT_STATE_UPLOADING && each.size() == wanted.size() &&
              each.readers() == wanted.readers()) {
            fitting.push_back(each.name());
          }
        }
      },
      {{"about", wanted.about()}}));
  for (const std::string& name : fitting) {
    p::GetAttachmentRequest request;
    request.set_name(name);
    p::Attachment attachment;
    ACCORD_RETURN_IF_ERROR(CallAttachments(client, "GetAttachment", request, &attachment));
    if (attachment.file_name() == wanted.file_name()) return std::optional<p::Attachment>(attachment);
  }
  return std::optional<p::Attachment>();
}

absl::StatusOr<p::Attachment> BegunAttachment(CommandSession* session, const p::Attachment& wanted) {
  ACCORD_ASSIGN_OR_RETURN(Client * client, session->client());
  ACCORD_ASSIGN_OR_RETURN(std::optional<p::Attachment> begun, BrokenOff(session, wanted));
  if (begun) {
    std::cerr << Text("going on with {{name}} at {{received}} of {{size}} bytes",
                      {{"name", begun->name()},
                       {"received", absl::StrCat(begun->received())},
                       {"size", absl::StrCat(begun->size())}})
              << "\n";
    return *std::move(begun);
  }
  p::CreateAttachmentRequest request;
  request.set_parent("agencies/" + client->agency());
  *request.mutable_attachment() = wanted;
  request.set_request_id(NewRequestId());
  p::Attachment created;
  ACCORD_RETURN_IF_ERROR(CallAttachments(client, "CreateAttachment", request, &created));
  return created;
}

absl::Status UploadAttachment(CommandSession* session, const AttachmentOptions& options) {
  ACCORD_RETURN_IF_ERROR(RefuseEmptyFile(options.file));
  ACCORD_ASSIGN_OR_RETURN(const std::string content, ReadInputFile(options.file, "", kMostFileBytes));
  ACCORD_ASSIGN_OR_RETURN(Client * client, session->client());
  ACCORD_ASSIGN_OR_RETURN(const p::Attachment wanted, WantedAttachment(session, options, content));
  ACCORD_ASSIGN_OR_RETURN(p::Attachment attachment, BegunAttachment(session, wanted));
  while (attachment.received() < attachment.size()) {
    p::UploadAttachmentChunkRequest request;
    request.set_name(attachment.name());
    request.set_offset(attachment.received());
    request.set_data(content.substr(static_cast<std::size_t>(attachment.received()), kAttachmentPiece));
    // The same bytes at the same place are the same request.
    request.set_request_id(absl::StrCat(LastPartOfName(attachment.name()), "-", attachment.received()));
    ACCORD_RETURN_IF_ERROR(CallAttachments(client, "UploadAttachmentChunk", request, &attachment));
  }
  p::CommitAttachmentRequest request;
  request.set_name(attachment.name());
  request.set_etag(attachment.etag());
  request.set_sha256(Hex(Sha256(content)));
  request.set_request_id(NewRequestId());
  ACCORD_RETURN_IF_ERROR(CallAttachments(client, "CommitAttachment", request, &attachment));
  std::cout << PrintOne(attachment, session->format());
  if (attachment.state() == p::ATTACHMENT_STATE_QUARANTINED) {
    std::cerr << Text("nobody reads it until the scanner has let it pass") << "\n";
  }
  return absl::OkStatus();
}

absl::Status DownloadAttachment(CommandSession* session, const AttachmentOptions& options) {
  const Command* get = FindCommand("get", "attachment");
  if (get == nullptr) return absl::UnimplementedError("no command get attachment");
  ACCORD_ASSIGN_OR_RETURN(const std::string name, WholeName(session, *get, options.name));
  ACCORD_ASSIGN_OR_RETURN(Client * client, session->client());
  p::GetAttachmentRequest about;
  about.set_name(name);
  p::Attachment attachment;
  ACCORD_RETURN_IF_ERROR(CallAttachments(client, "GetAttachment", about, &attachment));
  std::string content;
  do {
    p::DownloadAttachmentChunkRequest request;
    request.set_name(name);
    request.set_offset(static_cast<int64_t>(content.size()));
    p::AttachmentContent piece;
    ACCORD_RETURN_IF_ERROR(CallAttachments(client, "DownloadAttachmentChunk", request, &piece));
    if (piece.data().empty()) break;
    content += piece.data();
  } while (content.size() < static_cast<std::size_t>(attachment.size()));
  if (Hex(Sha256(content)) != attachment.sha256()) {
    return Refuse(rules::kAttachmentDigest,
                  "what was read has another digest than the attachment: nothing is kept");
  }
  ACCORD_RETURN_IF_ERROR(WriteFile(options.out, content, FileKind::kPrivate));
  std::cout << Text("{{size}} bytes in {{file}}",
                    {{"size", absl::StrCat(content.size())}, {"file", options.out}})
            << "\n";
  return absl::OkStatus();
}

}  // namespace

void AddAttachmentCommands(CLI::App* app, CommandSession* session) {
  CLI::App* attachment =
      AddCommand(app, session, "attachment", "Attach files to referrals, and read them", nullptr);
  attachment->group("Views")->require_subcommand(1);
  auto options = std::make_shared<AttachmentOptions>();
  CLI::App* upload =
      AddCommand(attachment, session, "upload", "Attach a file. Run again after an interruption, it goes on",
                 [=] { return UploadAttachment(session, *options); });
  upload->add_option("file", options->file, "The file, whole")->required();
  upload
      ->add_option("--about", options->about,
                   "agencies/.../referrals/... or its last part, or agencies/.../jointInvestigations/...")
      ->required();
  upload->add_option("--readers", options->readers, "Who reads it: own_agency or both")
      ->required()
      ->check(CLI::IsMember({"own_agency", "both"}));
  upload->add_option("--file-name", options->file_name, "What it is called there; its own name if left out");
  CLI::App* download =
      AddCommand(attachment, session, "download", "Read a file; each reading is told to who attached it",
                 [=] { return DownloadAttachment(session, *options); });
  download->add_option("name", options->name, "agencies/.../attachments/..., or its last part")->required();
  download->add_option("--out", options->out, "Where to write it")->check(FaultOfFileToWrite)->required();
  for (const auto& [one, verb] : {std::pair(upload, "create"), std::pair(download, "get")}) {
    const Command* command = FindCommand(verb, "attachment");
    if (command != nullptr) one->footer(absl::StrCat("Who may: ", WhoMayCall(command->method), "."));
  }
}

}  // namespace accord::ctl
