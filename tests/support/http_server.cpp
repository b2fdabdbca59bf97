#include "tests/support/http_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>
#include <utility>

#include <fmt/format.h>

namespace tocsin::testing {

HttpServer::HttpServer(Replies replies) : replies_(std::move(replies)) {
  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  if (listener_ < 0 || ::bind(listener_, generic, size) != 0 || ::listen(listener_, 16) != 0 ||
      ::getsockname(listener_, generic, &size) != 0)
    throw std::runtime_error("no port for a server of the tests");
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { Serve(); });
}

HttpServer::~HttpServer() {
  over_ = true;
  ::shutdown(listener_, SHUT_RDWR);
  thread_.join();
  ::close(listener_);
  if (silent_ >= 0) ::close(silent_);
}

void HttpServer::Serve() {
  while (!over_) {
    const int connection = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (connection >= 0) Answer(connection);
  }
}

void HttpServer::Answer(int connection) {
  std::string request;
  char buffer[4096];
  ssize_t got = 0;
  while (request.find("\r\n\r\n") == request.npos &&
         (got = ::recv(connection, buffer, sizeof buffer, 0)) > 0)
    request.append(buffer, static_cast<std::size_t>(got));
  const std::size_t begin = request.find(' ') + 1;
  const Reply reply = replies_(request.substr(begin, request.find(' ', begin) - begin));
  if (reply.silent) {
    if (silent_ >= 0) ::close(silent_);
    silent_ = connection;
    return;
  }
  const std::string answer =
      fmt::format("HTTP/1.1 {} Said\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{}",
                  reply.status, reply.body.size(), reply.body);
  std::size_t sent = 0;
  while (sent < answer.size()) {
    const ssize_t now =
        ::send(connection, answer.data() + sent, answer.size() - sent, MSG_NOSIGNAL);
    if (now <= 0) break;
    sent += static_cast<std::size_t>(now);
  }
  ::close(connection);
}

}  // namespace tocsin::testing
