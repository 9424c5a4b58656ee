// The OpenAPI 3.1 document of the interface, from the descriptions of its endpoints.
#pragma once

#include "api/endpoint.h"

namespace jinyue::api {

/// JSON text. Texts for people are Chinese with the English behind.
std::string openApiDocument(const Endpoints& endpoints, std::string_view version);

}  // namespace jinyue::api
