#include "runtime/http/get.h"

#include <curl/curl.h>

#include <fmt/format.h>

namespace tocsin::http {
namespace {

struct Receiver {
  std::string body;
  std::size_t most_bytes;
  bool too_large = false;
};

std::size_t Receive(char* bytes, std::size_t, std::size_t count, void* to) {
  auto& receiver = *static_cast<Receiver*>(to);
  if (count > receiver.most_bytes - receiver.body.size()) {
    receiver.too_large = true;
    return 0;
  }
  receiver.body.append(bytes, count);
  return count;
}

}  // namespace

struct Client::Implementation {
  Limits limits;
  CURL* handle = nullptr;
  char problem[CURL_ERROR_SIZE] = "";

  ~Implementation() { curl_easy_cleanup(handle); }
};

Client::Client(const Limits& limits) : implementation_(std::make_unique<Implementation>()) {
  implementation_->limits = limits;
  implementation_->handle = curl_easy_init();
}
Client::~Client() = default;
Client::Client(Client&&) noexcept = default;

std::expected<Answer, Failure> Client::Get(const std::string& url) {
  CURL* handle = implementation_->handle;
  if (handle == nullptr) return std::unexpected(Failure{"libcurl cannot be started"});
  const Limits& limits = implementation_->limits;
  Receiver receiver{.body = {}, .most_bytes = limits.most_bytes};
  implementation_->problem[0] = '\0';
  curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(handle, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 1L);
  curl_easy_setopt(handle, CURLOPT_MAXREDIRS, 5L);
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle, CURLOPT_USERAGENT, "tocsin");
  curl_easy_setopt(handle, CURLOPT_ACCEPT_ENCODING, "");
  curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, limits.connect_timeout_ms);
  curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, limits.timeout_ms);
  curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, implementation_->problem);
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, Receive);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, &receiver);
  const CURLcode result = curl_easy_perform(handle);
  // Its place ends with this call.
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, nullptr);
  if (receiver.too_large)
    return std::unexpected(
        Failure{fmt::format("an answer is larger than {} MiB", limits.most_bytes >> 20), true});
  if (result == CURLE_OPERATION_TIMEDOUT)
    return std::unexpected(
        Failure{fmt::format("there is no answer within {} s", limits.timeout_ms / 1000)});
  if (result != CURLE_OK) {
    const char* problem = implementation_->problem;
    return std::unexpected(Failure{problem[0] != '\0' ? problem : curl_easy_strerror(result)});
  }
  long status = 0;
  curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
  return Answer{static_cast<int>(status), std::move(receiver.body)};
}

std::string Escaped(std::string_view text) {
  constexpr std::string_view kPlain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  std::string escaped;
  for (const char c : text) {
    if (kPlain.find(c) != kPlain.npos) {
      escaped += c;
    } else {
      escaped += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return escaped;
}

}  // namespace tocsin::http
