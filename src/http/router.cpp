#include "http/router.h"

#include <algorithm>
#include <map>
#include <stdexcept>

namespace jinyue::http {
namespace {

constexpr std::size_t method_count = 7;

std::vector<std::string> split(std::string_view path) {
  if (!path.starts_with('/'))
    throw std::invalid_argument("a path must begin with \"/\": " + std::string{path});
  std::vector<std::string> segments;
  for (path.remove_prefix(1);;) {
    const auto end = path.find('/');
    segments.emplace_back(path.substr(0, end));
    if (end == std::string_view::npos) return segments;
    path.remove_prefix(end + 1);
  }
}

}  // namespace

struct Router::Node {
  std::map<std::string, std::unique_ptr<Node>, std::less<>> literal;
  std::unique_ptr<Node> braced;
  std::array<Route*, method_count> routes{};

  bool isEnd() const {
    return std::ranges::any_of(routes, [](const Route* route) { return route != nullptr; });
  }

  /// The node that the segments lead to; a literal segment goes first, and when it leads nowhere the braced
  /// one is tried. The path decides alone, so that 405 is about the same place for every method.
  const Node* walk(std::span<const std::string> segments, std::vector<std::string_view>& taken) const {
    if (segments.empty()) return isEnd() ? this : nullptr;
    if (const auto found = literal.find(segments[0]); found != literal.end()) {
      if (const Node* end = found->second->walk(segments.subspan(1), taken)) return end;
    }
    if (braced && !segments[0].empty()) {
      taken.push_back(segments[0]);
      if (const Node* end = braced->walk(segments.subspan(1), taken)) return end;
      taken.pop_back();
    }
    return nullptr;
  }
};

Router::Router() : root_(std::make_unique<Node>()) {}
Router::~Router() = default;
Router::Router(Router&&) noexcept = default;
Router& Router::operator=(Router&&) noexcept = default;

void Router::add(Method method, std::string_view path, Handler handler, RouteOptions options) {
  const auto fail = [&](std::string_view why) {
    throw std::invalid_argument("route " + std::string{path} + ": " + std::string{why});
  };
  if (!handler) fail("has no handler");
  if (method == Method::head || method == Method::options)
    fail("HEAD and OPTIONS are answered by the server");
  std::vector<std::string> names;
  Node* node = root_.get();
  for (const std::string& segment : split(path)) {
    const bool has_brace = segment.find_first_of("{}") != std::string::npos;
    if (!has_brace) {
      auto& next = node->literal[segment];
      if (!next) next = std::make_unique<Node>();
      node = next.get();
      continue;
    }
    const std::string name = segment.size() > 2 ? segment.substr(1, segment.size() - 2) : std::string{};
    if (name.empty() || segment.front() != '{' || segment.back() != '}' ||
        name.find_first_of("{}") != std::string::npos) {
      fail("a brace must hold a whole segment");
    }
    if (std::ranges::find(names, name) != names.end()) fail("the name " + name + " appears twice");
    names.push_back(name);
    if (!node->braced) node->braced = std::make_unique<Node>();
    node = node->braced.get();
  }
  Route*& place = node->routes[static_cast<std::size_t>(method)];
  if (place) fail("is taken by " + place->path);
  routes_.push_back(std::make_unique<Route>(Route{method, std::string{path}, std::move(handler), options,
                                                  std::move(names), routes_.size(), false}));
  place = routes_.back().get();
}

void Router::get(std::string_view path, Handler handler, RouteOptions options) {
  add(Method::get, path, std::move(handler), options);
}
void Router::post(std::string_view path, Handler handler, RouteOptions options) {
  add(Method::post, path, std::move(handler), options);
}
void Router::put(std::string_view path, Handler handler, RouteOptions options) {
  add(Method::put, path, std::move(handler), options);
}
void Router::patch(std::string_view path, Handler handler, RouteOptions options) {
  add(Method::patch, path, std::move(handler), options);
}
void Router::del(std::string_view path, Handler handler, RouteOptions options) {
  add(Method::delete_, path, std::move(handler), options);
}

void Router::mount(std::string_view prefix, Handler handler, RouteOptions options) {
  std::vector<std::string> segments = prefix == "/" ? std::vector<std::string>{} : split(prefix);
  if (std::ranges::find(mounts_, segments, &Mount::segments) != mounts_.end()) {
    throw std::invalid_argument("mounted twice: " + std::string{prefix});
  }
  Route* route = nullptr;
  if (handler) {
    routes_.push_back(std::make_unique<Route>(
        Route{Method::get, std::string{prefix}, std::move(handler), options, {}, routes_.size(), true}));
    route = routes_.back().get();
  }
  mounts_.push_back({std::move(segments), route});
  std::ranges::sort(mounts_, std::ranges::greater{},
                    [](const Mount& mount) { return mount.segments.size(); });
}

Router::Found Router::find(Method method, const std::vector<std::string>& segments) const {
  Found found;
  std::vector<std::string_view> taken;
  const Method wanted = method == Method::head ? Method::get : method;
  if (const Node* node = segments.empty() ? nullptr : root_->walk(segments, taken)) {
    found.route = node->routes[static_cast<std::size_t>(wanted)];
    if (found.route) {
      found.params.reserve(taken.size());
      for (std::size_t i = 0; i < taken.size(); ++i)
        found.params.emplace_back(found.route->names[i], taken[i]);
      return found;
    }
    for (const Route* route : node->routes) {
      if (!route) continue;
      found.allow += toString(route->method);
      found.allow += route->method == Method::get ? ", HEAD, " : ", ";
    }
    found.allow += "OPTIONS";
    return found;
  }
  for (const Mount& mount : mounts_) {
    if (mount.segments.size() > segments.size() ||
        !std::equal(mount.segments.begin(), mount.segments.end(), segments.begin())) {
      continue;
    }
    if (!mount.route) return found;
    if (wanted == Method::get) {
      found.route = mount.route;
      found.mounted_at = mount.segments.size();
    } else {
      found.allow = "GET, HEAD, OPTIONS";
    }
    return found;
  }
  return found;
}

}  // namespace jinyue::http
