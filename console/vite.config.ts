import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { compressed } from './build/compressed.ts'
import { worker } from './build/worker.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const server = process.env.XIUHUA_SERVER ?? 'http://127.0.0.1:8080'

export default defineConfig({
  plugins: [react(), worker(), compressed()],
  // The server puts a fresh one in its place in every page: antd makes its styles at run time.
  html: { cspNonce: '__NONCE__' },
  build: {
    outDir: here('../src/xiuhua/http/static'),
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0, // a policy without data: for fonts and scripts
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1200,
    rollupOptions: {
      input: { office: here('index.html'), field: here('field.html'), 'field-sw': here('src/field/sw.ts') },
      output: {
        // A worker's address is for ever; its scope follows from where it lies.
        entryFileNames: ({ name }) => (name === 'field-sw' ? '[name].js' : 'assets/[name]-[hash].js'),
        chunkFileNames: 'assets/[name]-[hash].js',
        assetFileNames: 'assets/[name]-[hash][extname]',
      },
    },
  },
  worker: { format: 'es' },
  server: {
    proxy: { '^/(api|health|ready|report)(/|$)': { target: server, changeOrigin: false } },
  },
  test: { environment: 'happy-dom', include: ['tests/**/*.test.{ts,tsx}'], restoreMocks: true },
})
