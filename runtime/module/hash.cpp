#include "runtime/module/hash.h"

#include <memory>

#include <fmt/format.h>
#include <openssl/evp.h>

#include "runtime/base/check.h"

namespace tocsin::module {

HashBytes Sha256(std::initializer_list<std::string_view> parts) {
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                        &EVP_MD_CTX_free);
  HashBytes hash;
  unsigned size = 0;
  bool done = context && EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) == 1;
  for (const std::string_view part : parts) {
    done = done && EVP_DigestUpdate(context.get(), part.data(), part.size()) == 1;
  }
  done = done && EVP_DigestFinal_ex(context.get(), reinterpret_cast<unsigned char*>(hash.data()),
                                    &size) == 1;
  TOCSIN_CHECK(done && size == hash.size(), "OpenSSL did not compute a SHA-256");
  return hash;
}

std::string Hexadecimal(const HashBytes& hash) {
  std::string digits;
  for (const char byte : hash) {
    fmt::format_to(std::back_inserter(digits), "{:02x}", static_cast<unsigned char>(byte));
  }
  return digits;
}

}  // namespace tocsin::module
