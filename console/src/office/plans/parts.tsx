import './plans.css'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useSearchParams } from 'react-router'
import { type Schemas, api, ok } from '../../api/client'
import { textOr, titled, useText } from '../../common/language'
import { today as dayNow } from '../../common/time'

export type Plan = Schemas['PlanOut']
export type Sum = Schemas['SumOut']

export const usePlans = () => useQuery({ queryKey: ['plans'], queryFn: () => ok(api.GET('/api/plans')), staleTime: 30_000 })

/** A decimal text without zeros at its end: figures are exact, none is rounded here. */
export const plain = (value: string | number): string => { const text = String(value); return text.includes('.') ? text.replace(/\.?0+$/, '') : text }

/** Expected against done: a bar with the numbers beside it; what is missed is told by a sign as well as by colour. */
export function Bar({ sum, unit, name }: { sum: Sum; unit?: string | null; name: string }) {
  const t = useText()
  if (!sum.cells) return <p className="quiet">{t('plans.nothing_expected')}</p>
  const share = Number(sum.share ?? 0)
  return (
    <div className="plan-bar">
      <div className="track" role="img" aria-label={`${name} ${sum.share ?? '–'}%`}><span style={{ width: `${Math.min(share, 100)}%` }} /></div>
      <div className="said"><span>{plain(sum.done)} / {plain(sum.expected)} {unit}</span><b>{sum.share === null ? '–' : `${sum.share}%`}</b></div>
      {sum.missed > 0 && <span className="light light-red">■ {t('plans.missed')} {sum.missed}</span>}
    </div>
  )
}

/** How often a plan comes round, in words where there are any. */
export const everyOf = (plan: Plan): string => plan.every ? textOr(`plans.every_${plan.every}` as 'plans.every_day', plan.every) : ''
export const kindOf = (kind: string): string => textOr(`plans.kind_${kind}` as 'plans.kind_case', kind)
export const titleOf = (plan: Plan): string => titled(plan.title, plan.name)

const shifted = (of: string, days: number): string => new Date(Date.parse(`${of}T00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
export const daysFrom = (first: string): string[] => Array.from({ length: 7 }, (_, n) => shifted(first, n))

/** The week that the address names, from Monday; and a way to those beside it. */
export function useWeek(): { first: string; last: string; today: string; turn: React.ReactNode } {
  const [t, [address, setAddress]] = [useText(), useSearchParams()]
  const today = dayNow()
  const said = address.get('from')
  const at = said && /^\d{4}-\d\d-\d\d$/.test(said) && !Number.isNaN(Date.parse(said)) ? said : today
  const first = shifted(at, -((new Date(`${at}T00:00Z`).getUTCDay() + 6) % 7))
  const go = (to: string | null) => { const next = new URLSearchParams(address); if (to) next.set('from', to); else next.delete('from'); setAddress(next, { replace: true }) }
  const turn = (
    <>
      <Button onClick={() => go(shifted(first, -7))}>{t('plans.earlier')}</Button>
      <Button onClick={() => go(null)}>{t('plans.this_week')}</Button>
      <Button onClick={() => go(shifted(first, 7))}>{t('plans.later')}</Button>
    </>
  )
  return { first, last: shifted(first, 6), today, turn }
}
