// Who is paged, by which channel, and who has the turn.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "runtime/values/zones.h"
#include "tests/sim/policy.h"

namespace tocsin::sim {

class PeopleModel {
 public:
  explicit PeopleModel(const Policy& policy) : policy_(policy) {}

  // Each person once, in order.
  std::vector<std::string> Persons(const std::vector<Recipient>& recipients, Instant at) const;
  std::string FirstContact(const std::string& person) const;
  // By which channel somebody told by `channel` hears that it is over.
  std::string OverBy(const std::string& channel) const;

 private:
  const std::string& OnCall(const Schedule& schedule, Instant at) const;

  const Policy& policy_;
};

}  // namespace tocsin::sim
