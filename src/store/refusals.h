// Why a store is not opened, filled or copied: the same sentences for both adapters.
#pragma once

#include <string>

#include "base/problem.h"
#include "ledger/hash.h"

namespace jinyue::store {

std::unexpected<Problem> refuseAddress(const std::string& address);
std::unexpected<Problem> refuseForeign();
std::unexpected<Problem> refuseNewer(int version, int known);
std::unexpected<Problem> refuseHash(const std::string& stored, ledger::HashAlgorithm wanted);
std::unexpected<Problem> refuseNotEmpty();
std::unexpected<Problem> refuseExistingFile(const std::string& path);
std::unexpected<Problem> refuseNoBackup(const std::string& path, const std::string& reason);
std::unexpected<Problem> refuseBrokenLog(const std::string& reason);

}  // namespace jinyue::store
