import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Select, Tag } from 'antd'
import { Link } from 'react-router'
import { api, ifMatch, ok } from '../../api/client'
import { useText } from '../../common/language'
import { may, useMe } from '../../common/session'
import { duration } from '../../common/time'
import type { FormSchema } from '../forms/schema'
import { useProblems } from '../problems'
import { pathOf } from '../subject'
import { type Subject, useDuplicates } from './subject'

type DuplicatesProps = { subject: Subject; onMerge: (start: { action: string; fields: Record<string, unknown> }) => void }

/** What may be the same problem; where the procedure lets them be put together, the form begins from here. */
export function Duplicates({ subject, onMerge }: DuplicatesProps) {
  const [t, found] = [useText(), useDuplicates(subject.id)]
  const merge = subject.actions.flatMap((action) => {
    const field = Object.entries((action.needs as unknown as FormSchema).properties).find(([, one]) => one['x-suggest'] === 'case.duplicates')?.[0]
    return field ? [{ action: action.action, field }] : []
  })[0]
  if (!found.data?.length) return <p className="quiet">{t('case.no_duplicates')}</p>
  return (
    <ul className="reports">
      {found.data.slice(0, 6).map((one) => (
        <li key={one.id}>
          <Link to={pathOf(one.kind, one.id)}>{one.number ?? t('case.a_report')}</Link> {one.likely && <span className="light light-yellow">▲ {t('case.likely')}</span>}
          <div className="quiet">{Math.round(one.confidence * 100)}% · {Math.round(one.distance_m)} m · {duration(Math.max(60, one.hours * 3600))} · {t('case.words_alike', { n: Math.round(one.likeness * 100) })}</div>
          {merge && one.kind === 'case' && one.open && <Button size="small" className="no-print" onClick={() => onMerge({ action: merge.action, fields: { [merge.field]: one.id } })}>{t('case.merge_into')}</Button>}
        </li>
      ))}
    </ul>
  )
}

/** Tags: seen by all who see the case, put on by those who may. */
export function Tags({ subject }: { subject: Subject }) {
  const [t, me, tell, queries] = [useText(), useMe(), useProblems(), useQueryClient()]
  const tags = (subject.data['tags'] as string[] | null) ?? []
  const change = useMutation({
    mutationFn: (next: string[]) => {
      const given = { params: { path: { id: subject.id } }, headers: ifMatch(subject.version), body: { add: next.filter((one) => !tags.includes(one)), remove: tags.filter((one) => !next.includes(one)) } }
      return ok(subject.kind === 'case' ? api.POST('/api/cases/{id}/tags', given) : api.POST('/api/reports/{id}/tags', given))
    },
    onError: (error) => tell(error),
    onSettled: () => queries.invalidateQueries({ queryKey: [subject.kind, subject.id] }),
  })
  if (!may(me, 'case.tag')) return tags.length ? tags.map((one) => <Tag key={one}>{one}</Tag>) : <span className="quiet">{t('case.none')}</span>
  return <Select mode="tags" open={false} suffixIcon={null} className="tags" aria-label={t('case.tags')} placeholder={t('case.add_tag')} value={change.isPending ? change.variables : tags} onChange={(next: string[]) => change.mutate(next)} disabled={change.isPending} />
}
