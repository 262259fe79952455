import './office.css'
import './admin/admin.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { beginStrings } from '../common/language'
import { begin } from '../common/session'
import { App } from './App'
import { nonceForStyles } from './nonce'
import { nameLists, reachTables } from './reach'

const catalogues = import.meta.glob<Record<string, string>>('../strings/*/*.json', { import: 'default' })

nonceForStyles()
reachTables()
nameLists()
await Promise.all([
  import('./antd.css'), // a megabyte of rules, which the first paint does not wait for
  beginStrings((path) => catalogues[`../strings/${path}.json`]!(), ['common', 'shell']),
  // A server that is away is told by the page itself, once it stands.
  begin().catch(() => undefined),
])
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
