// This is what an attack is: a function that attacks for some seconds and says what it met. A family of
// attacks is a file; main.cc knows them all.
#ifndef ACCORD_TESTS_ATTACK_ATTACK_H_
#define ACCORD_TESTS_ATTACK_ATTACK_H_

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "tests/attack/peer.h"

namespace accord::attack {

// This is what the command line gave.
struct Order {
  Target target;
  std::string agency, actor, purpose;
  double seconds = 4;
  int connections = 4;
  // Calls or streams, where an attack counts them; 0: its own default.
  int count = 0;
  // This is the name of a resource, where an attack needs one.
  std::string resource;

  Clock::time_point start = Clock::now();
  bool Going() const { return SecondsSince(start) < seconds; }
  int CountOr(int other) const { return count > 0 ? count : other; }
};

// This is what an attacker met, for the table and for the judge.
struct Report {
  // Calls made, and answers by Answer::Name().
  int64_t calls = 0;
  std::map<std::string, int64_t> answers;
  // Connections that came about, did not, and were closed by the gateway.
  int64_t opened = 0, refused = 0, closed = 0;
  // They hold anything else that was measured.
  std::map<std::string, double> figures;
  // Why the gateway did not do what is right; empty: it did.
  std::vector<std::string> wrong;

  void Take(const Answer& answer) { ++answers[answer.Name()]; }
  void Take(const std::vector<Answer>& some) {
    for (const Answer& answer : some) Take(answer);
  }
  void Expect(bool held, const std::string& otherwise) {
    if (!held) wrong.push_back(otherwise);
  }
};

struct Attack {
  const char* name;
  // It tells people what is sent, and what is right.
  const char* about;
  std::function<Report(const Order&)> run;
};
std::vector<Attack> HeaderAttacks();
std::vector<Attack> FrameAttacks();
std::vector<Attack> ConnectionAttacks();
std::vector<Attack> BodyAttacks();
std::vector<Attack> CallAttacks();
std::vector<Attack> FormAttacks();
// Not attacks: the good neighbour, and what fills the stores beforehand.
std::vector<Attack> Errands();

// Headers of a gRPC call as the order's actor and purpose; `extra` comes last.
Headers CallHeaders(const Order& order, const std::string& path, const Headers& extra = {});

// This opens at the most `count` connections, and counts those that fail.
Peers ConnectAll(const Order& order, int count, const Manners& manners, Report* report);
// Opens anew what was closed, and counts it. Stops at the end of the order's time.
void Reopen(const Order& order, const Manners& manners, Peers* peers, Report* report);

// Until the end of the order: on each connection up to `open` calls at once, each made by `call`; at the most
// `per_second` in all (0: as fast as it goes).
Report Flood(const Order& order, int open, double per_second, const std::function<void(Peer&)>& call,
             const Manners& manners = {});

}  // namespace accord::attack

#endif  // ACCORD_TESTS_ATTACK_ATTACK_H_
