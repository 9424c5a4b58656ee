// jinyue serve: the server of a city. Until accounts exist it answers on this machine alone, and only reads.

#include <csignal>
#include <memory>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "api/open_records.h"
#include "cli/commands.h"
#include "cli/options.h"
#include "http/server.h"

namespace jinyue::cli {
namespace {

struct ServeOptions {
  CityOptions city;
  std::uint16_t port = 8080;
};

int serve(const ServeOptions& options) {
  sigset_t
      ends;  // taken by sigwait below; blocked before any thread is made, so that no other thread gets them
  sigemptyset(&ends);
  sigaddset(&ends, SIGINT);
  sigaddset(&ends, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &ends, nullptr);

  const auto city = City::open(options.city);
  if (!city) return refused(city.error());
  (*city)->pump().start();

  auto router = std::make_shared<http::Router>();
  auto metrics = std::make_shared<http::Metrics>();
  api::addOpenRecords(*router, (*city)->store(), (*city)->definitions(), (*city)->engine().seal(), (*city)->calendar(),
                      options.city.now);
  router->get("/metrics", http::metricsHandler(metrics));
  metrics->gauge("jinyue_commands", "Commands acknowledged since the start", {},
                 [&engine = (*city)->engine()] { return static_cast<double>(engine.figures().commands); });
  http::ServerOptions server_options;
  server_options.port = options.port;
  http::Server server(server_options, {router, metrics, {}, options.city.now, {}});
  if (const auto started = server.start(); !started) return refused(started.error());
  fmt::print("http://127.0.0.1:{}/  （只读演示，无需登录 / a demonstration to read, no sign-in yet）\n",
             server.port());
  std::fflush(stdout);

  int signal = 0;
  sigwait(&ends, &signal);
  spdlog::info("stopping");
  server.stop();
  (*city)->pump().stop();
  (*city)->engine().stop();
  return 0;
}

}  // namespace

void addServe(CLI::App& app, int& exit_code) {
  auto* command = app.add_subcommand("serve", "runs the server / 启动服务");
  const auto options = std::make_shared<ServeOptions>();
  addPlace(*command, options->city);
  addCalendar(*command, options->city);
  command->add_option("--port", options->port, "on 127.0.0.1 / 端口")->capture_default_str();
  command->callback([options, &exit_code] { exit_code = serve(*options); });
}

}  // namespace jinyue::cli
