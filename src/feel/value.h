// The values of FEEL, and of everything that Jinyue's models read and write: the variables of a case,
// the inputs and outputs of a decision, the entries of a register.
//
// This is the agreed surface; the room feel owns the representation.
#pragma once
namespace jinyue::feel {

/* class Value
 *   kinds: null, boolean, number, string, date, time, date_time, days_duration, years_duration,
 *          list, context, range, function
 *   Value()                           null
 *   Value(bool) Value(int64) Value(string) Value(List) Value(Context)   implicit where unambiguous
 *   kind(), isNull(), isTrue()
 *   asBool/asInt64(optional)/asString/asList/asContext                  typed access; pointers or optionals
 *   operator==                        structural identity (not FEEL's `=`), used by tests and replay
 *   Numbers are decimals with 34 digits, with an inline 64-bit fast path. Copies are cheap (shared).
 * using List = std::vector<Value>;
 * class Context                       ordered name -> Value; find(name) -> const Value*, set(name, Value), erase(name),
 *                                     iteration in insertion order, size()
 * JsonCodec<Value>, JsonCodec<Context>  lossless JSON (see base/json_write.h, base/json_read.h): null, booleans,
 *   strings, lists, contexts as themselves; numbers as JSON numbers with all their digits (read from the raw
 *   token, never through double); temporal values as {"@": "2026-11-22"} with the text of FEEL's @-literal.
 *   A context whose only member is "@" is written so that it can't be mistaken for one. Functions and ranges
 *   have no JSON form in variables: writing a range uses {"@range": "[1..5]"}; a function is refused by
 *   `bool isData(const Value&)`.
 */

}  // namespace jinyue::feel
