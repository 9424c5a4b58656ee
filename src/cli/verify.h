// jinyue verify: checks a whole log, one proof, or that one log extends another, without a server.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

namespace jinyue::cli {

struct VerifyArguments {
  std::string log;      ///< address of a store, or a backup file, or the file of a proof
  std::string extends;  ///< that the log extends this one: an address, a backup file, or the file of a head;
                        ///< may be empty
  std::optional<std::uint64_t> prove;  ///< print a proof of the record with this number instead
  std::vector<std::string> keys;       ///< files of the public keys that may sign heads
  bool without_keys = false;           ///< go on with no key: signatures are then not checked
  bool progress = false;               ///< on standard error
};

/// Writes what it finds, a line each in Chinese and English. Exit code: 0 nothing is wrong, 1 something is, 2
/// it can't be checked.
int verify(const VerifyArguments& arguments, std::ostream& out);

}  // namespace jinyue::cli
