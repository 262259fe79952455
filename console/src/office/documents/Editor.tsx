import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Input } from 'antd'
import { useState } from 'react'
import type { Schemas } from '../../api/client'
import { useText } from '../../common/language'
import { ActionForm } from '../forms/ActionForm'
import { MediaPicker } from '../forms/pickers'
import { type FormSchema, sent } from '../forms/schema'
import { asAction, begun } from '../records/form'
import { Paper } from './Paper'

export type Content = { title: string; text: string; fields: Record<string, unknown>; items?: Schemas['ItemForm'][]; attachments: string[] }
type Props = { needs: unknown; gathers: boolean; before?: Content; busy: boolean; onDone: (content: Content) => void; onCancel: () => void }

/** What is written: text with its preview beside it, items, attachments, title and the declared fields. */
export function Editor({ needs, gathers, before, busy, onDone, onCancel }: Props) {
  const t = useText()
  const [text, setText] = useState(before?.text ?? '')
  const [items, setItems] = useState<Schemas['ItemForm'][]>(before?.items ?? [])
  const [attachments, setAttachments] = useState<string[]>(before?.attachments ?? [])
  const schema = needs as FormSchema
  const whole = {
    ...schema, required: ['title', ...schema.required],
    properties: { title: { type: 'string', maxLength: 200, 'x-type': 'text', 'x-title': { zh: t('documents.title'), en: t('documents.title') } }, ...schema.properties },
  } as unknown as FormSchema
  const put = (at: number, value: Partial<Schemas['ItemForm']>) => setItems(items.map((one, n) => (n === at ? { ...one, ...value } : one)))
  return (
    <div className="document-editor">
      <div className="sides">
        <div>
          <label htmlFor="document-text">{t('documents.text')}</label>
          <Input.TextArea id="document-text" value={text} maxLength={100_000} rows={14} onChange={(event) => setText(event.target.value)} />
          <p className="quiet">{t('documents.text_help')}</p>
        </div>
        <section aria-label={t('documents.preview')}>
          <p className="quiet">{t('documents.preview')}</p>
          <Paper text={text} />
        </section>
      </div>
      {gathers && (
        <fieldset className="items">
          <legend>{t('documents.items')}</legend>
          {items.map((one, at) => (
            <div className="item" key={at}>
              <Input aria-label={t('documents.item_title')} placeholder={t('documents.item_title')} value={one.title} maxLength={200} onChange={(event) => put(at, { title: event.target.value })} />
              <Input aria-label={t('documents.item_unit')} placeholder={t('documents.item_unit')} value={one.unit ?? ''} maxLength={120} onChange={(event) => put(at, { unit: event.target.value || null })} />
              <Button aria-label={t('common.delete')} icon={<DeleteOutlined />} onClick={() => setItems(items.filter((_, n) => n !== at))} />
              <Input.TextArea aria-label={t('documents.item_text')} placeholder={t('documents.item_text')} value={one.text ?? ''} maxLength={10_000} rows={2} onChange={(event) => put(at, { text: event.target.value || null })} />
            </div>
          ))}
          <Button size="small" icon={<PlusOutlined />} onClick={() => setItems([...items, { title: '' }])}>{t('documents.add_item')}</Button>
        </fieldset>
      )}
      <div className="attached" role="group" aria-labelledby="document-attachments">
        <p id="document-attachments">{t('documents.attachments')}</p>
        <MediaPicker many photo value={attachments} onChange={(next) => setAttachments(next as string[])} />
      </div>
      <ActionForm
        action={asAction(whole, t('common.save'))} about={{}} busy={busy} onCancel={onCancel}
        initial={before ? { title: before.title, ...begun(schema, before.fields) } : {}}
        onDone={({ fields }) => {
          const { title, ...given } = sent(whole, fields)
          onDone({ title: String(title ?? ''), text, fields: given, attachments, ...(gathers ? { items } : {}) })
        }}
      />
    </div>
  )
}
