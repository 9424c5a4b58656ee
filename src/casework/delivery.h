// Messages and signals between cases, and from outside into cases.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "casework/definitions.h"
#include "casework/engine.h"

namespace jinyue::casework {

/// More about a message that comes from outside.
struct FromOutside {
  std::optional<std::int64_t> fingerprint =
      {};  ///< of what was sent, to tell another message under the same key
  /// Which of those that wait may get it; one that may not is as if it did not wait.
  std::function<bool(const ElementKey& receiver)> reaches = {};
};

/// A message has one receiver, a signal has all who wait for it.
class Delivery {
 public:
  Delivery(store::Store& store, Definitions& definitions, Engine& engine)
      : store_(store), definitions_(definitions), engine_(engine) {}

  /// Hands a message to the one case that waits for its name and key, or starts a case at a message start
  /// event of that name. `idempotency` (may be empty) makes a repeated call give the first reply. Refuses
  /// when nobody waits
  /// ("message.unclaimed") and when several do ("message.ambiguous").
  Result<Reply> send(const std::string& name, const std::string& key, const feel::Context& variables,
                     const bpmn::Actor& actor, const std::string& idempotency,
                     const FromOutside& outside = {});

  /// Hands a signal to every case that waits for it and starts a case at every signal start event. Returns
  /// how many were reached; repeated with the same idempotency key it reaches only those it had not.
  Result<int> broadcast(const std::string& name, const feel::Context& variables, const bpmn::Actor& actor,
                        const std::string& idempotency);

 private:
  /// The cases that wait for a signal, and the start events.
  std::vector<ElementKey> signalReceivers(const std::string& name);
  Result<Request> requestFor(const ElementKey& receiver, const std::string& name, bpmn::Command command,
                             const feel::Context& variables, const bpmn::Actor& actor,
                             const std::string& idempotency);

  store::Store& store_;
  Definitions& definitions_;
  Engine& engine_;
};

}  // namespace jinyue::casework
