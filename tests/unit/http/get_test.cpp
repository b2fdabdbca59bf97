#include "runtime/http/get.h"

#include <doctest/doctest.h>

#include "tests/support/http_server.h"

namespace tocsin::http {
namespace {

using testing::HttpServer;

TEST_CASE("an answer of any status is given as it is") {
  const HttpServer server([](const std::string& target) -> HttpServer::Reply {
    if (target == "/fine?a=b") return {.body = "text"};
    return {.status = 503, .body = "later"};
  });
  Client client;
  const auto fine = client.Get(server.url() + "/fine?a=b");
  REQUIRE(fine);
  CHECK(fine->status == 200);
  CHECK(fine->body == "text");
  const auto later = client.Get(server.url() + "/other");
  REQUIRE(later);
  CHECK(later->status == 503);
  CHECK(later->body == "later");
}

TEST_CASE("an answer that is too large is given up") {
  const HttpServer server([](const std::string&) -> HttpServer::Reply {
    return {.body = std::string((2u << 20) + 1, 'x')};
  });
  Client client({.most_bytes = 2u << 20});
  const auto answer = client.Get(server.url());
  REQUIRE_FALSE(answer);
  CHECK(answer.error().too_large);
  CHECK(answer.error().why == "an answer is larger than 2 MiB");
}

TEST_CASE("a server that says nothing is not waited for") {
  const HttpServer server([](const std::string&) -> HttpServer::Reply { return {.silent = true}; });
  Client client({.timeout_ms = 1000});
  const auto answer = client.Get(server.url());
  REQUIRE_FALSE(answer);
  CHECK(answer.error().why == "there is no answer within 1 s");
}

TEST_CASE("no server, and what is no address of one") {
  std::string url;
  {
    const HttpServer gone([](const std::string&) -> HttpServer::Reply { return {}; });
    url = gone.url();
  }
  Client client;
  const auto refused = client.Get(url);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().why.find("Failed to connect") != std::string::npos);
  CHECK_FALSE(client.Get("file:///etc/hostname"));
  CHECK_FALSE(client.Get("http://"));
}

TEST_CASE("texts in the query of an address") {
  CHECK(Escaped("a{b=\"c d\"}~") == "a%7Bb%3D%22c%20d%22%7D~");
}

}  // namespace
}  // namespace tocsin::http
