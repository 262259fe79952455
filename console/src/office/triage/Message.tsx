import { Descriptions, Image, Skeleton, Tag } from 'antd'
import { Clock } from '../../common/Clock'
import { textOr, useText } from '../../common/language'
import { moment } from '../../common/time'
import { photosOf } from './data'
import type { Report, Task } from './model'

type Personal = { title?: string; text?: string; name?: string; phone?: string; address?: string }
type Mandate = { owner?: string; number?: string; due?: string | number | null }

/** What came in: its words with everything personal masked, its photos, where from, and how often the like came. */
export function Message({ task, report }: { task: Task; report: Report | undefined }) {
  const t = useText()
  if (!report) return <Skeleton active paragraph={{ rows: 6 }} />
  const { data, repeated = 0, repeated_by_reporter: again = 0 } = report
  const texts = report.texts as Record<string, Personal | null>
  const told = texts[`report/${report.id}`] ?? null
  const photos = photosOf(report)
  const mandate = data['mandate'] as Mandate | null
  const source = String(data['source'])
  return (
    <>
      <p className="from">
        <Tag>{textOr(`common.source_${source}`, source)}</Tag>
        <span className="quiet">{String(data['external_id'])}</span>
        <Clock due={task.due} light={task.light ?? null} />
      </p>
      {told?.title && <h3>{told.title}</h3>}
      <blockquote>{told ? told.text || t('triage.no_text') : t('triage.erased')}</blockquote>
      {photos.length > 0 && (
        <Image.PreviewGroup items={photos.map((id) => `/api/media/${id}`)}>
          <div className="photos">{photos.slice(0, 4).map((id, at) => <Image key={id} width={150} height={112} src={`/api/media/${id}?size=thumb`} alt={t('triage.photo_n', { n: at + 1 })} />)}</div>
        </Image.PreviewGroup>
      )}
      <Descriptions size="small" column={1} items={[
        { key: 'at', label: t('triage.reported'), children: moment((data['reported_at'] as number) * 1000) },
        { key: 'who', label: t('triage.reporter'), children: data['anonymous'] ? t('triage.anonymous') : [told?.name, told?.phone].filter(Boolean).join(' ') || '—' },
        ...(again > 1 ? [{ key: 'again', label: t('triage.same_reporter'), children: t('triage.times', { n: again }) }] : []),
        ...(repeated > 1 ? [{ key: 'place', label: t('triage.same_place'), children: t('triage.times', { n: repeated }) }] : []),
        ...(mandate ? [{ key: 'mandate', label: t('triage.mandate'), children: [mandate.owner, mandate.number, mandate.due ? `${t('common.due')} ${moment(typeof mandate.due === 'number' ? mandate.due * 1000 : mandate.due)}` : ''].filter(Boolean).join(' · ') }] : []),
        ...(data['verification'] ? [{ key: 'verified', label: t('triage.verified'), children: textOr(`triage.found_${String(data['verification'])}`, String(data['verification'])) }] : []),
      ]} />
      <p className="flags">
        {Boolean(data['question']) && <Tag color="blue">{t('triage.question')}</Tag>}
        {Boolean(data['self_handled']) && <Tag color="cyan">{t('triage.self_handled')}</Tag>}
        {((data['tags'] as string[] | null) ?? []).map((tag) => <Tag key={tag}>{tag}</Tag>)}
      </p>
    </>
  )
}
