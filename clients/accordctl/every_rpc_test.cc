// This tests what must hold for the command line of every RPC of every service, including later ones.
#include <gmock/gmock.h>

#include <fstream>
#include <set>
#include <sstream>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "clients/accordctl/core/client.h"
#include "clients/accordctl/core/enum_meanings.h"
#include "clients/accordctl/core/field_rule.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/kebab_case.h"
#include "clients/accordctl/core/line_options.h"
#include "clients/accordctl/core/message_json.h"
#include "clients/accordctl/core/nouns.h"
#include "clients/accordctl/core/output.h"
#include "clients/accordctl/core/proto_comments.h"
#include "clients/accordctl/core/request_line.h"
#include "clients/accordctl/core/resource_types.h"
#include "clients/accordctl/core/screened_stream.h"
#include "clients/accordctl/core/visible_text.h"
#include "clients/accordctl/core/who_may_call.h"
#include "clients/accordctl/core/yaml_writer.h"
#include "clients/accordctl/records/explain.h"
#include "clients/accordctl/testing/sample_message.h"

namespace accord::ctl {
namespace {

// YAML, JSON and the shell each read this text in their own way.
constexpr char kText[] = "she said: \"no\", {then} 'yes' #1 \xc3\xa9\\";

std::string FileWith(const std::string& content) {
  const std::string path = ::testing::TempDir() + "/accordctl-every-rpc.yaml";
  std::ofstream(path) << content;
  return path;
}

// This parses a line of one command as the command line does, and gives its request.
absl::StatusOr<Json> Said(const Command& command, std::vector<std::string> words) {
  CLI::App app;
  RequestLine line;
  AddLineOptions(&app, command, &line);
  std::reverse(words.begin(), words.end());
  try {
    app.parse(std::move(words));
  } catch (const CLI::ParseError& error) {
    return absl::InvalidArgumentError(error.what());
  }
  return AssembleRequest(command, line);
}

// The sample has every field that people give, except the name and the mask, which have places of
// their own on the line.
Json SampleRequest(const Command& command) {
  return Sample(command.request(), kText, {"name", "page_token", "page_size", "update_mask"});
}

void ExpectMeans(const Command& command, const std::vector<std::string>& words, const Json& request,
                 const char* way) {
  const auto said = Said(command, words);
  ASSERT_TRUE(said.ok()) << way << " " << command.method.path << " " << said.status();
  Json without_mask = *said;
  without_mask.erase("update_mask");
  const MessagePtr meant = NewMessage(command.request()), got = NewMessage(command.request());
  const absl::Status sample = FromJson(request, meant.get()), read = FromJson(without_mask, got.get());
  ASSERT_TRUE(sample.ok() && read.ok()) << way << " " << command.method.path << " " << sample << read;
  EXPECT_EQ(got->SerializeAsString(), meant->SerializeAsString()) << way << " " << command.method.path << "\n"
                                                                  << got->DebugString() << "instead of\n"
                                                                  << meant->DebugString();
}

std::string Flag(const std::string& name) { return "--" + KebabCase(name); }

// This gives options for every field of the request except one.
std::vector<std::string> Options(const Command& command, const Json& request, const FieldDescriptor* but) {
  std::vector<std::string> words;
  for (const auto& [name, value] : request.items()) {
    if (but != nullptr && name == but->name()) continue;
    const FieldDescriptor* field = command.request()->FindFieldByName(name);
    if (value.is_boolean()) {
      words.push_back(Flag(name));
    } else if (field->is_repeated()) {
      for (const Json& one : value) {
        words.push_back(Flag(name));
        words.push_back(one.is_string() ? one.get<std::string>() : DumpJson(one));
      }
    } else {
      words.push_back(Flag(name));
      words.push_back(value.is_string() ? value.get<std::string>() : DumpJson(value));
    }
  }
  return words;
}

// This adds a `--set` for every value in it, at any depth.
void Sets(const std::string& path, const Json& value, std::vector<std::string>* words) {
  if (path.empty() && value.empty()) return;
  if (value.is_object() && !value.empty()) {
    for (const auto& [name, one] : value.items())
      Sets(path.empty() ? name : absl::StrCat(path, ".", name), one, words);
  } else if (value.is_array()) {
    for (std::size_t i = 0; i < value.size(); ++i) Sets(absl::StrCat(path, ".", i), value[i], words);
  } else {
    words->push_back("--set");
    words->push_back(absl::StrCat(path, "=", value.is_string() ? value.get<std::string>() : DumpJson(value)));
  }
}

TEST(EveryRpc, TakesNestedMessagesFromAFile) {
  for (const Command& command : Commands()) {
    const Json request = SampleRequest(command);
    const FieldDescriptor* body = command.body();
    std::vector<std::string> words =
        body != nullptr ? Options(command, request, body) : std::vector<std::string>();
    words.insert(words.end(), {"-f", FileWith(ToYaml(body != nullptr ? request[body->name()] : request))});
    ExpectMeans(command, words, request, "-f");
  }
}

TEST(EveryRpc, TakesNestedMessagesByPath) {
  for (const Command& command : Commands()) {
    const Json request = SampleRequest(command);
    const FieldDescriptor* body = command.body();
    std::vector<std::string> words =
        body != nullptr ? Options(command, request, body) : std::vector<std::string>();
    Sets("", body != nullptr ? request[body->name()] : request, &words);
    ExpectMeans(command, words, request, "--set");
  }
}

TEST(EveryRpc, TakesNestedMessagesAsJsonOnTheLine) {
  for (const Command& command : Commands()) {
    const Json request = SampleRequest(command);
    const FieldDescriptor* body = command.body();
    std::vector<std::string> words = Options(command, request, body);
    if (body != nullptr) words.insert(words.end(), {"--json", DumpJson(request[body->name()])});
    ExpectMeans(command, words, request, "JSON");
  }
}

// This says whether the sentence is an imperative: it begins with none of these words, nor with a verb in the
// third person.
bool IsImperative(const std::string& sentence) {
  static const auto& others = *new std::set<std::string>{
      "The",  "A",    "An",     "By",    "Of",    "To",    "From", "For",   "Who",  "What",
      "When", "With", "Only",   "Every", "Any",   "Those", "All",  "No",    "It",   "This",
      "One",  "Each", "Own",    "Never", "Until", "Line",  "At",   "On",    "In",   "Once",
      "As",   "How",  "Either", "Then",  "Past",  "Its",   "Some", "There", "That", "Imminent"};
  const std::string first = sentence.substr(0, sentence.find_first_of(" ,."));
  const bool third_person = absl::EndsWith(first, "s") && !absl::EndsWith(first, "ss");
  return !first.empty() && absl::ascii_isupper(static_cast<unsigned char>(first[0])) &&
         !others.contains(first) && !third_person && !absl::EndsWith(first, "ed") &&
         !(first.size() > 5 && absl::EndsWith(first, "ing"));
}

TEST(EveryRpc, IsExplainedInASentenceThatSaysWhatToDo) {
  for (const Command& command : Commands()) {
    const std::string comment = CommentOf(command.method.descriptor);
    const std::string first = FirstSentence(comment);
    EXPECT_TRUE(absl::EndsWith(comment, ".")) << command.method.path << ": " << comment;
    EXPECT_TRUE(IsImperative(first)) << command.method.path << ": " << first;
    EXPECT_LE(first.size(), 120u) << command.method.path << ": a list shows it: " << first;
    EXPECT_GE(std::count(first.begin(), first.end(), ' '), 1) << command.method.path << ": " << first;
  }
}

TEST(EveryRpc, SaysWhoMayAndHowItIsTyped) {
  for (const Command& command : Commands()) {
    EXPECT_NE(WhoMayCall(command.method), "") << command.method.path;
    const auto page = Explanation(std::vector<std::string>(
        absl::StrSplit(TypedCommand(command).substr(std::string("accordctl ").size()), ' ')));
    ASSERT_TRUE(page.ok()) << command.method.path << page.status();
    EXPECT_THAT(*page, ::testing::HasSubstr(WhoMayCall(command.method).substr(0, 20)));
  }
}

// Every field that people give must have an explanation in the help; the values of agencies and
// roles explain themselves.
void ExpectMeanings(const Descriptor* type, std::set<const Descriptor*>* seen) {
  if (!seen->insert(type).second) return;
  for (int i = 0; i < type->field_count(); ++i) {
    const FieldDescriptor* field = type->field(i);
    if (FieldRuleOf(field).output_only()) continue;
    if (IsNestedField(field)) ExpectMeanings(field->message_type(), seen);
    const auto* values = field->enum_type();
    if (values == nullptr || values->file()->package() == "accord.annotations.v1") continue;
    for (const EnumMeaning& meaning : EnumMeanings(values)) {
      EXPECT_NE(meaning.comment, "") << values->full_name() << " " << meaning.value;
    }
  }
}

TEST(EveryRpc, IsNotExplainedByAWordThatNamesNothing) {
  EXPECT_TRUE(Explanation({"referral", "urgency"}).ok());
  const auto more = Explanation({"referral", "urgency", "foo"});
  EXPECT_TRUE(absl::IsInvalidArgument(more.status())) << more.status();
  EXPECT_THAT(std::string(more.status().message()), ::testing::HasSubstr("`foo` behind urgency"));
}

TEST(EveryRpc, TellsTheMeaningOfEveryValueThatItTakes) {
  std::set<const Descriptor*> seen;
  for (const Command& command : Commands()) ExpectMeanings(command.request(), &seen);
}

TEST(EveryRpc, HasEachOfItsFieldsExplained) {
  for (const Noun& noun : Nouns()) {
    EXPECT_TRUE(Explanation({noun.word}).ok()) << noun.word;
    for (int i = 0; noun.message != nullptr && i < noun.message->field_count(); ++i) {
      const std::string& field = noun.message->field(i)->name();
      const auto page = Explanation({noun.word, field});
      EXPECT_TRUE(page.ok()) << noun.word << " " << field << page.status();
    }
    for (const Verb& verb : noun.verbs) {
      for (int i = 0; i < verb.command->request()->field_count(); ++i) {
        const std::string& field = verb.command->request()->field(i)->name();
        const auto page = Explanation({noun.word, verb.word, field});
        EXPECT_TRUE(page.ok()) << noun.word << " " << verb.word << " " << field << page.status();
      }
    }
  }
}

std::string Screenful(const std::string& text) {
  std::ostringstream out;
  {
    const ScreenedStream screened(&out);
    out << text;
    out.flush();
  }
  return out.str();
}

// This sets every text, including fields that only the service writes.
void SetAllText(google::protobuf::Message* message, const std::string& text, int depth) {
  const auto* access = message->GetReflection();
  for (int i = 0; i < message->GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor* field = message->GetDescriptor()->field(i);
    if (field->is_map()) continue;
    if (field->type() == FieldDescriptor::TYPE_STRING) {
      if (field->is_repeated())
        access->AddString(message, field, text);
      else
        access->SetString(message, field, text);
    } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE && IsNestedField(field) && depth < 6) {
      SetAllText(
          field->is_repeated() ? access->AddMessage(message, field) : access->MutableMessage(message, field),
          text, depth + 1);
    }
  }
}

TEST(EveryRpc, ShowsWhatOthersWroteAndObeysNoneOfIt) {
  const std::string text = "Plan\x1b[2K\rAll clear\nforged  row\xe2\x80\xae\xc2\x9b";
  for (const Command& command : Commands()) {
    const MessagePtr answer = NewMessage(command.response());
    SetAllText(answer.get(), text, 0);
    std::vector<std::string> screens;
    for (const Format format : {Format::kTable, Format::kJson, Format::kYaml, Format::kName}) {
      screens.push_back(Screenful(PrintOne(*answer, format)));
      screens.push_back(Screenful(PrintEvent(*answer, format)));
      const ResourceType type{answer->GetDescriptor(),
                              answer->GetDescriptor()->options().GetExtension(annotations::v1::resource)};
      screens.push_back(Screenful(PrintMany(type, {answer.get()}, format)));
    }
    for (const std::string& screen : screens) {
      EXPECT_EQ(screen.find_first_of("\x1b\r"), std::string::npos) << command.method.path << screen;
      EXPECT_EQ(screen.find("\xe2\x80\xae"), std::string::npos) << command.method.path << screen;
      EXPECT_EQ(screen.find("\xc2\x9b"), std::string::npos) << command.method.path << screen;
    }
    // One answer and several are printed in each format; JSON and YAML mark the text's own lines
    // as such.
    constexpr std::size_t kPrints = 3, kNames = 3 * kPrints;
    for (const std::size_t lines : {std::size_t{0}, std::size_t{2}, kNames, kNames + 2}) {
      EXPECT_FALSE(absl::StrContains("\n" + screens[lines], "\nforged"))
          << command.method.path << screens[lines];
    }
  }
}

}  // namespace
}  // namespace accord::ctl
