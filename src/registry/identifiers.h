// Numbers that identify firms and people, checked by their own check characters.
//
// Unified social credit code (统一社会信用代码, GB 32100-2015): 18 characters = registering authority 1, kind
// of body 1, region 6 (GB/T 2260), subject 9 (an organisation code with its own GB 11714 check), check 1. The
// alphabet is 0-9 and A-Z without I, O, S, V, Z; authority and kind may be letters.
// Resident identity number (公民身份号码, GB 11643-1999): 17 digits (region 6, birth date 8, order 3) and an
// ISO 7064 MOD 11-2 check, 0-9 or X.
//
// All functions are pure and take the normalised form; normalise() brings what people type into it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/problem.h"
#include "base/time.h"

namespace jinyue::registry {

/// Without blanks and hyphens, full-width letters and digits as plain ones, in capitals. Other characters
/// stay, so that a check can name them.
std::string normaliseIdentifier(std::string_view text);

/// Refuses with "identifier.length", ".character", ".subject-check" or ".check". The title says what is wrong
/// and at which place (counted from 1); `where` stays empty. The region is not compared with a list: codes of
/// regions that were merged away stay with their firms. No expected check character is told
/// for a whole code: a typing error is mended by looking at the document, not by making the sum fit.
Result<void> checkUscc(std::string_view code);

/// The organisation code (GB 11714) inside a valid unified social credit code: "60003734-1".
std::string organisationCodeOf(std::string_view uscc);

/// Refuses with "identifier.length", ".character", ".region", ".birth-date" or ".check". The birth date must
/// be a day that exists, from 1800 on; with `today` it may not lie after it.
Result<void> checkResidentId(std::string_view number, std::optional<Date> today = {});

/// Of a valid number.
Date birthDateOf(std::string_view resident_id);
/// Place 17 is odd.
bool isMale(std::string_view resident_id);
/// What may be shown: the first three and the last four characters, "210***********002X". Of a valid number.
std::string maskedResidentId(std::string_view resident_id);

/// The check characters, for those who make example data. Empty when the text is not 17 (USCC, resident ID)
/// or 8 (organisation code) characters of the alphabet.
std::optional<char> usccCheck(std::string_view first17);
std::optional<char> organisationCheck(std::string_view first8);
std::optional<char> residentCheck(std::string_view first17);

}  // namespace jinyue::registry
