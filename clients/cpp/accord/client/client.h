// This file is about how an agency's own system calls Accord: one connection, calls that take effect once,
// lists, and watches without gaps. `clients/cpp/README.md` shows how a program uses it.
#ifndef ACCORD_CLIENT_CLIENT_H_
#define ACCORD_CLIENT_CLIENT_H_

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "accord/client/channels.h"
#include "accord/client/errors.h"
#include "accord/client/methods.h"
#include "accord/client/pages.h"
#include "accord/client/request_id.h"
#include "accord/client/settings.h"
#include "accord/client/watch.h"

namespace accord::client {

// This says on whose behalf, for which purpose and in which language of refusals to call, if not as in
// the settings.
struct Behalf {
  std::optional<std::string> actor = std::nullopt;
  std::optional<std::string> purpose = std::nullopt;
  std::optional<std::string> language = std::nullopt;
};

// These are the times of one call, if they differ from the settings.
struct CallOptions {
  std::optional<Seconds> timeout = std::nullopt;
  std::optional<Seconds> patience = std::nullopt;
};

// An answer, and the names of those fields that are empty only because the caller may not
// read them.
template <typename Response>
struct Answer {
  Response message;
  std::vector<std::string> masked;
};

// This is a connection to the gateway, on behalf of one person and for one purpose. It is thread-safe, and
// copies share the connection. Its exceptions are in errors.h.
class Client {
 public:
  explicit Client(Settings settings);

  const Settings& settings() const { return settings_; }
  // This says how the connection to each gateway is now.
  std::vector<GatewaySeen> Gateways() const { return channels_->Gateways(); }
  // This gives the same connection for another person, purpose or language.
  Client With(const Behalf& behalf) const;
  // This ends all calls, including those of clients that `With` made. No call is possible afterwards.
  void Close() const { channels_->Close(); }

  // This makes a call. A change gets a request id if it has none, and each attempt has the same. It throws
  // Refusal, or Unanswered if nothing answered within the patience.
  template <typename Stub, typename Request, typename Response>
  Response Call(Unary<Stub, Request, Response> method, const Request& request,
                const CallOptions& options = {}) const {
    return Ask(method, request, options).message;
  }

  // This does the same, and also gives the names of the fields that are masked.
  template <typename Stub, typename Request, typename Response>
  Answer<Response> Ask(Unary<Stub, Request, Response> method, const Request& request,
                       const CallOptions& options = {}) const {
    const Request kept = WithRequestId(request);
    Answer<Response> answer;
    answer.masked = Repeated(kept, RequestIdOf(kept), options, [&](Attempt& attempt) {
      answer.message.Clear();
      return (*attempt.channel().StubOf<Stub>().*method)(&attempt.context(), kept, &answer.message);
    });
    return answer;
  }

  // This gives each page from where `request` begins, until the last one. A page may be empty without being
  // the last.
  template <typename Stub, typename Request, typename Page>
  accord::client::Pages<Page> Pages(Unary<Stub, Request, Page> method, Request request) const {
    const std::string begin = request.page_token();
    return accord::client::Pages<Page>(
        [client = *this, method, request = std::move(request)](const std::string& token) mutable {
          request.set_page_token(token);
          return client.Call(method, request);
        },
        begin);
  }

  // This gives each record of a list.
  template <typename Stub, typename Request, typename Page, typename Item>
  Records<Page, Item> All(Unary<Stub, Request, Page> method, Request request, Items<Page, Item> items) const {
    return Records<Page, Item>(Pages(method, std::move(request)), items);
  }

  // This opens a stream and gives its messages until it ends; `Watch` reopens it whenever it ends. Opening
  // may take as long as making a connection. `begun` is called with the attempt before that, so that another
  // thread may cancel it.
  template <typename Stub, typename Request, typename Response>
  std::unique_ptr<OpenStream<Response>> Open(Stream<Stub, Request, Response> method, const Request& request,
                                             const std::function<void(Attempt&)>& begun = nullptr) const {
    std::unique_ptr<Attempt> attempt = BeginStream();
    if (begun) begun(*attempt);
    auto reader = (*attempt->channel().StubOf<Stub>().*method)(&attempt->context(), request);
    return std::make_unique<OpenStream<Response>>(channels_, std::move(attempt), std::move(reader), request);
  }

  // This lists the records and then reports every change of them, across ends of streams, of the gateway's
  // connection and of the certificate. With a token from an earlier watch, the list is left out and the
  // changes are reported from there on.
  template <typename ListStub, typename ListRequest, typename Page, typename Item, typename Stub,
            typename Request, typename Change>
  accord::client::Watch<Item, Change> Watch(Unary<ListStub, ListRequest, Page> listing, ListRequest listed,
                                            Items<Page, Item> items, Stream<Stub, Request, Change> stream,
                                            Request followed, WatchOptions options = {}) const {
    typename accord::client::Watch<Item, Change>::Source source;
    source.list = [client = *this, listing, listed = std::move(listed),
                   items](const std::string& token) mutable {
      listed.set_page_token(token);
      const Page page = client.Call(listing, listed);
      const auto& records = (page.*items)();
      return ListedPage<Item>{{records.begin(), records.end()}, page.next_page_token(), page.watch_token()};
    };
    source.open = [client = *this, stream, followed = std::move(followed)](
                      const std::string& token, const std::function<void(Attempt&)>& begun) mutable {
      followed.set_watch_token(token);
      followed.set_progress(true);
      return client.Open(stream, followed, begun);
    };
    return accord::client::Watch<Item, Change>(std::move(source), std::move(options));
  }

 private:
  using Once = std::function<grpc::Status(Attempt&)>;

  Client(Settings settings, std::shared_ptr<Channels> channels);
  // This calls `once` until it has an answer, and gives the names of the fields that are masked in it.
  std::vector<std::string> Repeated(const google::protobuf::Message& request, const std::string& request_id,
                                    const CallOptions& options, const Once& once) const;
  std::unique_ptr<Attempt> BeginStream() const;
  // This sets the headers of a call.
  void Prepare(grpc::ClientContext& context, Seconds timeout) const;

  Settings settings_;
  std::shared_ptr<Channels> channels_;
};

// This makes a client from the settings in a file, in the environment (ACCORD_ADDRESS and so on) and in
// `given`. It throws SettingsError if one is missing or wrong. The first call opens the connection.
Client Connect(const std::string& file = "", const Values& given = {});
// This makes a client from the settings themselves.
Client Connect(Settings settings);

}  // namespace accord::client

#endif  // ACCORD_CLIENT_CLIENT_H_
