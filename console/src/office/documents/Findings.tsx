import './documents.css'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Card, Empty, Input, Segmented } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { type Schemas, api, ifMatch, ok } from '../../api/client'
import { titled, useText } from '../../common/language'
import { moment } from '../../common/time'
import { useProblems } from '../problems'
import { Waiting } from '../shell/Waiting'
import { pathOf } from '../subject'

type Finding = Schemas['RuleFindingOut']

/** What rules have raised and a person decides on. */
export default function Findings() {
  const [t, queries] = [useText(), useQueryClient()]
  const [waiting, setWaiting] = useState(true)
  const state: Finding['state'][] = waiting ? ['open', 'taken'] : ['settled', 'dismissed']
  const found = useQuery({ queryKey: ['findings', waiting], queryFn: ({ signal }) => ok(api.GET('/api/findings', { params: { query: { state: state as ('open' | 'taken' | 'settled' | 'dismissed')[], limit: 100 } }, signal })) })
  if (found.isLoadingError) throw found.error
  if (!found.data) return <Waiting />
  return (
    <div className="findings">
      <div className="head"><h1>{t('documents.findings')}</h1><span className="gap" /><Segmented aria-label={t('documents.state')} value={waiting ? 'open' : 'ended'} onChange={(value) => setWaiting(value === 'open')} options={[{ value: 'open', label: t('documents.finding_waiting') }, { value: 'ended', label: t('documents.finding_ended') }]} /></div>
      {!found.data.items.length && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('documents.findings_none')} />}
      <ul className="findings-list">{found.data.items.map((one) => <li key={one.id}><One finding={one} onDone={() => void queries.invalidateQueries({ queryKey: ['findings'] })} /></li>)}</ul>
    </div>
  )
}

function One({ finding, onDone }: { finding: Finding; onDone: () => void }) {
  const [t, tell] = [useText(), useProblems()]
  const [ending, setEnding] = useState<'settle' | 'dismiss' | null>(null)
  const [why, setWhy] = useState('')
  const with_ = { params: { path: { id: finding.id } }, ...ifMatch(finding.version) }
  const after = { onSettled: onDone, onError: (error: unknown) => tell(error) }
  const take = useMutation({ mutationFn: () => ok(api.POST('/api/findings/{id}/take', with_)), ...after })
  const end = useMutation({ mutationFn: (verb: 'settle' | 'dismiss') => (verb === 'settle' ? ok(api.POST('/api/findings/{id}/settle', { ...with_, body: { why } })) : ok(api.POST('/api/findings/{id}/dismiss', { ...with_, body: { why } }))), ...after })
  return (
    <Card size="small" title={titled(finding.title, finding.rule)} extra={t(`documents.finding_${finding.state as 'open' | 'taken' | 'settled' | 'dismissed'}`)}>
      <p>{finding.about.map((one, at) => <span key={at}>{at > 0 && '、'}{['record', 'case', 'report', 'document', 'inspection'].includes(one.kind) ? <Link to={pathOf(one.kind, one.id)}>{finding.key || t('documents.open')}</Link> : finding.key}</span>)} <time className="quiet" dateTime={finding.raised_at}>{moment(finding.raised_at)}</time></p>
      {finding.opened && <p><Link to={`/tasks/${finding.opened.split('/')[1]}`}>{t('documents.begun')}</Link></p>}
      {finding.problem && <p className="light light-red">■ {t('documents.not_begun')}：{finding.problem}</p>}
      {finding.asked?.record != null && <p><Link to={`/records/${String(finding.asked.record)}`}>{t('documents.proposed')}</Link></p>}
      {finding.asked?.problem != null && <p className="quiet">{t('documents.not_proposed')}：{String(finding.asked.problem)}</p>}
      {finding.by_name && <p className="quiet">{finding.by_name}{finding.outcome && `：${finding.outcome}`}</p>}
      {ending ? (
        <form className="deeds" onSubmit={(event) => { event.preventDefault(); if (why.trim()) end.mutate(ending) }}>
          <Input autoFocus value={why} maxLength={2000} aria-label={t('common.reason')} placeholder={t('common.reason')} onChange={(event) => setWhy(event.target.value)} />
          <Button htmlType="submit" size="small" type="primary" disabled={!why.trim()} loading={end.isPending}>{t(`documents.${ending}`)}</Button>
          <Button size="small" onClick={() => setEnding(null)}>{t('common.cancel')}</Button>
        </form>
      ) : (
        <p className="deeds">
          {finding.actions.includes('take') && <Button size="small" type="primary" loading={take.isPending} onClick={() => take.mutate()}>{t('documents.take')}</Button>}
          {(['settle', 'dismiss'] as const).filter((one) => finding.actions.includes(one)).map((one) => <Button key={one} size="small" onClick={() => setEnding(one)}>{t(`documents.${one}`)}</Button>)}
        </p>
      )}
    </Card>
  )
}
