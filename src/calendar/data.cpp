#include "calendar/data.h"

#include <map>

#include <fmt/format.h>

#include "calendar/findings.h"

namespace jinyue::calendar {
namespace {

using std::chrono::days;

constexpr int first_possible_year = 1949;
constexpr int last_possible_year = 2199;
constexpr days longest_holiday{31};  // longer is a typing error

class DataCheck {
 public:
  explicit DataCheck(const CalendarData& data) : data_(data) {}

  Result<void> run() && {
    requireText("/id", data_.id);
    requireText("/name/zh", data_.name.zh);
    requireText("/name/en", data_.name.en);
    requireText("/version", data_.version);
    if (data_.years.empty()) {
      findings_.add("/years", "calendar.no-years", {"至少要有一个年份", "at least one year is needed"});
    }
    for (std::size_t i = 0; i < data_.years.size(); ++i) checkYear(i);
    checkOffAgainstWorked();
    checkHours();
    return std::move(findings_).result("calendar.invalid",
                                       {"工作日历有误", "the calendar has several errors"});
  }

 private:
  void requireText(std::string where, std::string_view text) {
    if (trimmed(text).empty())
      findings_.add(std::move(where), "calendar.empty", {"不能为空", "may not be empty"});
  }

  void checkYear(std::size_t i) {
    const CalendarYear& year = data_.years[i];
    const std::string at = fmt::format("/years/{}", i);
    if (year.year < first_possible_year || year.year > last_possible_year) {
      findings_.add(at + "/year", "calendar.year",
                    {fmt::format("年份应在 {} 到 {} 之间", first_possible_year, last_possible_year),
                     fmt::format("a year lies between {} and {}", first_possible_year, last_possible_year)});
      return;  // its dates would only be noise
    }
    if (i > 0 && year.year != data_.years[i - 1].year + 1) {
      findings_.add(at + "/year", "calendar.gap",
                    {"年份应依次相连，不缺不重", "years follow one another without a gap or a repeat"});
    }
    requireText(at + "/source/title", year.source.title);
    const std::string& address = year.source.address;
    if (!address.starts_with("https://") && !address.starts_with("http://")) {
      findings_.add(
          at + "/source/address", "calendar.source",
          {"应写明放假通知的网址（http 或 https）", "name the notice by its http or https address"});
    }
    if (year.holidays.empty()) {
      findings_.add(
          at + "/holidays", "calendar.not-announced",
          {"没有放假安排的年份尚未公布，不应列入", "a year without holidays is not announced; leave it out"});
    }
    for (std::size_t h = 0; h < year.holidays.size(); ++h) {
      checkHoliday(year.year, year.holidays[h], fmt::format("{}/holidays/{}", at, h));
    }
  }

  /// A notice speaks about its year, and about the December before (New Year).
  bool isInNotice(int year, Date date) {
    return date >= makeDate(year - 1, 12, 1) && date <= makeDate(year, 12, 31);
  }

  bool checkInNotice(int year, Date date, const std::string& where) {
    if (isInNotice(year, date)) return true;
    findings_.add(
        where, "calendar.wrong-year",
        {fmt::format("{} 不在 {} 年的通知范围内", formatDate(date), year),
         fmt::format("{} is not a day that the notice for {} speaks about", formatDate(date), year)});
    return false;
  }

  void checkHoliday(int year, const Holiday& holiday, const std::string& at) {
    requireText(at + "/name/zh", holiday.name.zh);
    requireText(at + "/name/en", holiday.name.en);
    const bool from_good = checkInNotice(year, holiday.from, at + "/from");
    const bool to_good = checkInNotice(year, holiday.to, at + "/to");
    if (holiday.to < holiday.from) {
      findings_.add(at + "/to", "calendar.order", {"结束日早于开始日", "it ends before it begins"});
    } else if (holiday.to - holiday.from >= longest_holiday) {
      findings_.add(at + "/to", "calendar.too-long",
                    {"放假超过一个月，应是笔误", "longer than a month, surely a typing error"});
    } else if (from_good && to_good) {
      for (Date date = holiday.from; date <= holiday.to; date += days{1}) {
        if (!off_.emplace(date, at).second) {
          findings_.add(at, "calendar.off-twice",
                        {fmt::format("{} 重复放假", formatDate(date)),
                         fmt::format("{} is already off by another holiday", formatDate(date))});
        }
      }
    }
    for (std::size_t m = 0; m < holiday.made_up_on.size(); ++m) {
      const Date date = holiday.made_up_on[m];
      const std::string where = fmt::format("{}/made_up_on/{}", at, m);
      if (!checkInNotice(year, date, where)) continue;
      const std::chrono::weekday weekday{date};
      if (weekday != std::chrono::Saturday && weekday != std::chrono::Sunday) {
        findings_.add(where, "calendar.not-weekend",
                      {fmt::format("{} 不是周六或周日，本来就上班", formatDate(date)),
                       fmt::format("{} is no Saturday or Sunday, it is worked anyway", formatDate(date))});
      }
      if (!worked_.emplace(date, where).second) {
        findings_.add(where, "calendar.worked-twice",
                      {fmt::format("{} 重复列为调休上班", formatDate(date)),
                       fmt::format("{} is already listed as a make-up day", formatDate(date))});
      }
    }
  }

  void checkOffAgainstWorked() {
    for (const auto& [date, where] : worked_) {
      const auto off = off_.find(date);
      if (off == off_.end()) continue;
      findings_.add(where, "calendar.off-and-worked",
                    {fmt::format("{} 既放假又上班（{}）", formatDate(date), off->second),
                     fmt::format("{} is both off and worked ({})", formatDate(date), off->second)});
    }
  }

  void checkHours() {
    const auto& periods = data_.hours.periods;
    requireText("/hours/source", data_.hours.source);
    if (periods.empty()) {
      findings_.add("/hours/periods", "calendar.no-hours",
                    {"至少要有一段工作时间", "at least one working period is needed"});
    }
    for (std::size_t i = 0; i < periods.size(); ++i) {
      const std::string at = fmt::format("/hours/periods/{}", i);
      const std::chrono::minutes from = periods[i].from.since_midnight;
      const std::chrono::minutes to = periods[i].to.since_midnight;
      if (from < std::chrono::minutes{0} || to > std::chrono::hours{24} || to <= from) {
        findings_.add(
            at, "calendar.hours",
            {"工作时间的结束应晚于开始，且在一天之内", "a period ends after it begins, within the day"});
      } else if (i > 0 && from <= periods[i - 1].to.since_midnight) {
        findings_.add(at, "calendar.hours-overlap",
                      {"各段工作时间应按先后排列，互不相接", "periods are in order and do not touch"});
      }
    }
  }

  const CalendarData& data_;
  Findings findings_;
  std::map<Date, std::string> off_;     ///< where each day off is listed
  std::map<Date, std::string> worked_;  ///< where each make-up day is listed
};

}  // namespace

Result<void> checkData(const CalendarData& data) { return DataCheck(data).run(); }

}  // namespace jinyue::calendar

namespace jinyue {

void JsonCodec<calendar::TimeOfDay>::write(std::string& out, const calendar::TimeOfDay& time) {
  const auto minutes = time.since_midnight.count();
  out += fmt::format("\"{:02}:{:02}\"", minutes / 60, minutes % 60);
}

bool JsonCodec<calendar::TimeOfDay>::read(JsonReader& in, simdjson::ondemand::value json,
                                          calendar::TimeOfDay& time) {
  std::string_view text;
  const auto isDigit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9'; };
  if (!json.get_string().get(text) && text.size() == 5 && isDigit(0) && isDigit(1) && text[2] == ':' &&
      isDigit(3) && isDigit(4)) {
    const int hour = (text[0] - '0') * 10 + (text[1] - '0');
    const int minute = (text[3] - '0') * 10 + (text[4] - '0');
    if (minute < 60 && hour * 60 + minute <= 24 * 60) {
      time.since_midnight = std::chrono::minutes{hour * 60 + minute};
      return true;
    }
  }
  return in.failType("时刻（如 08:30）", "a time of day such as 08:30");
}

}  // namespace jinyue
