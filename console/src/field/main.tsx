import '../common/base.css'
import '../common/theme'
import './field.css'
import './shapes.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { beginStrings } from '../common/language'
import { beginAt } from '../common/session'
import { Field } from './Field'
import { beginField, rememberMe } from './store/session'
import { beginInstalling } from './me/install'
import { beginWorker } from './update'

const catalogues = import.meta.glob<Record<string, string>>(['../strings/*/common.json', '../strings/*/field.json'], { import: 'default' })

beginAt('/field', rememberMe)
beginInstalling()
await beginStrings((path) => catalogues[`../strings/${path}.json`]!(), ['common', 'field'])
await beginField()
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <Field />
  </StrictMode>,
)
// Keeping the whole app on the phone waits until its first screen has been drawn and nobody taps.
;(window.requestIdleCallback ?? setTimeout)(() => void beginWorker().catch((error: unknown) => console.warn(error)))
