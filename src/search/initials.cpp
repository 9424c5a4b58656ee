#include "search/initials.h"

#include <algorithm>
#include <array>

#include "search/initials_table.h"

namespace jinyue::search {
namespace {

struct Readings {
  char32_t letter;
  std::string_view initials;
};

/// Characters with readings that begin differently, by code point.
constexpr std::array<Readings, 124> many_readings{{
    {U'万', "wm"}, {U'乐', "ly"},  {U'乘', "cs"},  {U'乾', "qg"},  {U'仇', "cq"}, {U'会', "hk"},
    {U'传', "cz"}, {U'伽', "jqg"}, {U'便', "bp"},  {U'其', "qj"},  {U'冯', "fp"}, {U'刨', "pb"},
    {U'区', "qo"}, {U'单', "dsc"}, {U'卜', "bp"},  {U'卡', "kq"},  {U'厦', "sx"}, {U'句', "jg"},
    {U'召', "zs"}, {U'叶', "yx"},  {U'吁', "xy"},  {U'合', "hg"},  {U'吓', "xh"}, {U'否', "fp"},
    {U'吭', "kh"}, {U'咖', "kg"},  {U'咯', "glk"}, {U'圈', "qj"},  {U'埔', "bp"}, {U'堡', "bp"},
    {U'大', "dt"}, {U'奇', "qj"},  {U'宿', "sx"},  {U'尉', "wy"},  {U'尾', "wy"}, {U'屏', "pb"},
    {U'属', "sz"}, {U'峒', "dt"},  {U'峙', "zs"},  {U'巷', "xh"},  {U'弄', "nl"}, {U'弹', "dt"},
    {U'强', "qj"}, {U'扁', "bp"},  {U'折', "zs"},  {U'提', "td"},  {U'晟', "cs"}, {U'暴', "bp"},
    {U'曾', "cz"}, {U'朝', "cz"},  {U'期', "qj"},  {U'术', "sz"},  {U'柜', "gj"}, {U'查', "cz"},
    {U'栅', "zs"}, {U'栎', "ly"},  {U'校', "xj"},  {U'桧', "gh"},  {U'氏', "sz"}, {U'沈', "sc"},
    {U'沌', "dz"}, {U'泊', "pb"},  {U'洞', "dt"},  {U'浅', "qj"},  {U'浒', "hx"}, {U'涡', "wg"},
    {U'溃', "kh"}, {U'澄', "cd"},  {U'瀑', "pb"},  {U'率', "ls"},  {U'畜', "cx"}, {U'番', "fp"},
    {U'盛', "sc"}, {U'省', "sx"},  {U'石', "sd"},  {U'祭', "jz"},  {U'种', "zc"}, {U'秘', "mb"},
    {U'筠', "yj"}, {U'粘', "zn"},  {U'系', "xj"},  {U'繁', "fp"},  {U'红', "hg"}, {U'纶', "lg"},
    {U'给', "gj"}, {U'缴', "jz"},  {U'翟', "dz"},  {U'臭', "cx"},  {U'芥', "jg"}, {U'茄', "jq"},
    {U'茜', "qx"}, {U'莘', "sx"},  {U'莞', "gw"},  {U'蔚', "wy"},  {U'藏', "cz"}, {U'虹', "hj"},
    {U'蛇', "sy"}, {U'行', "xh"},  {U'覃', "tq"},  {U'见', "jx"},  {U'解', "jx"}, {U'识', "sz"},
    {U'说', "sy"}, {U'调', "dt"},  {U'谌', "cs"},  {U'贾', "jg"},  {U'车', "cj"}, {U'轧', "yzg"},
    {U'辟', "pb"}, {U'适', "sk"},  {U'遗', "yw"},  {U'邪', "xy"},  {U'郇', "hx"}, {U'重', "zc"},
    {U'长', "zc"}, {U'阚', "hk"},  {U'降', "jx"},  {U'隗', "kw"},  {U'隽', "jq"}, {U'靓', "jl"},
    {U'颈', "jg"}, {U'鸟', "nd"},  {U'鹄', "gh"},  {U'龟', "gqj"},
}};
static_assert(std::ranges::is_sorted(many_readings, {}, &Readings::letter));

constexpr std::string_view plain = "0123456789abcdefghijklmnopqrstuvwxyz";

}  // namespace

std::string_view initialsOf(char32_t letter) {
  if (letter < 0x80) {
    const auto found = plain.find(static_cast<char>(letter));
    return found == std::string_view::npos ? std::string_view{} : plain.substr(found, 1);
  }
  if (letter < initials_begin || letter >= initials_begin + initials_table.size()) return {};
  const auto* const many = std::ranges::lower_bound(many_readings, letter, {}, &Readings::letter);
  if (many != many_readings.end() && many->letter == letter) return many->initials;
  const auto initial = initials_table.substr(letter - initials_begin, 1);
  return initial == "." ? std::string_view{} : initial;
}

}  // namespace jinyue::search
