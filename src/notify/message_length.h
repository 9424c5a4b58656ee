// How long a text message is: what people pay for is parts.
#pragma once

#include <cstddef>
#include <string_view>

namespace jinyue::notify {

struct MessageLength {
  std::size_t characters = 0;  ///< as the networks count them
  std::size_t parts = 0;       ///< messages that are sent and charged; 0 for an empty text
  std::size_t in_part = 0;     ///< characters that one part takes
  bool operator==(const MessageLength&) const = default;
};

/// A text with any character beyond the basic ones is sent as UCS-2: 70 characters in a single message, 67 in
/// each part of a longer one, and a character outside the basic plane counts twice. A plain Latin text: 160
/// and 153, where ^{}\[~]| count twice. (3GPP TS 23.038 §6.2, TS 23.040 §9.2.3.24.1.) The signature 【…】
/// that gateways in China put before a text is part of it, so give the text with it.
MessageLength measureMessage(std::string_view text);

}  // namespace jinyue::notify
