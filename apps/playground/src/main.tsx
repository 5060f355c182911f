import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/layout.css';
import './styles/pictures.css';
import './styles/evidence.css';
import './styles/tools.css';
import { render } from 'preact';
import { App } from './app.js';
import { keepErrors } from './engine/rpc.js';
import { look } from './state/engines.js';
import { restoreAdditions } from './state/kept-additions.js';
import { keepForOffline } from './state/offline.js';
import './state/theme.js';
import './state/queue.js';
import './state/looking.js';

keepErrors();
render(<App />, document.getElementById('app')!);
// The first picture finds its kernels compiled and checked.
look();
void keepForOffline();
void restoreAdditions();
