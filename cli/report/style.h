// How a report looks: on a desk, on a phone, on paper.

#ifndef PLUMBLINE_CLI_REPORT_STYLE_H_
#define PLUMBLINE_CLI_REPORT_STYLE_H_

#include "absl/strings/string_view.h"

namespace plumbline::cli {

// CSS. Classes `d1` to `d5` are the dispositions, least urgent first.
inline constexpr absl::string_view kReportStyle = R"css(
:root {
  --ink: #1b2530; --soft: #55636f; --line: #d8dfe5; --paper: #fff;
  --back: #f4f6f8; --link: #0b5394;
  --d1: #2e7d4f; --d2: #3a6ea5; --d3: #8a6d00; --d4: #b4540a; --d5: #b3261e;
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body {
  margin: 0; background: var(--back); color: var(--ink);
  font: 16px/1.5 system-ui, "Segoe UI", Roboto, "Liberation Sans", sans-serif;
  overflow-wrap: break-word;
}
main { max-width: 62rem; margin: 0 auto; padding: 1rem; }
nav { background: var(--ink); color: #fff; }
nav ul {
  display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; list-style: none;
  max-width: 62rem; margin: 0 auto; padding: .6rem 1rem;
}
nav a { color: #fff; }
a { color: var(--link); text-decoration-thickness: 1px;
  text-underline-offset: 2px; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 1rem 0 .25rem; }
h2 { font-size: 1.45rem; margin: 2.5rem 0 .5rem;
  border-bottom: 2px solid var(--ink); }
h3 { font-size: 1.15rem; margin: 1.75rem 0 .5rem; }
h4 { font-size: 1rem; margin: .5rem 0 .25rem; }
p { margin: .4rem 0; }
code { font: .85em/1.4 ui-monospace, "Liberation Mono", monospace;
  overflow-wrap: anywhere;
  background: #eef1f4; padding: .05em .3em; border-radius: 3px; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font-size: .8rem;
  background: #eef1f4; padding: .5rem; }
.warning { border-left: 5px solid var(--d5); background: var(--paper);
  padding: .5rem .9rem; }
.facts-of { color: var(--soft); }
.card { background: var(--paper); border: 1px solid var(--line);
  border-radius: 6px; padding: .6rem .9rem; margin: .7rem 0; }
.card.emergency { border-left: 5px solid var(--d5); }
.card header { display: flex; flex-wrap: wrap; gap: .5rem;
  align-items: baseline; }
.card .cases { margin-left: auto; color: var(--soft); font-size: .85rem; }
.card .cases summary { text-align: right; cursor: pointer; }
.value { display: inline-block; min-width: 3rem; color: var(--soft); }
i { font-style: normal; font-weight: 600; }
.sign { table-layout: fixed; }
.sign td { height: 2.6rem; }
.tag { font-size: .75rem; color: var(--soft); border: 1px solid var(--line);
  border-radius: 3px; padding: 0 .35em; }
.locales { display: grid; gap: .25rem 1.5rem;
  grid-template-columns: repeat(auto-fit, minmax(17rem, 1fr)); }
.prompt { font-weight: 600; }
.help, .when, .sources, .note, .range { color: var(--soft); }
.when, .sources { font-size: .9rem; }
ul.answers { list-style: none; padding: 0; margin: .25rem 0; }
ul.answers li { padding-left: 1.6rem; position: relative; }
.dot, .box { position: absolute; left: .2rem; top: .3rem; width: .9rem;
  height: .9rem; border: 1px solid var(--soft); border-radius: 50%; }
.box { border-radius: 2px; }
.disposition { color: #fff; border-radius: 3px; padding: .05em .45em;
  font-size: .85em; font-weight: 600; white-space: nowrap; }
.disposition.d1 { background: var(--d1); }
.disposition.d2 { background: var(--d2); }
.disposition.d3 { background: var(--d3); }
.disposition.d4 { background: var(--d4); }
.disposition.d5 { background: var(--d5); }
.good { color: var(--d1); }
.bad { color: var(--d5); font-weight: 600; }
.verdict { font-weight: 600; font-size: 1.1rem; }
table { border-collapse: collapse; width: 100%; background: var(--paper);
  margin: .5rem 0; }
td, th { border: 1px solid var(--line); padding: .25rem .5rem;
  text-align: left; vertical-align: top; font-size: .9rem; }
.numbers td + td, .numbers th + th { text-align: right; }
.name { white-space: nowrap; }
figure { margin: 0; background: var(--paper); border: 1px solid var(--line);
  border-radius: 6px; padding: .5rem; }
svg { display: block; width: 100%; max-width: 40rem; margin: 0 auto; }
svg text { font-family: inherit; font-size: 10px; fill: var(--ink); }
svg .head { font-size: 8.5px; text-anchor: middle; fill: var(--soft); }
svg .count { font-size: 8px; fill: var(--soft); }
svg .first { font-weight: 700; }
svg .stripe { fill: #f4f6f8; }
svg .d1 { fill: var(--d1); } svg .d2 { fill: var(--d2); }
svg .d3 { fill: var(--d3); } svg .d4 { fill: var(--d4); }
svg .d5 { fill: var(--d5); }
svg .ring { fill: none; stroke-width: 1.2; }
svg .ring.d1 { stroke: var(--d1); } svg .ring.d2 { stroke: var(--d2); }
svg .ring.d3 { stroke: var(--d3); } svg .ring.d4 { stroke: var(--d4); }
svg .ring.d5 { stroke: var(--d5); }
@media (max-width: 600px) {
  body { font-size: 15px; }
  main { padding: .75rem; }
  .words tr { display: block; border: 1px solid var(--line);
    margin-bottom: .5rem; }
  .words td { display: block; border: 0; }
  td, th { padding: .2rem .35rem; font-size: .85rem; }
  .numbers td, .numbers th { padding: .15rem; font-size: .68rem;
    overflow-wrap: normal; }
  svg text { font-size: 12px; }
}
@media print {
  @page { margin: 15mm; }
  body { background: #fff; font-size: 10.5pt; }
  nav { display: none; }
  main { max-width: none; padding: 0; }
  a { color: inherit; text-decoration: none; }
  .card, tr, svg, figure { break-inside: avoid; }
  svg { max-height: 205mm; }
  details.cases > :not(summary) { display: none; }
  h2, h3, h4 { break-after: avoid; }
  .disposition { print-color-adjust: exact;
    -webkit-print-color-adjust: exact; }
  svg * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
)css";

}  // namespace plumbline::cli

#endif  // PLUMBLINE_CLI_REPORT_STYLE_H_
