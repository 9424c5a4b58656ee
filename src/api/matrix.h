// Who may use which endpoint: role × scope × endpoint, as a page of the documentation.
#pragma once

#include "api/endpoint.h"
#include "identity/role.h"

namespace jinyue::api {

/// Markdown, Chinese and English. A test compares docs/access-matrix.md with it.
std::string accessMatrix(const Endpoints& endpoints, const identity::RoleBook& roles);

}  // namespace jinyue::api
