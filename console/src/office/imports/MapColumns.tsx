import { Alert, Button, Form, Input, Select, Table } from 'antd'
import { useState } from 'react'
import type { Schemas } from '../../api/client'
import { textOr, titled, useText } from '../../common/language'
import { type Choice, beginWith, isPlaced, lacking } from './mapping'

type Column = Schemas['ColumnOut']
type Peek = Schemas['PeekOut']
type Props = { seen: Peek; choice: Choice; onChange: (choice: Choice) => void; onSheet: (sheet: string) => void; onTry: () => void }
const DATUMS = ['wgs84', 'cgcs2000', 'gcj02', 'bd09'] as const

/** Which column of the file is which field; guessed by names, confirmed by a person. */
export function MapColumns({ seen, choice, onChange, onSheet, onTry }: Props) {
  const t = useText()
  const { columns, kept, sheets, fields, values } = seen
  const fieldOf = new Map(Object.entries(choice.columns).map(([field, title]) => [title, field]))
  const named = new Map(fields.map((one) => [one.name, titled(one.title, one.name)]))
  const put = (title: string, field: string | null) => {
    const next = Object.fromEntries(Object.entries(choice.columns).filter(([one, other]) => other !== title && one !== field))
    onChange({ ...choice, columns: field ? { ...next, [field]: title } : next })
  }
  const missing = lacking(choice, seen)
  const sourceColumn = columns.find((one) => one.title === choice.columns['source'])
  const from = (values['source'] ?? []).map((value) => ({ value, label: textOr(`common.source_${value}`, value) }))
  const mark = (one: Peek['fields'][number]) => (one.needed ? ' *' : one.required ? ' ○' : '')
  const about = (name: string) => (name === 'datum' ? t('imports.datum') : named.get(name) ?? name)
  return (
    <>
      {kept && <Alert type="info" showIcon className="form-alert" title={t('imports.kept_fits', { title: kept.title })} action={<Button size="small" onClick={() => onChange(beginWith({ ...seen, kept: null }))}>{t('imports.by_names')}</Button>} />}
      <div className="filters">
        {sheets.length > 1 && <Form.Item label={t('imports.sheet')} htmlFor="sheet"><Select id="sheet" value={seen.sheet} onChange={onSheet} options={sheets.map((value) => ({ value, label: value }))} /></Form.Item>}
        {from.length > 0 && <Form.Item label={t('imports.source')} htmlFor="source" tooltip={t('imports.source_help')}><Select id="source" allowClear value={choice.source || null} onChange={(source: string | null) => onChange({ ...choice, source: source ?? '' })} options={from} /></Form.Item>}
        {isPlaced(choice) && <Form.Item label={t('imports.datum')} htmlFor="datum" tooltip={t('imports.datum_help')}><Select id="datum" value={choice.datum || null} placeholder={t('imports.datum_choose')} onChange={(datum: string) => onChange({ ...choice, datum })} options={DATUMS.map((value) => ({ value, label: t(`imports.datum_${value}`) }))} /></Form.Item>}
      </div>
      <Table<Column>
        size="small" rowKey="letter" dataSource={columns} pagination={false} scroll={{ x: 'max-content' }}
        columns={[
          { title: t('imports.column'), key: 'title', render: (_, one) => <><span className="quiet">{one.letter}</span> <b>{one.title}</b></> },
          {
            title: t('imports.field'), key: 'field', width: 260, render: (_, one) => (
              <Select
                className="field-pick" allowClear value={fieldOf.get(one.title) ?? null} placeholder={t('imports.unused')} aria-label={`${one.title}: ${t('imports.field')}`} showSearch={{ optionFilterProp: 'label' }} onChange={(field: string | null) => put(one.title, field)}
                options={fields.map((field) => ({ value: field.name, label: `${named.get(field.name)}${mark(field)}`, title: titled(field.hint) }))}
              />
            ),
          },
          { title: t('imports.samples'), dataIndex: 'samples', render: (samples: string[]) => <span className="clip wide-clip" title={samples.join('\n')}>{samples.join(' · ') || '—'}</span> },
        ]}
      />
      {fields.some((one) => mark(one)) && <p className="quiet">{t('imports.needed_mark')}</p>}
      {sourceColumn && <Words column={sourceColumn} choice={choice} options={from} onChange={onChange} />}
      {missing.length > 0 && <Alert type="warning" showIcon className="form-alert" title={t('imports.lacking', { fields: missing.map(about).join(t('imports.between')) })} />}
      <div className="form-foot"><Button type="primary" disabled={missing.length > 0} onClick={onTry}>{t('imports.try')}</Button></div>
    </>
  )
}

type WordsProps = { column: Column; choice: Choice; options: { value: string; label: string }[]; onChange: (choice: Choice) => void }

/** What the words of the column of sources mean; all others are taken for the source above. */
function Words({ column, choice, options, onChange }: WordsProps) {
  const t = useText()
  const [more, setMore] = useState('')
  const words = [...new Set([...column.words, ...column.samples, ...Object.keys(choice.words)])]
  return (
    <section className="words">
      <h3>{t('imports.words', { column: column.title })}</h3>
      <div className="filters">
        {words.map((word) => <Form.Item key={word} label={word} htmlFor={`word-${word}`}><Select id={`word-${word}`} allowClear value={choice.words[word] ?? null} placeholder={t('imports.words_other')} onChange={(value: string | null) => onChange({ ...choice, words: { ...choice.words, [word]: value ?? '' } })} options={options} /></Form.Item>)}
        <Input.Search className="word-more" value={more} onChange={(event) => setMore(event.target.value)} placeholder={t('imports.word_more')} aria-label={t('imports.word_more')} enterButton="+" onSearch={(word) => { if (word.trim()) onChange({ ...choice, words: { ...choice.words, [word.trim()]: '' } }); setMore('') }} />
      </div>
    </section>
  )
}
