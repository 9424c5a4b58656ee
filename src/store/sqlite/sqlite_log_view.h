#pragma once

#include "store/log_view.h"

namespace jinyue::store::sqlite {

Result<std::unique_ptr<LogView>> viewLog(const std::string& path);

}  // namespace jinyue::store::sqlite
