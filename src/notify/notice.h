// A notice: one message to one recipient over one channel. Its delivery has a state of its own, so that two
// recipients of one message never share a "sent".
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include <boost/describe.hpp>

#include "base/language.h"
#include "base/time.h"

namespace jinyue::notify {

enum class Channel : std::int8_t { text_message = 0, mail = 1, webhook = 2, live = 3 };
BOOST_DESCRIBE_ENUM(Channel, text_message, mail, webhook, live)
inline constexpr Channel channels[] = {Channel::text_message, Channel::mail, Channel::webhook, Channel::live};

enum class State : std::int8_t {
  waiting = 0,   ///< not tried yet
  sent = 1,      ///< the next system took it over
  failed = 2,    ///< tried without success; it will be tried again
  dead = 3,      ///< not tried any more; an officer decides
  given_up = 4,  ///< an officer decided that it need not arrive
};
BOOST_DESCRIBE_ENUM(State, waiting, sent, failed, dead, given_up)

/// What is said. It is sealed in the store.
struct Content {
  std::string subject;
  std::string text;
  std::string data;  ///< the parameters as JSON, for systems that read it
  bool operator==(const Content&) const = default;
};
BOOST_DESCRIBE_STRUCT(Content, (), (subject, text, data))

/// A notice as an adapter sends it.
struct Notice {
  std::string id;  ///< 32 hexadecimal digits, the same at each attempt: receivers drop doubles by it
  Channel channel = Channel::live;
  std::string address;  ///< phone number, mail address, name of an endpoint, topic
  Language language = Language::zh;
  Content content;
  std::string notice;        ///< which notice of the pack: "licence-granted"
  std::int64_t case_id = 0;  ///< 0: of no case
  Instant created;
  int attempt = 1;
};

/// What came of an attempt.
struct Sent {
  enum class Outcome {
    accepted,  ///< the next system took it over
    failed,    ///< it may work later
    refused,   ///< it will never work as it is: no use in trying again
  };
  Outcome outcome = Outcome::accepted;
  std::string error;                       ///< for the officer; no personal data
  std::optional<Millis> retry_after = {};  ///< when the other side says when

  static Sent accepted() { return {}; }
  static Sent failed(std::string why, std::optional<Millis> after = {}) {
    return {Outcome::failed, std::move(why), after};
  }
  static Sent refused(std::string why) { return {Outcome::refused, std::move(why)}; }
};

/// An adapter. Called from several threads at once; an exception means failed.
using Send = std::function<Sent(const Notice&)>;

}  // namespace jinyue::notify
