import '../common/base.css'
import './field.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { beginStrings } from '../common/language'
import { begin } from '../common/session'
import { Field } from './Field'

const catalogues = import.meta.glob<Record<string, string>>(['../strings/*/common.json', '../strings/*/field.json'], { import: 'default' })

await beginStrings((path) => catalogues[`../strings/${path}.json`]!(), ['common', 'field'])
await begin().catch(() => undefined)
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <Field />
  </StrictMode>,
)
