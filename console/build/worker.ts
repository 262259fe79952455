import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin, Rollup } from 'vite'

const [ENTRY, WORKER, PAGE] = ['field', 'field-sw.js', 'field.html']
/** From `public`: what a phone shows of the app where it is installed. */
const BESIDE = ['icon.svg', 'field.webmanifest', 'field-192.png', 'field-512.png']

/**
 * Tells the field app's service worker what to keep: everything that its page can load, by digest, and nothing of the office
 * console. Workbox's own build does the same by globs, and would keep both.
 */
export function worker(): Plugin {
  return {
    name: 'field-worker',
    apply: 'build',
    writeBundle: ({ dir: folder = '' }, bundle) => {
      const chunks = Object.values(bundle).filter((one): one is Rollup.OutputChunk => one.type === 'chunk')
      const entry = chunks.find((one) => one.isEntry && one.name === ENTRY)
      if (!entry) return
      const shell = reached(entry.fileName, new Map(chunks.map((one) => [one.fileName, one])))
      const digest = (name: string): string => createHash('sha256').update(readFileSync(join(folder, name))).digest('hex').slice(0, 20)
      const list = [
        ...[...shell].sort().map((name) => ({ url: `/${name}`, revision: null })),
        { url: '/field', revision: digest(PAGE) },
        ...BESIDE.map((name) => ({ url: `/${name}`, revision: digest(name) })),
      ]
      const path = join(folder, WORKER)
      const code = readFileSync(path, 'utf8')
      if (!code.includes('self.__WB_MANIFEST')) throw new Error(`${WORKER} has no place for its list`)
      writeFileSync(path, code.replace('self.__WB_MANIFEST', JSON.stringify(list)))
    },
  }
}

/** Names of all files that an entry may load, now or later. */
function reached(first: string, chunks: Map<string, Rollup.OutputChunk>): Set<string> {
  const found = new Set<string>()
  const visit = (name: string): void => {
    if (found.has(name)) return
    found.add(name)
    const chunk = chunks.get(name)
    if (!chunk) return
    chunk.viteMetadata?.importedCss.forEach((one) => found.add(one))
    chunk.viteMetadata?.importedAssets.forEach((one) => found.add(one))
    ;[...chunk.imports, ...chunk.dynamicImports].forEach(visit)
  }
  visit(first)
  return found
}
