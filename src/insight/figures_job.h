// The service "figures": a process asks what indicators come to, as bulletins do, to act on a trend.
//
//   <serviceTask id="ask" jy:type="figures"><extensionElements>
//     <jy:input name="indicators" expression="{late: &quot;hotline/late-in-month&quot;}"/>
//     <jy:input name="period" expression="&quot;2026-10&quot;"/>
//     <jy:input name="by" expression="&quot;unit&quot;"/>
//   </extensionElements></serviceTask>
#pragma once

#include "casework/pump.h"
#include "insight/figures.h"

namespace jinyue::insight {

/// The topic of the tasks.
inline constexpr const char* figures_topic = "figures";

/// Gives `figures`, a list with one context for each unit (area, category, channel: what `by` says) that has
/// cases in the period: its name under `by`, and each figure under the name that `indicators` gives it; null
/// where there is nothing to divide by. The figures are those of the whole city. While old cases are still
/// being counted it is a fault, so that it is tried again; what the model has wrong is one, too.
casework::JobHandler figuresJob(Figures& figures, const FactBook& book);

}  // namespace jinyue::insight
