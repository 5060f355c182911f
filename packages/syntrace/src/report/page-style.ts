/** Style of the page: light and dark, from 360 px up, and for paper. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --page: #f5f5f2; --card: #fff; --ink: #1c1e22; --quiet: #596069; --line: #d8dad4; --track: #e6e7e2;
  --synthetic: #ad330c; --real: #0b6484; --inconclusive: #6a5c00; --failed: #75296c; --cut: #fff; --focus: #1a56db; }
@media (prefers-color-scheme: dark) {
  :root { --page: #141619; --card: #1d2024; --ink: #e9e9e6; --quiet: #a5abb4; --line: #353a41; --track: #343940;
    --synthetic: #ff9b75; --real: #73caeb; --inconclusive: #e2cd65; --failed: #e6a0dc; --cut: #1d2024; --focus: #8fb4ff; }
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
main, .page-header { max-width: 1140px; margin: 0 auto; padding: 0 20px; }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
.skip { position: absolute; left: -999em; }
.skip:focus { left: 8px; top: 8px; padding: 8px 12px; background: var(--card); color: var(--ink); }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.quiet { color: var(--quiet); font-weight: 400; }
code { font: .82em ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; color: var(--quiet); }
summary { cursor: pointer; }
.icon { width: 1.15em; height: 1.15em; flex: none; vertical-align: -.2em; }
.icon .solid { fill: currentColor; }
.icon .cut { fill: none; stroke: var(--cut); stroke-width: 2.6; stroke-linecap: round; stroke-linejoin: round; }
.synthetic { --state: var(--synthetic); } .real { --state: var(--real); } .inconclusive { --state: var(--inconclusive); } .failed { --state: var(--failed); }

.page-header { padding-top: 28px; padding-bottom: 8px; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0; overflow-wrap: anywhere; }
h2 { font-size: 1rem; margin: 0; }
.made { margin: 4px 0 18px; color: var(--quiet); overflow-wrap: anywhere; }
.tallies { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: 6px 28px; }
.tallies li { display: flex; align-items: center; gap: 7px; }
.tallies .icon { color: var(--state); }
.tallies strong { font-size: 1.3rem; font-variant-numeric: tabular-nums; }
.strip { display: flex; gap: 2px; height: 8px; margin: 12px 0 0; border-radius: 4px; overflow: hidden; }
.strip span { flex: 0 1 0; min-width: 3px; background: var(--state); }
.omitted { margin: 14px 0 0; padding: 8px 12px; border-left: 3px solid var(--inconclusive); background: var(--card); }
.how { margin: 18px 0 0; }
.how h2 { color: var(--quiet); font-weight: 500; font-size: .9rem; }
.how ul { margin: 2px 0 0; padding: 0; list-style: none; }
.reading { margin: 12px 0 0; max-width: 75ch; }
.reading summary { color: var(--quiet); }
.reading p { margin: 6px 0; }

.controls { position: sticky; top: 0; z-index: 2; display: flex; flex-wrap: wrap; align-items: center; gap: 8px 14px; margin: 0 -20px 14px; padding: 10px 20px; background: var(--page); border-bottom: 1px solid var(--line); }
.controls fieldset { border: 0; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: 4px 12px; }
.controls legend { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.controls fieldset label { display: flex; align-items: center; gap: 5px; white-space: nowrap; }
.controls input[type=checkbox] { accent-color: var(--state); width: 16px; height: 16px; margin: 0; }
.controls .icon { color: var(--state); }
.controls input[type=search], .controls select, .controls button { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--quiet); border-radius: 6px; padding: 5px 9px; }
.controls input[type=search] { width: 150px; max-width: 100%; }
.controls button { cursor: pointer; }
#shown { margin: 0; color: var(--quiet); }

.findings { margin: 22px 0 10px; }

#pictures { list-style: none; margin: 0 0 40px; padding: 0; display: grid; gap: 14px; }
.card { background: var(--card); border: 1px solid var(--line); border-left: 4px solid var(--state); border-radius: 8px; content-visibility: auto; contain-intrinsic-size: auto 320px; }
article { display: grid; grid-template-columns: 168px minmax(0, 1fr); gap: 12px 22px; padding: 16px; }
.thumbnail img { display: block; width: auto; height: auto; max-width: 168px; max-height: 168px; border-radius: 4px; background: var(--track); }
.thumbnail.none { display: grid; place-items: center; height: 120px; border: 1px dashed var(--line); border-radius: 4px; color: var(--quiet); }
.facts { min-width: 0; }
.failed .facts { grid-column: 1 / -1; }
.facts header { display: flex; justify-content: space-between; align-items: flex-start; gap: 6px 16px; }
h3 { margin: 0; font-size: 1rem; line-height: 1.4; font-weight: 600; overflow-wrap: anywhere; white-space: pre-wrap; }
.badge { display: inline-flex; align-items: center; gap: 6px; flex: none; font-weight: 650; color: var(--state); }
.badge .icon { width: 1.35em; height: 1.35em; }
.measures { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 8px 24px; margin: 12px 0 10px; }
.measure dt { float: left; color: var(--quiet); font-size: .87rem; }
.measure dd { margin: 0; text-align: right; }
.value { font-variant-numeric: tabular-nums; font-weight: 600; white-space: nowrap; }
.value .quiet { font-size: .87rem; }
.track { position: relative; display: block; clear: both; height: 10px; margin-top: 5px; border-radius: 5px; background: var(--track); }
.track.empty { background: none; border: 1px dashed var(--line); }
.fill { display: block; height: 100%; min-width: 3px; border-radius: 5px; background: var(--state); }
.beyond { position: absolute; inset: 0 0 0 auto; border-radius: 0 5px 5px 0; background: var(--synthetic); opacity: .28; }
.threshold { position: absolute; z-index: 1; top: -5px; bottom: -5px; width: 2px; margin-left: -1px; background: var(--ink); }
.dot { position: absolute; top: -3px; width: 16px; height: 16px; margin-left: -8px; border-radius: 50%; border: 3px solid var(--card); background: var(--state); }
.share, .message, .hint { margin: 0; overflow-wrap: anywhere; }
.message { margin-top: 8px; }
.hint { color: var(--quiet); }
.warnings { margin: 8px 0 0; padding: 0 0 0 18px; color: var(--inconclusive); overflow-wrap: anywhere; }

.inspection h4 { margin: 12px 0 2px; font-size: .9rem; color: var(--quiet); }
.inspection ul { margin: 0; padding-left: 18px; overflow-wrap: anywhere; }
.evidence { grid-column: 1 / -1; border-top: 1px solid var(--line); padding-top: 10px; min-width: 0; }
.evidence summary { font-weight: 600; }
.maps { display: grid; grid-template-columns: repeat(auto-fill, 256px); gap: 18px 28px; margin: 12px 0; }
.map { margin: 0; }
.map figcaption { font-weight: 600; margin-bottom: 4px; }
.map img { display: block; width: 256px; height: auto; max-width: 100%; max-height: 256px; object-fit: contain; object-position: left top; image-rendering: pixelated; border-radius: 3px; }
.map p { margin: 6px 0 0; font-size: .87rem; line-height: 1.4; }
.map .scale { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 2px 8px; color: var(--quiet); }
.ramp { flex: 0 0 100%; order: -1; height: 8px; border-radius: 2px; }
.scroll { overflow-x: auto; margin-top: 8px; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; min-width: 420px; }
th, td { padding: 3px 28px 3px 0; text-align: left; font-weight: 400; white-space: nowrap; }
.statements { margin: 8px 0 0; padding-left: 18px; overflow-wrap: anywhere; }
td .reason { margin: 0; max-width: 46ch; white-space: normal; color: var(--quiet); font-size: .87rem; }
thead th { color: var(--quiet); font-size: .87rem; }
th:nth-child(n+3), td:nth-child(n+3) { text-align: right; }

@media (max-width: 640px) {
  main, .page-header { padding-left: 12px; padding-right: 12px; }
  .controls { position: static; margin: 0 -12px 12px; padding: 10px 12px; }
  .controls label.text, .controls input[type=search] { width: 100%; }
  article { grid-template-columns: minmax(0, 1fr); padding: 12px; }
  .facts header { flex-direction: column; }
  .measures { grid-template-columns: minmax(0, 1fr); }
}
@media print {
  :root { --page: #fff; --card: #fff; --ink: #000; --quiet: #444; --line: #bbb; --track: #e4e4e4; --cut: #fff;
    --synthetic: #ad330c; --real: #0b6484; --inconclusive: #6a5c00; --failed: #75296c; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  body { font-size: 10pt; }
  .controls, .skip, .reading { display: none; }
  .card { content-visibility: visible; break-inside: avoid; }
  .evidence::details-content { content-visibility: visible; display: block; height: auto; }
  .maps { grid-template-columns: repeat(3, 1fr); gap: 10px; }
  .map img { width: 100%; height: auto; }
}
`;
