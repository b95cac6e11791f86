#include "clients/accordctl/core/nouns.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <tuple>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "clients/accordctl/core/kebab_case.h"
#include "clients/accordctl/core/resource_types.h"

namespace accord::ctl {
namespace {

struct Area {
  const char* service;
  const char* title;
  // This lists the area's gRPC services, without `Service`, in the order of the help; later ones follow.
  const char* order;
};
constexpr Area kAreas[] = {
    {"protocols", "Protocols and referrals",
     "Protocol Referral Coverage InspectorReferral JointInvestigation Dispute PrivacyAlert EmergencyAccess "
     "Retention"},
    {"prosecution", "Prosecution", "Case Accused Advice Link"},
    {"intelligence", "Intelligence",
     "Position Report Dissemination Request Membership Purge Product Deconfliction"},
    {"supports", "Support to survivors",
     "SupportCase Consent SupportDisclosure SupportReferral SupportTransfer CrisisReferral SurvivorNotice "
     "RestrainingOrder OrderLookup CrisisPartner Facility WorkerPosition Benefit BenefitClaim "
     "BenefitPayment FundLine"},
    {"training", "Training", "Course Offering Certificate Completion Observation"},
    {"strategy", "Strategy",
     "Initiative Indicator Engagement Money FundingCall FundingApplication FundingAssessment "
     "FundingAgreement FundingRecord ProgressReport"},
    {"registry", "Registry", "Registry People RegistryAdmin AccessReview"},
    {"audit", "Audit", "Audit"}};

std::string NounAreaOf(const Command& command) { return AreaOfService(ServiceInPath(command.method.path)); }

std::size_t RankOfNounArea(const Command& command) {
  const std::string area = NounAreaOf(command);
  return static_cast<std::size_t>(std::find(NounAreas().begin(), NounAreas().end(), area) -
                                  NounAreas().begin());
}

// This gives the position of a gRPC service within its area.
std::size_t NounOrderInArea(const Command& command) {
  const std::string area = ServiceInPath(command.method.path);
  const std::string& name = command.method.descriptor->service()->name();
  for (const Area& each : kAreas) {
    if (area != each.service) continue;
    const std::vector<std::string> order = absl::StrSplit(each.order, ' ');
    const auto place = std::find_if(order.begin(), order.end(),
                                    [&](const std::string& stem) { return name == stem + "Service"; });
    return static_cast<std::size_t>(place - order.begin());
  }
  return 0;
}

// `CaseService` is about cases: an RPC of it whose name has no resource acts on a case.
std::optional<ResourceType> ResourceOfService(const Command& command) {
  const auto* service = command.method.descriptor->service();
  if (!absl::EndsWith(service->name(), "Service")) return std::nullopt;
  const std::string stem = service->name().substr(0, service->name().size() - 7);
  const auto* file = service->file();
  const Descriptor* message = file->pool()->FindMessageTypeByName(absl::StrCat(file->package(), ".", stem));
  if (message == nullptr || !message->options().HasExtension(annotations::v1::resource)) return std::nullopt;
  return ResourceType{message, message->options().GetExtension(annotations::v1::resource)};
}

struct NounPlace {
  std::string noun, other, verb;
  const Descriptor* message;
};

NounPlace NounPlaceOf(const Command& command) {
  const auto resource = ResourceOf(command);
  if (!resource) return {command.noun, "", command.verb, nullptr};
  const std::string singular = KebabCase(resource->option.singular()),
                    plural = KebabCase(resource->option.plural());
  const std::string verb = command.resource ? command.verb : absl::StrCat(command.verb, "-", command.noun);
  return {singular, plural == singular ? "" : plural, verb, resource->message};
}

std::vector<const Command*> CommandsInDeclaredOrder() {
  using Place = std::tuple<std::size_t, std::size_t, std::string, int>;
  // Each position is computed once, because every start sorts hundreds of commands.
  std::vector<std::pair<Place, const Command*>> placed;
  for (const Command& command : Commands()) {
    const auto* method = command.method.descriptor;
    placed.emplace_back(Place(RankOfNounArea(command), NounOrderInArea(command),
                              method->service()->full_name(), method->index()),
                        &command);
  }
  std::stable_sort(placed.begin(), placed.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<const Command*> all;
  for (const auto& [place, command] : placed) all.push_back(command);
  return all;
}

std::vector<Noun> BuildNouns() {
  std::vector<Noun> nouns;
  std::map<std::string, std::size_t> at;
  for (const Command* command : CommandsInDeclaredOrder()) {
    const NounPlace place = NounPlaceOf(*command);
    const auto [found, fresh] = at.emplace(place.noun, nouns.size());
    if (fresh) nouns.push_back({place.noun, place.other, {}, place.message, {}});
    Noun& noun = nouns[found->second];
    noun.areas.insert(NounAreaOf(*command));
    noun.verbs.push_back({place.verb, command});
  }
  return nouns;
}

void AddTitleOnce(const std::string& word, std::vector<std::string>* words) {
  if (std::find(words->begin(), words->end(), word) == words->end()) words->push_back(word);
}

}  // namespace

// A service that was added later uses its own name until it has a better title.
std::string AreaOfService(std::string service) {
  for (const Area& area : kAreas) {
    if (service == area.service) return area.title;
  }
  if (!service.empty()) service[0] = absl::ascii_toupper(static_cast<unsigned char>(service[0]));
  return service;
}

const std::vector<std::string>& NounAreas() {
  static const auto* areas = [] {
    auto* titles = new std::vector<std::string>;
    for (const Area& area : kAreas) titles->push_back(area.title);
    for (const Command& command : Commands()) AddTitleOnce(NounAreaOf(command), titles);
    return titles;
  }();
  return *areas;
}

const std::vector<Noun>& Nouns() {
  static const auto* nouns = new std::vector<Noun>(BuildNouns());
  return *nouns;
}

std::string NounWithArticle(const Noun& noun) {
  const bool vowel = absl::string_view("aeiou").find(noun.word[0]) != absl::string_view::npos;
  return absl::StrCat(vowel ? "an " : "a ", noun.word);
}

const Noun* FindNoun(const std::string& word) {
  for (const Noun& noun : Nouns()) {
    if (!word.empty() && (noun.word == word || noun.other == word)) return &noun;
  }
  return nullptr;
}

const Verb* FindVerb(const Noun& noun, const std::string& word) {
  for (const Verb& verb : noun.verbs) {
    if (verb.word == word) return &verb;
  }
  return nullptr;
}

const Noun& NounOf(const Command& command) { return *FindNoun(NounPlaceOf(command).noun); }

std::optional<ResourceType> ResourceOf(const Command& command) {
  return command.resource ? command.resource : ResourceOfService(command);
}

std::string TypedCommand(const Command& command) {
  const NounPlace place = NounPlaceOf(command);
  return absl::StrCat("accordctl ", place.noun, " ", place.verb);
}

}  // namespace accord::ctl
