#pragma once

#include "store/log_view.h"

namespace jinyue::store::postgres {

Result<std::unique_ptr<LogView>> viewLog(const std::string& conninfo);

}  // namespace jinyue::store::postgres
