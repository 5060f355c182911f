import { defineConfig } from 'vite';
import { serviceWorker } from './build/service-worker.js';

// With these two headers models may use threads; the app works without them.
const headers = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

export default defineConfig({
  // The site may lie at any path.
  base: './',
  build: { target: 'es2022', assetsInlineLimit: 0, chunkSizeWarningLimit: 4096 },
  worker: { format: 'es', rollupOptions: { output: { entryFileNames: 'assets/worker-[hash].js' } } },
  server: { headers },
  preview: { headers },
  plugins: [serviceWorker()],
});
