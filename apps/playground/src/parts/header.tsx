import { settings } from '../state/engines.js';
import { ROUTES, route } from '../state/route.js';
import { THEMES, type Theme, theme } from '../state/theme.js';
import { t } from '../words/translate.js';

export function Header() {
  const { server } = settings.value;
  return (
    <header class="top">
      <div class="bar">
        <a class="brand" href="#/pictures">
          <Mark />
          <span>{t('brand')}</span>
        </a>
        <nav aria-label={t('nav')}>
          {ROUTES.map(each => (
            <a key={each} href={`#/${each}`} aria-current={route.value === each ? 'page' : undefined}>
              {t(`nav-${each}`)}
            </a>
          ))}
        </nav>
        {server && (
          <a class="tag" href="#/settings">
            {t('judged-by', { host: new URL(server.address).host })}
          </a>
        )}
        <label class="theme">
          <span class="unseen">{t('theme')}</span>
          <select
            value={theme.value}
            onChange={event => {
              theme.value = event.currentTarget.value as Theme;
            }}
          >
            {THEMES.map(each => (
              <option key={each} value={each}>
                {t(`theme-${each}`)}
              </option>
            ))}
          </select>
        </label>
      </div>
    </header>
  );
}

/** A block of a spectrum: strong at the corner, weaker outwards, one trace that does not belong. */
const Mark = () => (
  <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
    <rect x="1" y="1" width="30" height="30" rx="7" />
    {[0, 1, 2, 3].flatMap(row =>
      [0, 1, 2, 3].map(column => (
        <circle
          key={`${row}${column}`}
          class={row === 2 && column === 2 ? 'trace' : ''}
          cx={7 + 6 * column}
          cy={7 + 6 * row}
          r={row === 2 && column === 2 ? 2.3 : Math.max(0.7, 2.4 - 0.36 * (row + column))}
        />
      )),
    )}
  </svg>
);
