import { useQuery } from '@tanstack/react-query'
import { Alert, Button } from 'antd'
import { memo, useMemo, useRef, useState } from 'react'
import { useKeys } from '../../common/keyboard'
import { titled, useText } from '../../common/language'
import { useMe } from '../../common/session'
import { useCategories, useCategoryName } from '../categories'
import { ActionForm, type Deed } from '../forms/ActionForm'
import { useWords } from '../lists/words'
import type { Point } from '../minimap/project'
import { Categories, Conditions, Consequences, Duplicates } from './Advice'
import { Message } from './Message'
import { Placing } from './Placing'
import { reportQuery, suggestionQuery, useConditions } from './data'
import { useDeciding } from './deciding'
import { type Action, type Decision, OTHER_KEYS, type Task, fieldOf, filer, sorted } from './model'

/** What the sitting does with a report; `isHere`: it is still the one that is to be decided. */
type Desk = { onDecided: (one: Decision, version: number) => void; onStep: (by: number) => void; isHere: (id: string) => boolean }
type Props = { task: Task; desk: Desk }

/** One report: its message on the left, what is suggested in the middle, and all that may be done by keys. */
export const Work = memo(function Work({ task, desk }: Props) {
  const [t, me, words, name] = [useText(), useMe(), useWords('case'), useCategoryName()]
  const [picked, setPicked] = useState<string | null>(null)
  const [condition, setCondition] = useState<string | null>(null)
  const [copy, setCopy] = useState<number | null>(null)
  const [form, setForm] = useState<string | null>(null)
  const [shown] = useState(Date.now)
  const search = useRef<HTMLDivElement>(null)
  const report = useQuery(reportQuery(task.id))
  const advice = useQuery(suggestionQuery(task.id, null))
  const best = (report.data?.data['category'] as string | null) ?? advice.data?.categories[0]?.category ?? null
  const chosen = picked ?? best
  const other = useQuery({ ...suggestionQuery(task.id, picked), enabled: !!picked && picked !== advice.data?.categories[0]?.category })
  const follows = picked && picked !== advice.data?.categories[0]?.category ? other.data : advice.data
  const extra = report.data?.data['place_extra'] as { area_class?: string } | null | undefined
  const conditions = useConditions(chosen, extra?.area_class ?? null)
  const filing = condition ?? follows?.condition?.condition ?? conditions?.[0]?.id ?? null
  const { accept, join, place, others } = useMemo(() => sorted(report.data?.actions ?? task.actions), [report.data, task])
  const roles = filer(words)?.roles
  const mayFile = !!accept && me.posts.some((post) => roles?.includes(post.role))
  const placed = ((report.data?.data['scopes'] as string[] | null) ?? []).length > 0
  const all = useCategories()
  const copies = (follows?.duplicates ?? []).slice(0, 3)
  const at = copy ?? copies.findIndex((one) => one.kind === 'case' && one.open)
  const twin = copies[at]?.kind === 'case' && copies[at].open ? copies[at] : undefined
  const { busy, decide } = useDeciding(task, report.data, shown, desk)
  const ready = !!report.data && !busy

  const choose = (category: string) => { setPicked(category); setCondition(null) }
  const guess = (n: number) => { const found = advice.data?.categories[n]; if (found) choose(found.category) }
  const called = () => {
    const guessed = advice.data?.categories.find((one) => one.category === chosen)
    const found = all.find((one) => one.key === chosen) ?? (guessed && { name: guessed.name ?? '', name_en: guessed.name_en ?? '' })
    return found ? name(found) : (chosen ?? '')
  }
  const doAccept = (file: boolean) => {
    if (!accept || !chosen || !ready || !placed) return
    void decide(accept, { fields: { [fieldOf(accept, { suggest: 'category' })!]: chosen } }, { about: called(), ...(file && filing ? { file: { condition: filing } } : {}) })
  }
  const doJoin = () => {
    if (join && twin && ready) void decide(join, { fields: { [fieldOf(join, { suggest: 'case.duplicates' })!]: twin.id } }, { about: twin.number ?? '' })
  }
  const doOther = (action: Action, deed: Deed) => void decide(action, deed, { about: called() })
  const doPlace = (point: Point) => { if (place && ready) void decide(place, { fields: { place: { ...point, datum: 'wgs84' } } }, { about: '' }) }
  const toSearch = () => search.current?.querySelector('input')?.focus()
  const toPlace = () => document.querySelector<HTMLInputElement>('.place-search input')?.focus()
  const open = form ? others.find((one) => one.action === form) : undefined

  useKeys(t('triage.title'), [
    { keys: 'j', title: t('triage.next'), run: () => desk.onStep(1), held: true },
    { keys: 'k', title: t('triage.previous'), run: () => desk.onStep(-1), held: true },
    ...[0, 1, 2].map((n) => ({ keys: String(n + 1), title: t('triage.choose_n', { n: n + 1 }), run: () => guess(n) })),
    { keys: 'c', title: t('triage.search_category'), run: toSearch },
    { keys: 'Enter', title: titled(accept?.title), run: () => doAccept(false), when: !!accept },
    { keys: 'f', title: t('triage.accept_and_file'), run: () => doAccept(true), when: mayFile },
    ...copies.map((_, n) => ({ keys: String(n + 4), title: t('triage.choose_duplicate', { n: n + 1 }), run: () => setCopy(n) })),
    { keys: 'm', title: titled(join?.title), run: doJoin, when: !!join && !!twin },
    { keys: 'p', title: titled(place?.title), run: toPlace, when: !!place && !placed },
    ...others.slice(0, OTHER_KEYS.length).map((one, n) => ({ keys: OTHER_KEYS[n]!, title: titled(one.title), run: () => setForm(one.action) })),
    { keys: 'Escape', title: t('common.cancel'), run: () => setForm(null), when: !!open },
  ])
  return (
    <>
      <section className="message" aria-label={t('triage.message')}>
        {report.isLoadingError ? <Alert type="error" title={report.error.message} /> : <Message task={task} report={report.data} />}
      </section>
      <section className="advice" aria-label={t('triage.suggestion')}>
        {advice.isError && <Alert type="warning" showIcon title={t('triage.no_advice')} description={advice.error.message} className="form-alert" />}
        {(follows?.ours ?? 1) < 0.5 && <Alert type="warning" showIcon title={t('triage.not_ours_detail')} className="form-alert" />}
        <div className="halves">
          <div>
            <h2>{t('triage.category')}</h2>
            <Categories advice={advice.data} chosen={chosen} onChoose={choose} searchRef={search} />
            <h2>{t('triage.condition')}</h2>
            <Conditions conditions={conditions} chosen={filing} advice={follows} onChoose={setCondition} />
          </div>
          <div>
            <h2>{t('triage.place')}</h2>
            {report.data && <Placing report={report.data} onPlace={place && !placed ? doPlace : undefined} />}
            <Consequences advice={follows} report={report.data} />
          </div>
        </div>
        <h2>{t('triage.duplicates')}</h2>
        <Duplicates found={copies} chosen={at} onChoose={setCopy} />
        {open ? (
          <section aria-label={titled(open.title)} className="open-form">
            <h2>{titled(open.title)}</h2>
            <ActionForm action={open} about={{ category: chosen, unit: null }} busy={busy} onDone={(deed) => doOther(open, deed)} onCancel={() => setForm(null)} />
          </section>
        ) : (
          <div className="actions" role="group" aria-label={t('desk.actions')}>
            {accept && <Button type="primary" loading={busy} disabled={!chosen || !placed} onClick={() => doAccept(false)}>{titled(accept.title)}<kbd>↵</kbd></Button>}
            {mayFile && <Button disabled={!chosen || !placed || !filing || busy} onClick={() => doAccept(true)}>{t('triage.accept_and_file')}<kbd>F</kbd></Button>}
            {join && twin && <Button disabled={busy} onClick={doJoin}>{titled(join.title)}<kbd>M</kbd></Button>}
            {others.map((one, n) => <Button key={one.action} disabled={busy} onClick={() => setForm(one.action)}>{titled(one.title)}{n < OTHER_KEYS.length && <kbd>{OTHER_KEYS[n]!.toUpperCase()}</kbd>}</Button>)}
          </div>
        )}
      </section>
    </>
  )
})
