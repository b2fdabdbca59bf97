#include "runtime/deliver/outbox.h"

#include <openssl/evp.h>

#include <array>
#include <cstring>

#include "runtime/base/check.h"

namespace tocsin::deliver {

void CountingOutbox::Send(const engine::Decision& decision) {
  TOCSIN_CHECK(engine::IsMessage(decision.kind), "only messages are sent");
  std::array<unsigned char, EVP_MAX_MD_SIZE> hash;
  const int done = EVP_Digest(decision.identity.data(), decision.identity.size(), hash.data(),
                              nullptr, EVP_sha256(), nullptr);
  TOCSIN_CHECK(done == 1, "SHA-256 of an identity");
  Digest digest;
  std::memcpy(digest.data(), hash.data(), sizeof digest);
  if (!identities_.insert(digest).second) ++repeats_;
}

void SendingSink::Take(const engine::Decision& decision) {
  next_.Take(decision);
  if (engine::IsMessage(decision.kind)) outbox_.Send(decision);
}

}  // namespace tocsin::deliver
