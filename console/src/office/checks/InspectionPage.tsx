import './checks.css'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Card, Descriptions, Image, Input, Skeleton, Space, Table } from 'antd'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { type Schemas, api, ifMatch, ok } from '../../api/client'
import { titled, useText } from '../../common/language'
import { moment, serverNow } from '../../common/time'
import { MediaPicker } from '../forms/pickers'
import { useProblems } from '../problems'
import { Waiting } from '../shell/Waiting'
import { Score, type State } from './Inspections'

type One = Schemas['InspectionOut']
type Rectification = Schemas['RectificationOut']

/** An inspection: what was found and deducted, what must be put right with photos before and after, its history. */
export default function InspectionPage() {
  const { id = '' } = useParams()
  const found = useQuery({ queryKey: ['inspections', id], queryFn: ({ signal }) => ok(api.GET('/api/inspections/{id}', { params: { path: { id } }, signal })) })
  if (found.isLoadingError) throw found.error
  return found.data ? <Inspection one={found.data} /> : <Waiting />
}

function Inspection({ one }: { one: One }) {
  const [t, queries, tell] = [useText(), useQueryClient(), useProblems()]
  const again = () => void queries.invalidateQueries({ queryKey: ['inspections'] })
  const finish = useMutation({ mutationFn: () => ok(api.POST('/api/inspections/{id}/finish', { params: { path: { id: one.id } }, ...ifMatch(one.version) })), onSettled: again, onError: (error) => tell(error) })
  const name = (code: string) => one.labels[code] ?? code
  const band = one.bands.find((each) => each.name === one.scored?.band)
  const item = (code: string) => titled(one.items.find((each) => each.name === code)?.title, code)
  const choice = (code: string, chosen: string | null) => titled(one.items.find((each) => each.name === code)?.choices.find((each) => each.name === chosen)?.title, chosen ?? '')
  return (
    <div className="inspection">
      <div className="head">
        <nav className="crumbs" aria-label={t('checks.inspections')}><Link to="/inspections">{t('checks.inspections')}</Link> / {titled(one.title, one.checklist)}</nav>
        <h1>{one.thing.called || one.number}</h1><span className="gap" />
        {one.state === 'begun' && one.mine && <Button type="primary" loading={finish.isPending} onClick={() => finish.mutate()}>{t('checks.finish')}</Button>}
      </div>
      <div className="inspection-parts">
        <Card size="small" title={t('checks.result')}>
          <Descriptions size="small" bordered column={{ xs: 1, sm: 1, md: 2 }} items={[
            { key: 'state', label: t('checks.state'), children: <b>{t(`checks.${one.state as State}`)}</b> },
            { key: 'score', label: t('checks.score'), children: <><Score score={one.scored?.score ?? null} original={one.original?.score ?? null} list={one.scored?.list ?? null} /> {band && titled(band.title)}</> },
            { key: 'number', label: t('checks.number'), children: one.number },
            { key: 'thing', label: t('checks.called'), children: one.thing.kind === 'record' ? <Link to={`/records/${one.thing.id}`}>{one.thing.called}</Link> : one.thing.called || '—' },
            { key: 'unit', label: t('checks.unit'), children: one.unit ? name(one.unit) : '—' },
            { key: 'inspectors', label: t('checks.inspectors'), children: one.inspectors.map(name).join('、') },
            { key: 'begun', label: t('checks.begun_at'), children: moment(one.begun_at) },
            ...(one.round ? [{ key: 'round', label: t('checks.round'), children: <Link to={`/rounds/${one.round}`}>{t('checks.open_round')}</Link> }] : []),
          ]} />
          {one.scored && (
            <Table
              size="small" pagination={false} rowKey="item" scroll={{ x: 'max-content' }} dataSource={[...one.scored.lines]} className="lines"
              columns={[
                { title: t('checks.item'), key: 'item', render: (_, line) => <>{line.failed && <span className="light light-red" title={t('checks.failed')}>■ </span>}{item(line.item)}</> },
                { title: t('checks.count'), key: 'count', align: 'right', render: (_, line) => (!line.applies ? t('checks.not_applicable') : line.choice ? choice(line.item, line.choice) : line.count) },
                { title: t('checks.full'), key: 'full', align: 'right', dataIndex: 'full' },
                { title: t('checks.deducted'), key: 'deducted', align: 'right', render: (_, line) => (line.deducted === '0' ? '' : `−${line.deducted}`) },
                { title: t('checks.given_back'), key: 'back', align: 'right', render: (_, line) => (line.given_back === '0' ? '' : `+${line.given_back}`) },
              ]}
            />
          )}
        </Card>
        <div className="beside">
          {one.rectifications.map((each) => <Rectified key={each.n} one={one} each={each} title={item(each.item)} onDone={again} />)}
          <Card size="small" title={t('checks.findings')}>
            {!one.findings.length && <p className="quiet">{t('checks.nothing_found')}</p>}
            <ol className="found">
              {one.findings.map((each) => (
                <li key={each.n}>
                  <p><b>{item(each.item)}</b> {each.applies ? (each.choice ? choice(each.item, each.choice) : `× ${each.count}`) : t('checks.not_applicable')}</p>
                  {each.note && <p>{each.note}</p>}
                  <Pictures ids={each.photos} label={t('checks.before')} />
                </li>
              ))}
            </ol>
          </Card>
          {one.follows.length > 0 && (
            <Card size="small" title={t('checks.follows')}>
              <ul className="found">{one.follows.map((each) => <li key={each.item}>{item(each.item)} · {each.stream ? <Link to={`/tasks/${each.stream.split('/')[1]}`}>{t('checks.open_follow')}</Link> : <span className="light light-red">■ {t('checks.not_begun')}：{each.problem}</span>}</li>)}</ul>
            </Card>
          )}
          <History one={one} />
        </div>
      </div>
    </div>
  )
}

function Pictures({ ids, label }: { ids: string[]; label: string }) {
  if (!ids.length) return null
  return <Image.PreviewGroup items={ids.map((id) => `/api/media/${id}`)}><span className="thumbs">{ids.map((id, at) => <Image key={id} width={96} height={72} src={`/api/media/${id}?size=thumb`} alt={`${label} ${at + 1}`} />)}</span></Image.PreviewGroup>
}

/** What must be put right: its deadline, photos before and after, every try and what came of it. */
function Rectified({ one, each, title, onDone }: { one: One; each: Rectification; title: string; onDone: () => void }) {
  const [t, tell] = [useText(), useProblems()]
  const [photos, setPhotos] = useState<string[]>([])
  const [note, setNote] = useState('')
  const path = { params: { path: { id: one.id, n: each.n } }, ...ifMatch(one.version) }
  const said = { photos, ...(note.trim() ? { note: note.trim() } : {}) }
  const over = () => { setPhotos([]); setNote(''); onDone() }
  const rectify = useMutation({ mutationFn: () => ok(api.POST('/api/inspections/{id}/rectifications/{n}/rectified', { ...path, body: said })), onSuccess: over, onError: (error) => { tell(error); onDone() } })
  const recheck = useMutation({ mutationFn: (passed: boolean) => ok(api.POST('/api/inspections/{id}/rectifications/{n}/recheck', { ...path, body: { ...said, passed } })), onSuccess: over, onError: (error) => { tell(error); onDone() } })
  const before = one.findings.filter((finding) => each.findings.includes(finding.n)).flatMap((finding) => finding.photos)
  const late = each.late || (each.state === 'open' && Date.parse(each.due) < serverNow())
  const name = (code: string) => one.labels[code] ?? code
  return (
    <Card size="small" title={`${t('checks.rectification')} · ${title}`} className="rectification">
      <p>
        <b>{t(`checks.r_${each.state as 'open' | 'rectified' | 'passed'}`)}</b> · {t('checks.due')} {moment(each.due)} {each.round > 1 && t('checks.nth', { n: each.round })}
        {late && <span className="light light-red"> ■ {t('checks.late')}</span>}
      </p>
      <div className="sides">
        <figure><figcaption>{t('checks.before')}</figcaption>{before.length ? <Pictures ids={before} label={t('checks.before')} /> : <span className="quiet">—</span>}</figure>
        <figure><figcaption>{t('checks.after')}</figcaption>{each.tries.some((attempt) => attempt.photos.length) ? <Pictures ids={each.tries.at(-1)!.photos} label={t('checks.after')} /> : <span className="quiet">—</span>}</figure>
      </div>
      <ol className="found">
        {each.tries.map((attempt) => (
          <li key={attempt.at}>
            <p>{moment(attempt.at)} {name(attempt.by)} {t('checks.said_done')}{attempt.note && `：${attempt.note}`}</p>
            {attempt.recheck && <p>{moment(attempt.recheck.at)} {name(attempt.recheck.by)} <b>{t(attempt.recheck.passed ? 'checks.pass' : 'checks.fail')}</b>{attempt.recheck.note && `：${attempt.recheck.note}`}</p>}
          </li>
        ))}
      </ol>
      {(each.may_rectify || each.may_recheck) && (
        <Space orientation="vertical" className="wide">
          <MediaPicker many photo value={photos} onChange={(value) => setPhotos([value ?? []].flat() as string[])} />
          <Input.TextArea value={note} maxLength={2000} rows={2} aria-label={t('checks.note')} placeholder={t('checks.note')} onChange={(event) => setNote(event.target.value)} />
          {each.may_rectify && <Button type="primary" loading={rectify.isPending} onClick={() => rectify.mutate()}>{t('checks.rectified')}</Button>}
          {each.may_recheck && <Space><Button type="primary" loading={recheck.isPending} onClick={() => recheck.mutate(true)}>{t('checks.pass')}</Button><Button danger loading={recheck.isPending} onClick={() => recheck.mutate(false)}>{t('checks.fail')}</Button></Space>}
        </Space>
      )}
    </Card>
  )
}

function History({ one }: { one: One }) {
  const t = useText()
  const events = useQuery({ queryKey: ['inspections', one.id, 'events', one.version], queryFn: () => ok(api.GET('/api/inspections/{id}/events', { params: { path: { id: one.id } } })) })
  return (
    <Card size="small" title={t('checks.history')}>
      {!events.data ? <Skeleton active /> : <ol className="found">{[...events.data].reverse().map((each) => <li key={each.version}><b>{t(`checks.${each.type as 'InspectionBegun'}`)}</b> <span className="quiet">{each.actor === 'system' ? t('checks.by_itself') : each.name} · {moment(each.at)}</span></li>)}</ol>}
    </Card>
  )
}
