/** Colours with a contrast of at least 4.5 on the ground, told apart without hue too (solid and dashed, filled and outlined). */
export const STYLE = `
:root { color-scheme: light dark; --ground: #fff; --ink: #1b1f24; --faint: #59636e; --line: #d1d9e0; --panel: #f6f8fa; --real: #0a5ea8; --synthetic: #b3370d; --note: #fff4d6; --note-ink: #4d3800; }
@media (prefers-color-scheme: dark) { :root { --ground: #0f1318; --ink: #e8ecf1; --faint: #9aa6b2; --line: #303942; --panel: #181e25; --real: #6bb3f5; --synthetic: #ff9a6c; --note: #362b0b; --note-ink: #f4dfa4; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem clamp(.75rem, 3vw, 1.5rem); max-width: 75rem; background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.25rem; margin-top: 2.5rem; border-top: 1px solid var(--line); padding-top: 1.5rem; } h3 { font-size: 1rem; }
.statement { background: var(--panel); border-left: 4px solid var(--real); padding: .75rem 1rem; }
.statement.differs { background: var(--note); color: var(--note-ink); border-color: var(--synthetic); }
.statement p { margin: .25rem 0; } .statement p:first-child { font-weight: 600; }
summary { cursor: pointer; } summary:focus-visible { outline: 2px solid var(--real); } summary h2 { display: inline; border: 0; } section:has(> details) { border-top: 1px solid var(--line); margin-top: 1rem; padding-top: .75rem; }
.wide { overflow-x: auto; } .wide:focus-visible { outline: 2px solid var(--real); }
table { border-collapse: collapse; font-size: .95rem; font-variant-numeric: tabular-nums; background: var(--ground); }
th, td { padding: .3rem .5rem; text-align: right; border-bottom: 1px solid var(--line); white-space: nowrap; vertical-align: top; }
thead th { white-space: normal; vertical-align: bottom; font-weight: 600; } td.text, th.text, th:first-child { text-align: left; } tbody th { font-weight: 400; }
th:first-child { position: sticky; left: 0; background: var(--ground); min-width: 7.5rem; max-width: 14rem; overflow-wrap: anywhere; white-space: normal; } tr.total > * { font-weight: 600; background: var(--panel); }
.interval { display: block; font-size: .8rem; font-weight: 400; color: var(--faint); }
.charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(22rem, 100%), 1fr)); gap: 1rem; margin: 1.5rem 0; }
td.cell { background: color-mix(in srgb, var(--synthetic) calc(var(--share) * .7), var(--ground)); text-align: center; } td.right { outline: 2px solid var(--real); outline-offset: -2px; font-weight: 600; background: color-mix(in srgb, var(--real) calc(var(--share) * .6), var(--ground)); }
.paths { font-size: .9rem; overflow-wrap: anywhere; padding-left: 1.2rem; }
.caption { color: var(--faint); } figure h3 { margin: 0 0 .5rem; }
figure { margin: 0; background: var(--panel); padding: 1rem; border-radius: .4rem; } figcaption { color: var(--faint); font-size: .9rem; margin-top: .5rem; }
svg { width: 100%; height: auto; display: block; } svg text { fill: var(--faint); font: 12px system-ui, sans-serif; }
.axis { stroke: var(--faint); fill: none; } .grid { stroke: var(--line); fill: none; } .chance { stroke: var(--faint); stroke-dasharray: 4 4; fill: none; }
.curve { stroke: var(--synthetic); stroke-width: 2; fill: none; } .point { fill: var(--ground); stroke: var(--ink); stroke-width: 2; }
.bar-real { fill: var(--real); fill-opacity: .35; stroke: var(--real); } .bar-synthetic { fill: none; stroke: var(--synthetic); stroke-width: 2; stroke-dasharray: 5 2; }
footer { color: var(--faint); font-size: .9rem; margin-top: 2.5rem; }
@media print { body { max-width: none; } figure { break-inside: avoid; } }
`;
