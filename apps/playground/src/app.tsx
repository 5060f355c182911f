import { useEffect } from 'preact/hooks';
import { Footer } from './parts/footer.js';
import { Header } from './parts/header.js';
import { dragging } from './state/dragging.js';
import { droppedFiles, pastedFiles } from './state/files.js';
import { addPictures } from './state/queue.js';
import { type Route, route } from './state/route.js';
import { BenchmarkView } from './views/benchmark.js';
import { CompareView } from './views/compare.js';
import { EnsembleView } from './views/ensemble.js';
import { PicturesView } from './views/pictures.js';
import { PileView } from './views/pile.js';
import { RobustnessView } from './views/robustness.js';
import { SettingsView } from './views/settings.js';
import { t } from './words/translate.js';

const VIEWS: Readonly<Record<Route, () => preact.JSX.Element>> = {
  pictures: PicturesView,
  compare: CompareView,
  robustness: RobustnessView,
  ensemble: EnsembleView,
  pile: PileView,
  settings: SettingsView,
  benchmark: BenchmarkView,
};

/** Pictures may be dropped and pasted anywhere; they then stand among the pictures. */
function useDropAndPaste(): void {
  useEffect(() => {
    const ended = new AbortController();
    const on = <K extends keyof WindowEventMap>(type: K, listen: (event: WindowEventMap[K]) => void) =>
      addEventListener(type, listen, { signal: ended.signal });
    const carriesFiles = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes('Files') ?? false;
    on('dragover', event => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      dragging.value = true;
    });
    on('dragleave', event => {
      if (event.relatedTarget === null) dragging.value = false;
    });
    on('drop', event => {
      dragging.value = false;
      if (!carriesFiles(event) || !event.dataTransfer) return;
      event.preventDefault();
      void droppedFiles(event.dataTransfer).then(take);
    });
    on('paste', ({ clipboardData }) => take(pastedFiles(clipboardData)));
    return () => ended.abort();
  }, []);
}

function take(files: Parameters<typeof addPictures>[0]): void {
  if (files.length === 0) return;
  addPictures(files);
  if (route.value !== 'compare') location.hash = '#/pictures';
}

export function App() {
  useDropAndPaste();
  const View = VIEWS[route.value];
  useEffect(() => {
    scrollTo(0, 0);
    document.title = `${t(`nav-${route.value}`)} · ${t('title')}`;
  }, [route.value]);
  return (
    <>
      <a class="skip" href="#main">
        {t('skip')}
      </a>
      <Header />
      <main id="main" tabIndex={-1}>
        <View key={route.value} />
      </main>
      <Footer />
      {dragging.value && (
        <div class="dropping" aria-hidden="true">
          <p>{t('drop-now')}</p>
        </div>
      )}
    </>
  );
}
