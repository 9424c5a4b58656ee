// How a matter stands, for who knows its number and the telephone number that it was reported with; without
// an account. And the caller's own rating.
#pragma once

#include <mutex>

#include "api/rooms.h"
#include "api/schema.h"
#include "http/rate_limit.h"

namespace jinyue::api {

/// The message by which a caller rates his matter. A process that takes it waits for it while it may be
/// rated; the pack says what it brings: reached, satisfaction, solved, callback_note.
inline constexpr std::string_view rating_message = "order-rated";

struct ProgressStep {
  Text name;
  std::string unit;
  Text unit_name;
  std::optional<Instant> due;
  std::optional<calendar::Light> light;
};
BOOST_DESCRIBE_STRUCT(ProgressStep, (), (name, unit, unit_name, due, light))

/// Nothing personal but the masked telephone number.
struct ProgressView {
  std::int64_t number = 0;
  std::string title;
  std::string unit;
  Text unit_name;
  std::string phone;
  store::CaseStatus status = store::CaseStatus::active;
  Instant opened;
  std::optional<Instant> closed;
  std::optional<Instant> due;
  std::optional<calendar::Light> light;
  Instant last;
  std::vector<ProgressStep> steps;
  std::optional<std::string> answer;
  bool may_rate = false;
  static std::vector<About> about() {
    return {{"number", {"办件号", "number of the case"}},
            {"phone", {"电话，已掩码", "telephone, masked"}},
            {"light", {"总期限的灯；没有期限则无", "of its own deadline; absent without one"}},
            {"last", {"最近一次办理", "when something was last done"}},
            {"steps", {"正在办理的环节", "what is being worked on"}},
            {"answer", {"答复", "what was answered"}},
            {"may_rate", {"正在等本人评价", "it waits for the caller's rating"}}};
  }
};
BOOST_DESCRIBE_STRUCT(ProgressView, (),
                      (number, title, unit, unit_name, phone, status, opened, closed, due, light, last, steps,
                       answer, may_rate))

enum class Satisfaction { satisfied, basically, dissatisfied };
BOOST_DESCRIBE_ENUM(Satisfaction, satisfied, basically, dissatisfied)

struct Rating {
  Satisfaction satisfaction = Satisfaction::satisfied;
  bool solved = false;
  std::string note;
};

/// May be used from many threads at once.
class Progress {
 public:
  explicit Progress(const Rooms& rooms) : rooms_(rooms) {}

  /// How long to wait before asking again; nothing: one may ask now. Counts the attempt, by address and by
  /// number.
  std::optional<std::chrono::seconds> wait(std::int64_t number, const http::Request& request, Instant now);
  /// One refusal (progress.unknown) for a number that there is not and for a telephone number that does not
  /// fit.
  Result<ProgressView> find(std::int64_t number, std::string_view phone, Instant now) const;
  /// Hands the rating to the case; refuses (progress.no-rating) when it does not wait for one.
  Result<void> rate(std::int64_t number, std::string_view phone, const Rating& rating) const;

 private:
  Result<store::CaseRow> row(std::int64_t number, std::string_view phone) const;

  Rooms rooms_;
  std::mutex mutex_;
  http::RateLimiter by_address_{0.2, 20};
  http::RateLimiter by_number_{1.0 / 60, 6};
};

class Endpoints;
void addProgress(Endpoints& endpoints, const Rooms& rooms);

}  // namespace jinyue::api
