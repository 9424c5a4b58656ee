// jinyue serve: the server of a city.

#include <csignal>
#include <cstdio>
#include <filesystem>
#include <memory>

#include <fmt/format.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include "cli/commands.h"
#include "cli/office.h"
#include "cli/options.h"
#include "http/networks.h"
#include "http/problem_document.h"
#include "http/server.h"
#include "http/static_files.h"

namespace jinyue::cli {
namespace {

struct ServeArguments {
  std::string config;
  std::string data;
  std::string store;
  std::string calendar;
  std::string pages;
  std::optional<std::uint16_t> port;
  bool development = false;
};

Result<ServeConfig> configOf(const ServeArguments& arguments) {
  ServeConfig config;
  if (!arguments.config.empty()) {
    auto read = readServeConfig(arguments.config);
    if (!read) return read;
    config = std::move(*read);
  }
  if (!arguments.data.empty()) config.data = arguments.data;
  if (!arguments.store.empty()) config.store = arguments.store;
  if (!arguments.calendar.empty()) config.calendar = arguments.calendar;
  if (!arguments.pages.empty()) config.pages = arguments.pages;
  if (arguments.port) config.server.port = *arguments.port;
  if (arguments.development) config.notices.development = true;
  return config;
}

/// The numbers of the office, for those networks that may see them.
http::Handler metricsFor(std::shared_ptr<const http::Metrics> metrics, http::Networks allowed) {
  return [show = http::metricsHandler(std::move(metrics)), allowed = std::move(allowed)](
             const http::Request& request, const http::Reply& reply) {
    const auto address = http::addressFrom(request.remote_address);
    if (address && allowed.contain(*address)) return show(request, reply);
    reply(http::problem(http::problemOf(404), request, 404));
  };
}

void addFigures(http::Metrics& metrics, Office& office) {
  const auto gauge = [&metrics](const char* name, const char* help, std::function<double()> read) {
    metrics.gauge(name, help, {}, std::move(read));
  };
  City& city = office.city();
  gauge("jinyue_commands", "Commands acknowledged since the start",
        [&city] { return static_cast<double>(city.engine().figures().commands); });
  gauge("jinyue_commands_refused", "Commands that a rule refused since the start",
        [&city] { return static_cast<double>(city.engine().figures().refused); });
  gauge("jinyue_units", "Commits since the start",
        [&city] { return static_cast<double>(city.engine().figures().units); });
  gauge("jinyue_conflicts", "Commits done again because another node was faster",
        [&city] { return static_cast<double>(city.engine().figures().conflicts); });
  gauge("jinyue_log_records", "Records in the log", [&city] {
    const auto head = city.store().head();
    return head ? static_cast<double>(head->size) : 0.0;
  });
  gauge("jinyue_event_readers", "Open event streams",
        [&office] { return static_cast<double>(office.events()->size().readers); });
  gauge("jinyue_dead_notices", "Notices that could not be sent, counted up to 1,000",
        [&city] { return static_cast<double>(city.outbox().count(notify::State::dead, 1000)); });
}

/// The built pages, below everything that has a route of its own. False when they are not there.
bool addPages(http::Router& router, const std::string& folder) {
  if (folder.empty() || !std::filesystem::is_directory(folder)) return false;
  router.mount("/",
               http::staticFiles(std::make_shared<const http::StaticFiles>(folder, http::StaticOptions{})));
  return true;
}

int serve(const ServeArguments& arguments) {
  sigset_t signals;  // taken by sigwait below; blocked before any thread is made, so that no other thread
                     // gets them
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGHUP);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);

  std::setvbuf(stdout, nullptr, _IOLBF, 1 << 16);  // the access log, line by line also into a file
  const auto config = configOf(arguments);
  if (!config) return refused(config.error());
  spdlog::set_default_logger(spdlog::stderr_color_mt("jinyue"));  // stdout is the access log's
  spdlog::set_level(spdlog::level::from_str(config->log_level));
  const auto office = Office::open(officeOptionsOf(*config));
  if (!office) return refused(office.error());
  Office& city = **office;

  http::ServerParts parts;
  parts.metrics = city.metrics();
  parts.log.access = [](const http::AccessEntry& entry) { fmt::print("{}\n", http::toJsonLine(entry)); };
  parts.log.fault = [](std::string_view request, std::string_view what) {
    spdlog::error("{}: {}", request, what);
  };
  http::Router router;
  city.addTo(router, parts.log.fault);
  router.get("/metrics", metricsFor(city.metrics(), *http::Networks::from(config->metrics_from)));
  addFigures(*city.metrics(), city);
  const bool has_pages = addPages(router, config->pages);
  parts.router = std::make_shared<const http::Router>(std::move(router));
  http::Server server(config->server, std::move(parts));
  if (const auto started = server.start(); !started) return refused(started.error());
  city.start();
  const std::string root =
      fmt::format("http{}://{}:{}", config->server.tls ? "s" : "", config->server.address, server.port());
  fmt::print(stderr, "{0}/         门户 portal\n{0}/api/     接口试用 the interface\n", root);
  if (has_pages) {
    fmt::print(stderr, "{0}/office/  工作台 workbench\n{0}/wall/    大屏 wall\n", root);
  } else if (!config->pages.empty()) {
    spdlog::warn("no pages: {} is no folder; ./up or `npm run build` in web/ makes it", config->pages);
  }
  if (config->notices.development) fmt::print(stderr, "{}/dev/notices  通知 notices\n", root);

  for (int signal = 0; sigwait(&signals, &signal) == 0 && signal == SIGHUP;) {
    if (const auto renewed = server.reloadCertificate(); !renewed)
      spdlog::error("{}", describe(renewed.error()));
  }
  spdlog::info("stopping");
  const http::Stopped stopped = server.stop();
  if (stopped.cut_off > 0) spdlog::warn("{} requests were cut off", stopped.cut_off);
  city.stop();
  return 0;
}

}  // namespace

void addServe(CLI::App& app, int& exit_code) {
  auto* command = app.add_subcommand("serve", "runs the server / 启动服务");
  const auto arguments = std::make_shared<ServeArguments>();
  command->add_option("--config", arguments->config, "configuration file, JSON (docs/server.md) / 配置文件")
      ->check(CLI::ExistingFile);
  command->add_option("--data", arguments->data,
                      "folder of the keys and, without --store, of the database / 数据目录");
  command->add_option("--store", arguments->store,
                      "sqlite:PATH or postgres:CONNINFO; without it, SQLite in the data folder / 存储地址");
  command->add_option("--calendar", arguments->calendar, "file of the working days / 工作日历文件");
  command->add_option("--pages", arguments->pages, "folder of the built pages / 页面目录");
  command->add_option("--port", arguments->port, "port; 0 takes any free one / 端口");
  command->add_flag(
      "--development", arguments->development,
      "no notice leaves the machine; /dev/notices shows them / 通知不外发，在 /dev/notices 查看");
  command->footer(
      "SIGTERM: 做完手头的事再退出 finishes what is begun; SIGHUP: 重新读取证书 reads the certificate anew");
  command->callback([arguments, &exit_code] { exit_code = serve(*arguments); });
}

}  // namespace jinyue::cli
