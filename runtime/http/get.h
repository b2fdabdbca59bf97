// An address to the answer of the server there. The only room that knows libcurl.
//
// Only http and https, no redirects to anything else, and every wait and every answer is bounded.
#pragma once

#include <cstddef>
#include <expected>
#include <memory>
#include <string>
#include <string_view>

namespace tocsin::http {

struct Limits {
  std::size_t most_bytes = 64u << 20;  // of one answer, unpacked
  long connect_timeout_ms = 10'000;
  long timeout_ms = 60'000;  // of one request, from beginning to end
};

struct Answer {
  int status = 0;
  std::string body;
};

// Why there is no answer.
struct Failure {
  std::string why;         // in words
  bool too_large = false;  // there would have been more than `most_bytes`
};

// Asks one after the other, and keeps the connection.
class Client {
 public:
  explicit Client(const Limits& limits = {});
  ~Client();
  Client(Client&&) noexcept;

  // Whatever the server answered, of any status.
  std::expected<Answer, Failure> Get(const std::string& url);

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

// A text as it stands in the query of an address: all but letters, digits and -._~ as %XX.
std::string Escaped(std::string_view text);

}  // namespace tocsin::http
