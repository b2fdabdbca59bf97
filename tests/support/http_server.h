// A server of HTTP on a port of its own, for as long as it lives: each path answers what it was
// given, all others with 404.
#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <thread>

namespace tocsin::testing {

class HttpServer {
 public:
  struct Reply {
    int status = 200;
    std::string body;
    bool silent = false;  // the connection is left open, and nothing is said
  };
  // Gets what stands after GET: "/api/v1/query?query=up".
  using Replies = std::function<Reply(const std::string& target)>;

  explicit HttpServer(Replies replies);
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }

 private:
  void Serve();
  void Answer(int connection);

  Replies replies_;
  int listener_ = -1;
  int silent_ = -1;
  int port_ = 0;
  std::atomic<bool> over_ = false;
  std::thread thread_;
};

}  // namespace tocsin::testing
