import { defineConfig } from 'vite'

/** Builds the styles, fonts and islands of `client/` into `dist/client`, with a manifest that `src/ui/assets.ts` reads. */
export default defineConfig({
  publicDir: 'client/public',
  build: {
    outDir: 'dist/client',
    emptyOutDir: true,
    manifest: true,
    assetsInlineLimit: 0,
    modulePreload: false,
    target: 'es2022',
    cssTarget: ['chrome111', 'firefox121', 'safari16.4'],
    rolldownOptions: { input: 'client/main.ts' },
  },
  css: { preprocessorOptions: { scss: { quietDeps: true } } },
})
