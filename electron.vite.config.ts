import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import type { Plugin } from 'vite'
import { writeLicences } from './build/licences.ts'

/** Node's own side: Electron's main process and everything the server needs, with shared chunks. */
const nodeEntries = {
  'main/index': 'src/main/index.ts',
  'server/cli': 'src/server/cli.ts',
  'server/store-thread': 'src/server/local/store/store-thread.ts',
  'server/executor-process': 'src/server/local/executor/executor-process.ts',
  'server/executor-thread': 'src/server/local/executor/executor-thread.ts',
  'server/built-in-tasks': 'src/tasks/built-in.ts',
  'server/penstock-tasks': 'src/tasks/api.ts',
}

/** The window's content security policy allows no inline script, so a build that needs one must fail. */
const refuseInlineScripts: Plugin = {
  name: 'penstock:refuse-inline-scripts',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler(html) {
      if (/<script(?![^>]*\ssrc=)/i.test(html)) throw new Error('The built window has an inline script.')
    },
  },
}

/** Vite's own development client is inline scripts and styles; only what is built is what ships. */
const developWithoutPolicy: Plugin = {
  name: 'penstock:develop-without-policy',
  apply: 'serve',
  transformIndexHtml: (html) => html.replace(/<meta\s+http-equiv="Content-Security-Policy"[^>]*>/i, ''),
}

// `dependencies` stay in node_modules, `devDependencies` are bundled: electron-vite's default.
export default defineConfig({
  main: {
    build: {
      // electron-vite knows targets up to Electron 44 only.
      target: 'node24',
      outDir: 'out',
      // The renderer and the preload live in the same folder; scripts/ensure-build.mjs empties it.
      emptyOutDir: false,
      sourcemap: true,
      rolldownOptions: {
        input: nodeEntries,
        output: {
          entryFileNames: '[name].js',
          chunkFileNames: 'chunks/[name]-[hash].js',
        },
      },
    },
  },
  preload: {
    build: {
      target: 'node24',
      outDir: 'out/preload',
      // A sandboxed preload can be neither an ES module nor require a package.
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: 'src/preload/index.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [react(), refuseInlineScripts, developWithoutPolicy, writeLicences(import.meta.dirname)],
    build: {
      outDir: 'out/renderer',
      // One string: electron-vite merges a list with its own target, and the build fails.
      target: 'es2022',
      minify: true,
      // Inlined assets would be data: URLs, which the content security policy refuses for fonts.
      assetsInlineLimit: 0,
      rolldownOptions: { input: 'src/renderer/index.html' },
    },
  },
})
