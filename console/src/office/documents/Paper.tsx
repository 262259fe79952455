import { Fragment, type ReactNode } from 'react'
import type { Schemas } from '../../api/client'

type Items = Schemas['DocumentOut']['items']
type Labels = Record<string, string>

/** A text as it will be printed: paragraphs, headings, lists, what is strong; nothing else becomes a tag. */
export function Paper({ text, items = [], labels = {} }: { text: string; items?: Items; labels?: Labels }) {
  return (
    <div className="paper">
      {blocks(text)}
      {items.length > 0 && <ol>{items.map((one, at) => <li key={at}><b>{String(one.title ?? '')}</b>{one.unit ? ` · ${labels[String(one.unit)] ?? String(one.unit)}` : ''}{one.text ? <p>{String(one.text)}</p> : null}</li>)}</ol>}
    </div>
  )
}

function blocks(text: string): ReactNode[] {
  const found: ReactNode[] = []
  let listed: string[] = []
  const end = () => {
    if (listed.length) found.push(<ul key={found.length}>{listed.map((one, at) => <li key={at}>{inline(one)}</li>)}</ul>)
    listed = []
  }
  for (const line of text.split('\n').map((one) => one.trimEnd()).filter(Boolean)) {
    if (line.startsWith('- ')) { listed.push(line.slice(2)); continue }
    end()
    if (line.startsWith('## ')) found.push(<h4 key={found.length}>{inline(line.slice(3))}</h4>)
    else if (line.startsWith('# ')) found.push(<h3 key={found.length}>{inline(line.slice(2))}</h3>)
    else found.push(<p key={found.length}>{inline(line)}</p>)
  }
  end()
  return found
}

const inline = (line: string): ReactNode[] => line.split(/\*\*(.+?)\*\*/).map((part, at) => (at % 2 ? <b key={at}>{part}</b> : <Fragment key={at}>{part}</Fragment>))
