// Which handler answers: methods and path templates, compiled once into a tree of segments.
#pragma once

#include "http/reply.h"

namespace jinyue::http {

/// Where a handler runs. The I/O thread serves every connection: only handlers that never block may run
/// there.
enum class Runs { on_io_thread, on_worker };

struct RouteOptions {
  Runs runs = Runs::on_worker;
  std::optional<std::size_t> max_body = {};  ///< bytes; the server's limit when absent
  std::optional<Millis> max_time = {};       ///< for the answer; the server's limit when absent
};

struct Route {
  Method method;
  std::string path;  ///< the template: "/api/v1/cases/{id}/tasks"
  Handler handler;
  RouteOptions options;
  std::vector<std::string> names;  ///< of the braces, in order
  std::size_t index = 0;           ///< in Router::routes()
  bool mounted = false;
};

/// Filled at the start, then only read, by any thread.
class Router {
 public:
  Router();
  ~Router();
  Router(Router&&) noexcept;
  Router& operator=(Router&&) noexcept;

  /// Throws std::invalid_argument when the template is malformed or taken. HEAD is answered from GET, OPTIONS
  /// and 405 from what there is. A literal segment goes before a braced one.
  void add(Method method, std::string_view path, Handler handler, RouteOptions options = {});
  void get(std::string_view path, Handler handler, RouteOptions options = {});
  void post(std::string_view path, Handler handler, RouteOptions options = {});
  void put(std::string_view path, Handler handler, RouteOptions options = {});
  void patch(std::string_view path, Handler handler, RouteOptions options = {});
  void del(std::string_view path, Handler handler, RouteOptions options = {});
  /// GET of everything at and below the prefix that no template answers; the longest prefix wins. An empty
  /// handler means: here only templates answer ("/api" beside static files at "/").
  void mount(std::string_view prefix, Handler handler, RouteOptions options = {});

  struct Found {
    const Route* route = nullptr;  ///< null: not_found, not_allowed, or OPTIONS to answer
    std::vector<NameValue> params;
    std::size_t mounted_at = 0;
    std::string allow;  ///< for 405 and OPTIONS: "GET, HEAD, OPTIONS"; empty: there is no such path
  };
  Found find(Method method, const std::vector<std::string>& segments) const;

  const std::vector<std::unique_ptr<Route>>& routes() const { return routes_; }

 private:
  struct Node;
  struct Mount {
    std::vector<std::string> segments;
    Route* route;
  };
  std::unique_ptr<Node> root_;
  std::vector<std::unique_ptr<Route>> routes_;
  std::vector<Mount> mounts_;  ///< longest first
};

}  // namespace jinyue::http
