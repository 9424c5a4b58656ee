import { defineConfig, type Connect, type Plugin } from 'vite'
import vue from '@vitejs/plugin-vue'
import { fileURLToPath } from 'node:url'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))
/** Where `npm run dev` finds a server: `jinyue serve --data data/demo --development`. */
const server = process.env.JINYUE_SERVER ?? 'http://127.0.0.1:8080'

/** As `jinyue serve` does it: an address without an extension gets the nearest index.html above it. */
const route: Connect.NextHandleFunction = (request, _response, next) => {
  const found = /^\/(office|wall)(\/[^.?]*)?(\?|$)/.exec(request.url ?? '')
  if (found) request.url = `/${found[1]}/index.html`
  next()
}
const pagesRouteThemselves: Plugin = {
  name: 'pages-route-themselves',
  configureServer: (dev) => void dev.middlewares.use(route),
  configurePreviewServer: (preview) => void preview.middlewares.use(route),
}

export default defineConfig({
  plugins: [vue(), pagesRouteThemselves],
  resolve: { alias: { '@': at('./src') } },
  // Officials' machines are old.
  build: {
    target: ['chrome100', 'edge100', 'firefox100', 'safari15.4'],
    cssTarget: ['chrome100', 'safari15.4'],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    manifest: true,
    rolldownOptions: {
      input: { portal: at('./index.html'), office: at('./office/index.html'), wall: at('./wall/index.html') },
      output: {
        // What every page begins with, in one file: each file costs an old machine some milliseconds.
        codeSplitting: { groups: [{ name: 'base', test: /node_modules\/(@vue|vue|vue-router|openapi-fetch)\/|vite\/preload-helper|src\/shared\/(api|problem|language|kept|time|ProblemNote)\.|plugin-vue:export-helper/ }] },
        // The server never asks again for names under assets/ that end so.
        entryFileNames: 'assets/[name]-[hash].js',
        chunkFileNames: 'assets/[name]-[hash].js',
        // The pages that the server writes itself name the portal's style sheet (src/api/portal_frame.cpp).
        assetFileNames: (asset) => (asset.names[0] === 'portal.css' ? 'portal.css' : 'assets/[name]-[hash][extname]'),
      },
    },
  },
  define: { __VUE_OPTIONS_API__: 'false', __VUE_PROD_DEVTOOLS__: 'false' },
  server: { proxy: { '/api': server, '/dev': server, '/metrics': server } },
  preview: { proxy: { '/api': server, '/dev': server, '/metrics': server } },
})
