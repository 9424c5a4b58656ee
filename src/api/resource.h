// What the endpoints of one resource have in common, said once.
#pragma once

#include "api/endpoint.h"

namespace jinyue::api {

struct Resource {
  std::string tag;
  std::string root;  ///< begins every path
  AccessRule access;
  Repeats repeats = Repeats::by_engine;  ///< of its writes

  Description of(http::Method method, std::string_view path, std::string name, Text summary) const {
    return {.method = method,
            .path = fmt::format("{}{}", root, path),
            .name = std::move(name),
            .tag = tag,
            .summary = std::move(summary),
            .access = access,
            .repeats = repeats};
  }
  Description get(std::string_view path, std::string name, Text summary) const {
    return of(http::Method::get, path, std::move(name), std::move(summary));
  }
  Description post(std::string_view path, std::string name, Text summary) const {
    return of(http::Method::post, path, std::move(name), std::move(summary));
  }
};

}  // namespace jinyue::api
