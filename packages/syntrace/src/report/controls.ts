import type { ReportSummary } from './entry.js';
import { countText } from './format.js';
import { type Html, html } from './html.js';
import { STATES } from './summary.js';
import { stateIcon, stateWord } from './verdict-badge.js';

/** Filter and sort. Hidden until the page's script runs, for they do nothing without it. */
export function controls(summary: ReportSummary): Html {
  const shown = STATES.filter(state => summary[state] > 0);
  return html`<form class="controls" id="controls" role="search" aria-label="Filter and sort" hidden>
<label class="text">Find <input type="search" id="find" placeholder="path or code" autocomplete="off" spellcheck="false"></label>
<fieldset><legend>Show</legend>${shown.map(
    state =>
      html`<label class="${state}"><input type="checkbox" name="verdict" value="${state}" checked>${stateIcon(state)}${stateWord(state)} <span class="quiet">${countText(summary[state])}</span></label>`,
  )}</fieldset>
<label>Sort <select id="sort"><option value="input">as given</option><option value="high">highest score first</option><option value="low">lowest score first</option><option value="path">by path</option></select></label>
<button type="button" id="unfold">Unfold all evidence</button>
<p id="shown" role="status"></p>
</form>`;
}
