// An attack is a function that attacks for some seconds and reports what happened. Each family of
// attacks has a file; main.cc knows all of them.
#ifndef ACCORD_TESTS_ATTACK_ATTACK_H_
#define ACCORD_TESTS_ATTACK_ATTACK_H_

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "tests/attack/peer.h"

namespace accord::attack {

// These are the arguments of the command line.
struct Order {
  Target target;
  std::string agency, actor, purpose;
  double seconds = 4;
  int connections = 4;
  // This is the number of calls or streams, for attacks that count them. With 0 the attack uses its
  // own default.
  int count = 0;
  // This is the name of a resource, for attacks that need one.
  std::string resource;

  Clock::time_point start = Clock::now();
  bool Going() const { return SecondsSince(start) < seconds; }
  int CountOr(int other) const { return count > 0 ? count : other; }
};

// This is what an attacker observed, for the table and for the judge.
struct Report {
  // These are the number of calls made, and the numbers of answers by Answer::Name().
  int64_t calls = 0;
  std::map<std::string, int64_t> answers;
  // These are the numbers of connections that were made, that failed, and that the gateway closed.
  int64_t opened = 0, refused = 0, closed = 0;
  // This has anything else that was measured.
  std::map<std::string, double> figures;
  // This says what the gateway did wrong; it is empty if it behaved as it should.
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
  // This tells people what is sent, and what the right reaction is.
  const char* about;
  std::function<Report(const Order&)> run;
};
std::vector<Attack> HeaderAttacks();
std::vector<Attack> FrameAttacks();
std::vector<Attack> ConnectionAttacks();
std::vector<Attack> BodyAttacks();
std::vector<Attack> CallAttacks();
std::vector<Attack> FormAttacks();
// The following are not attacks: the good neighbour, and programs that fill the databases beforehand.
std::vector<Attack> GoodNeighbours();
std::vector<Attack> DatabaseFills();

// This gives the headers of a gRPC call with the order's actor and purpose, followed by `extra`.
Headers CallHeaders(const Order& order, const std::string& path, const Headers& extra = {});

// This opens at most `count` connections, and counts those that fail.
Peers ConnectAll(const Order& order, int count, const Manners& manners, Report* report);
// Reopens and counts connections that were closed, until the order's time ends.
void Reopen(const Order& order, const Manners& manners, Peers* peers, Report* report);

// This keeps up to `open` calls in progress on each connection until the order's time ends. `call` makes
// each; all together make at most `per_second`, where 0 means no limit.
Report Flood(const Order& order, int open, double per_second, const std::function<void(Peer&)>& call,
             const Manners& manners = {});

}  // namespace accord::attack

#endif  // ACCORD_TESTS_ATTACK_ATTACK_H_
