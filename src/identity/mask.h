// Classes of personal data (PIPL art. 51: classify, de-identify): how a value is written, found and shown.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <boost/describe.hpp>

namespace jinyue::identity {

enum class FieldClass : std::uint8_t { name, phone, id_number, email, address, bank_account, other };
BOOST_DESCRIBE_ENUM(FieldClass, name, phone, id_number, email, address, bank_account, other)

/// As it is shown to who has not asked to read it: 王**, 138****5678, 210***********002X, w***@example.cn,
/// 大连市中山区**** (what says in which district, six characters), ****1234; anything else ****. Never longer
/// than needed to hide how long the hidden part is, save where the length is known to everybody.
std::string masked(FieldClass field, std::string_view value);

/// The one way to write a value, for Vault::lookup: full-width forms, blanks, hyphens and "+86" are gone,
/// letters of an ID number are upper-case, those of an address of mail lower-case.
std::string normalised(FieldClass field, std::string_view value);

/// The word for it in packs, registers and Vault::lookup: "phone", "id_number", …
std::string_view wordOf(FieldClass field);
/// The class of a word; other when there is none.
FieldClass fieldClassOf(std::string_view word);

}  // namespace jinyue::identity
